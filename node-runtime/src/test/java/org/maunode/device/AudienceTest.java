package org.maunode.device;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.maunode.device.driver.Sample;
import org.maunode.device.profile.Profiles;
import org.maunode.device.profile.SensorChannel;
import org.maunode.device.sampling.Quality;
import org.maunode.device.vocabulary.NodeId;
import org.maunode.identity.FileName;
import org.maunode.openpgp.Sealer;
import org.maunode.store.Account;
import org.maunode.store.ContentStore;
import org.maunode.store.Retention;
import org.maunode.store.StoredFile;

/** Who can open what a channel publishes, before and after its profile was changed. */
class AudienceTest {
    private static final FileName FILE = new FileName("bed.json.pgp");
    private static final String OF_THE_NODE = "";
    private static final String PUBLIC = ", \"readers\": \"public\"";
    private static final String FAMILY = ", \"readers\": \"family\"";

    @TempDir
    private Path place;

    private Account account;
    private Account friend;
    private ContentStore store;
    private Instant now;
    private int value;

    @BeforeEach
    void open() {
        account = Account.create(place.resolve("node"), "node", "", "audience".toCharArray());
        friend = Account.create(place.resolve("friend"), "friend", "", "audience".toCharArray());
        account.keyring().add(friend.identity().publicIdentity());
        account.keyring().createGroup("family");
        account.keyring().addToGroup(friend.fingerprint(), "family");
        store = ContentStore.open(account);
        now = friend.identity().publicIdentity().created().plusSeconds(1000);
    }

    @AfterEach
    void close() {
        store.close();
    }

    private static SensorChannel channel(String readers) {
        String json =
                """
                {"name": "p", "version": 1, "title": "P", "channels": {"bed": {"title": "T", "driver": "ds18b20",
                  "measures": "airTemperature", "unit": "CEL", "precision": 0.1, "deadBand": 0%s}}}
                """
                        .formatted(readers);
        return Profiles.parse("p", json.getBytes(StandardCharsets.UTF_8))
                .sensors()
                .getFirst();
    }

    private SignedDocuments documents(Readers ofTheNode) {
        return new SignedDocuments(account, store, ofTheNode, () -> now);
    }

    /** What a node publishes from its start on. */
    private void run(String readers, Readers ofTheNode, int readings) {
        NodeId node = new NodeId(
                "/p2p/" + account.fingerprint(), account.fingerprint().toString(), "node");
        SensorFeed feed = new SensorFeed(
                channel(readers),
                Quality.OK,
                new ReadingFile.Place(
                        node,
                        documents(ofTheNode),
                        new Retention.Staggered(100),
                        WritePolicy.DEFAULT.every(Duration.ZERO)));
        for (int i = 0; i < readings; i++) {
            now = now.plusSeconds(10);
            feed.asked(now);
            feed.measured(new Sample.Amount(BigDecimal.valueOf(value++ % 50)), now);
        }
    }

    private StoredFile file() {
        return store.find(account.fingerprint(), FILE).orElseThrow();
    }

    private List<StoredFile> versions() {
        return store.versions(account.fingerprint(), FILE);
    }

    private boolean isOpenAnywhere() {
        return Stream.concat(Stream.of(file()), versions().stream())
                .anyMatch(each -> !each.envelope().sealed());
    }

    private boolean isForTheFriend() {
        return file().envelope().isReadableBy(friend.identity().publicIdentity().keyIds());
    }

    @Test
    void aChannelIsForWhomItsProfileSaysWhateverTheNodeIs() {
        run(FAMILY, new Readers.Everyone(), 1);
        assertTrue(file().envelope().sealed());
        assertTrue(isForTheFriend());
        run(PUBLIC, new Readers.Group("family"), 1);
        assertFalse(file().envelope().sealed());
        run(OF_THE_NODE, new Readers.Group("family"), 1);
        assertTrue(isForTheFriend());
    }

    @Test
    void whatIsSealedFromNowOnLeavesNothingOpenBehind() {
        run(PUBLIC, new Readers.Everyone(), 3);
        assertEquals(2, versions().size());
        run(FAMILY, new Readers.Everyone(), 1);
        assertFalse(isOpenAnywhere());
        assertEquals(List.of(), versions());
        run(FAMILY, new Readers.Everyone(), 3);
        assertEquals(3, versions().size(), "what was sealed is kept");
        assertFalse(isOpenAnywhere());
    }

    @Test
    void sequencesGoOnWhoeverTheReadersAre() {
        run(PUBLIC, new Readers.Everyone(), 3);
        run(FAMILY, new Readers.Everyone(), 1);
        run(PUBLIC, new Readers.Everyone(), 1);
        assertEquals(
                5, documents(new Readers.Everyone()).find(FILE).orElseThrow().getLong("mau:sequence", 0));
    }

    /** Power fails between the new file and the end of the old ones. */
    @Test
    void whatWasLeftOpenByAPowerCutIsClosedByTheNextRun() {
        run(PUBLIC, new Readers.Everyone(), 3);
        Retention cutShort = new Retention.KeepAll();
        store.publish(
                FILE,
                new Sealer(account.identity())
                        .seal(() -> new ByteArrayInputStream("{}".getBytes()), List.of(), now.plusSeconds(1)),
                cutShort);
        assertTrue(isOpenAnywhere());
        run(FAMILY, new Readers.Everyone(), 1);
        assertFalse(isOpenAnywhere());
    }

    @Test
    void whoLeavesTheGroupDoesNotReadTheNextReading() {
        run(FAMILY, new Readers.Everyone(), 1);
        assertTrue(isForTheFriend());
        account.keyring().removeFromGroup(friend.fingerprint(), "family");
        run(FAMILY, new Readers.Everyone(), 1);
        assertFalse(isForTheFriend());
        assertTrue(file().envelope().sealed());
    }
}
