package org.maunode.device;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.eclipsesource.json.JsonObject;
import java.io.ByteArrayInputStream;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.maunode.device.driver.Driver;
import org.maunode.device.driver.DriverException;
import org.maunode.device.driver.Sample;
import org.maunode.device.profile.Profiles;
import org.maunode.device.profile.SensorChannel;
import org.maunode.device.vocabulary.NodeId;
import org.maunode.identity.FileName;
import org.maunode.openpgp.Sealer;
import org.maunode.store.Account;
import org.maunode.store.ContentStore;
import org.maunode.store.Retention;
import org.maunode.store.StoredFile;

/** A channel and its file, over a real directory, with a sensor and a clock that the test holds. */
class SensorFeedTest {
    private static final char[] PASSPHRASE = "feed".toCharArray();
    private static final SensorChannel LOAD = Profiles.host().sensors().stream()
            .filter(channel -> channel.name().value().equals("load"))
            .findFirst()
            .orElseThrow();
    private static final FileName FILE = new FileName("load.json.pgp");

    @TempDir
    private Path place;

    private final ScriptedDriver driver = new ScriptedDriver();
    private Account account;
    private ContentStore store;
    private Instant now;

    @BeforeEach
    void open() {
        account = Account.create(place.resolve("node"), "node", "", PASSPHRASE);
        store = ContentStore.open(account);
        now = account.identity().publicIdentity().created().plusSeconds(1000);
    }

    @AfterEach
    void close() {
        store.close();
    }

    /** A sensor that gives what it was told to, and fails where it was told nothing. */
    private static final class ScriptedDriver implements Driver {
        private final Deque<Optional<String>> script = new ArrayDeque<>();

        @Override
        public Sample read() {
            return script.remove()
                    .<Sample>map(value -> new Sample.Amount(new BigDecimal(value)))
                    .orElseThrow(() -> new DriverException(DriverException.Reason.VANISHED, "/proc/loadavg is gone"));
        }

        @Override
        public String technique() {
            return "a script";
        }
    }

    private SignedDocuments documents(Readers readers, InstantSource clock) {
        return new SignedDocuments(account, store, readers, clock);
    }

    private SensorFeed feed(Readers readers) {
        NodeId node = new NodeId(
                "/p2p/" + account.fingerprint(), account.fingerprint().toString(), "node");
        return new SensorFeed(node, LOAD, driver, documents(readers, () -> now), new Retention.KeepAll());
    }

    private SensorFeed feed() {
        return feed(new Readers.Everyone());
    }

    private void sample(SensorFeed feed, String value) {
        driver.script.add(Optional.of(value));
        now = now.plusSeconds(10);
        feed.sample(now);
    }

    private void fails(SensorFeed feed) {
        driver.script.add(Optional.empty());
        now = now.plusSeconds(10);
        feed.sample(now);
    }

    private Optional<StoredFile> file() {
        return store.find(account.fingerprint(), FILE);
    }

    private JsonObject reading() {
        return documents(new Readers.Everyone(), () -> now).find(FILE).orElseThrow();
    }

    @Test
    void aReadingIsWrittenWhenItMovesBeyondItsDeadBandAndNotBefore() {
        SensorFeed feed = feed();
        sample(feed, "1.00");
        StoredFile first = file().orElseThrow();
        sample(feed, "1.50");
        assertEquals(first.sum(), file().orElseThrow().sum(), "half a dead band is no news");
        sample(feed, "1.51");
        assertEquals(1.51, reading().getDouble("value", 0));
        assertEquals(2, reading().getLong("mau:sequence", 0));
        assertEquals(1, store.versions(account.fingerprint(), FILE).size());
    }

    @Test
    void sequencesGoOnOverARestart() {
        SensorFeed before = feed();
        sample(before, "1");
        sample(before, "2");
        sample(feed(), "2");
        assertEquals(3, reading().getLong("mau:sequence", 0));
    }

    @Test
    void aSensorThatFailsIsSaidOnceWithTheLastGoodValue() {
        SensorFeed feed = feed();
        sample(feed, "1");
        fails(feed);
        assertEquals("fault", reading().getString("mau:quality", ""));
        assertEquals(1, reading().getDouble("value", 0));
        assertFalse(reading().toString().contains("/proc"), "a public reading names no file of the machine");
        StoredFile fault = file().orElseThrow();
        fails(feed);
        assertEquals(fault.sum(), file().orElseThrow().sum());
        sample(feed, "1");
        assertEquals("ok", reading().getString("mau:quality", ""));
    }

    @Test
    void aSealedReadingIsForTheGroupAsItIsNow() {
        Account friend = Account.create(place.resolve("friend"), "friend", "", PASSPHRASE);
        account.keyring().add(friend.identity().publicIdentity());
        account.keyring().createGroup("family");
        SensorFeed feed = feed(new Readers.Group("family"));
        sample(feed, "1");
        var friends = friend.identity().publicIdentity().keyIds();
        assertTrue(file().orElseThrow().envelope().sealed());
        assertFalse(file().orElseThrow().envelope().isReadableBy(friends));
        account.keyring().addToGroup(friend.fingerprint(), "family");
        sample(feed, "2");
        assertTrue(file().orElseThrow().envelope().isReadableBy(friends));
    }

    @Test
    void aBoardThatWakesUpBeforeItsOwnKeyStillPublishes() {
        now = Instant.EPOCH;
        sample(feed(), "1");
        assertEquals(1, reading().getLong("mau:sequence", 0));
        assertEquals("1970-01-01T00:00:10Z", reading().getString("observationDate", ""));
    }

    @Test
    void anotherDocumentUnderTheNameDoesNotStopTheChannel() {
        store.publish(
                FILE,
                new Sealer(account.identity()).sign(() -> new ByteArrayInputStream("[1".getBytes()), now),
                new Retention.KeepAll());
        sample(feed(), "1");
        assertEquals(1, reading().getLong("mau:sequence", 0));
    }

    @Test
    void anUnchangedDocumentForTheSameReadersIsNotWrittenAgain() {
        SignedDocuments documents = documents(new Readers.Everyone(), () -> now);
        assertFalse(documents.isPublished(FILE, "{}"));
        documents.publish(FILE, "{}", new Retention.KeepAll());
        assertTrue(documents.isPublished(FILE, "{}"));
        assertFalse(documents.isPublished(FILE, "{\"a\":1}"));
        assertFalse(documents(new Readers.Group("none"), () -> now).isPublished(FILE, "{}"), "its readers changed");
        assertEquals(List.of(), store.versions(account.fingerprint(), FILE));
    }
}
