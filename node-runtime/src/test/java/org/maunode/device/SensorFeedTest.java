package org.maunode.device;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.eclipsesource.json.JsonObject;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
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
import org.maunode.device.sampling.Quality;
import org.maunode.device.vocabulary.NodeId;
import org.maunode.identity.FileName;
import org.maunode.openpgp.Opener;
import org.maunode.openpgp.PublicIdentity;
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

    /** Made with gpg 2.2: {@code --faked-system-time 20200101T000000! --quick-generate-key Old ed25519 sign 20210101T000000}. */
    private static final String ENDED_IN_2021 =
            """
            -----BEGIN PGP PUBLIC KEY BLOCK-----

            mDMEXgvhABYJKwYBBAHaRw8BAQdAHUTxWDoefhMqbTsSOrU6/ztuShaPWP3aNrRB
            b1rCECi0A09sZIiWBBMWCAA+FiEEUaZLqAOzEyXZ0s2r8EMyB3gogjQFAl4L4QAC
            GwMFCQHihQAFCwkIBwIGFQoJCAsCBBYCAwECHgECF4AACgkQ8EMyB3gogjTWygD/
            Y8HNFwi8dDn1Nm6VOpY266gJirqVrWWp5ZlO9Nfn174BANZlEsjKGVZ/U7ifiblT
            yb6oQVLCqUZSvGxdA579ewMJuDgEXgvhABIKKwYBBAGXVQEFAQEHQJgR8+nYMDwz
            BxcZfP7iCWoG5EmJqiY0BX9pDqMkB9YTAwEIB4h4BBgWCAAgFiEEUaZLqAOzEyXZ
            0s2r8EMyB3gogjQFAl4L4QACGwwACgkQ8EMyB3gogjTxrAD+M3gcqsHnE97IpjKG
            7622HkvFG53M7DNnRhr/6nqj9foBAOYcBXs+jdJX6ecnoAwK3phJ8I/qaAjNFhjV
            f2ymo2gG
            =41wG
            -----END PGP PUBLIC KEY BLOCK-----
            """;

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
        return new SensorFeed(
                LOAD,
                Quality.OK,
                new ReadingFile.Place(
                        node,
                        documents(readers, () -> now),
                        new Retention.KeepAll(),
                        WritePolicy.DEFAULT.every(Duration.ZERO)));
    }

    private SensorFeed feed() {
        return feed(new Readers.Everyone());
    }

    private void sample(SensorFeed feed, String value) {
        driver.script.add(Optional.of(value));
        now = now.plusSeconds(10);
        feed.asked(now);
        feed.answered(Answer.of(driver), driver.technique(), now);
    }

    private void fails(SensorFeed feed) {
        driver.script.add(Optional.empty());
        now = now.plusSeconds(10);
        feed.asked(now);
        feed.answered(Answer.of(driver), driver.technique(), now);
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
        documents.publish(FILE, "{}", documents.readers(), new Retention.KeepAll());
        assertTrue(documents.isPublished(FILE, "{}"));
        assertFalse(documents.isPublished(FILE, "{\"a\":1}"));
        assertFalse(documents(new Readers.Group("none"), () -> now).isPublished(FILE, "{}"), "its readers changed");
        assertEquals(List.of(), store.versions(account.fingerprint(), FILE));
    }

    private Account memberWhoseKeyIsMadeAt(Instant made) {
        Account member = Account.create(place.resolve("member" + made), "member", "", PASSPHRASE, () -> made);
        account.keyring().add(member.identity().publicIdentity());
        account.keyring().createGroup("family");
        account.keyring().addToGroup(member.fingerprint(), "family");
        return member;
    }

    /** CK-17: a board that wakes up in the past, with friends who are younger than its clock. */
    @Test
    void aFriendWhoseKeyLooksAsIfFromTheFutureReadsAlongAndStopsNoReading() {
        Account friend = memberWhoseKeyIsMadeAt(now.plus(Duration.ofDays(3650)));
        sample(feed(new Readers.Group("family")), "1");
        assertTrue(isReadable(friend.identity().publicIdentity()));
    }

    /** CK-17: it ended in 2021, or so it seems to a clock that is wrong. */
    @Test
    void aFriendWhoseKeyHasEndedIsLeftOutAndStopsNoReading() {
        Account friend = memberWhoseKeyIsMadeAt(now);
        PublicIdentity old = PublicIdentity.parse(ENDED_IN_2021.getBytes(StandardCharsets.US_ASCII));
        account.keyring().add(old);
        account.keyring().addToGroup(old.fingerprint(), "family");
        SensorFeed feed = feed(new Readers.Group("family"));
        sample(feed, "1");
        assertTrue(isReadable(friend.identity().publicIdentity()));
        assertFalse(isReadable(old));
        now = Instant.parse("2020-06-01T00:00:00Z");
        sample(feed, "2");
        assertTrue(isReadable(friend.identity().publicIdentity()));
        assertTrue(isReadable(old), "and is back as soon as the clock says otherwise");
    }

    private boolean isReadable(PublicIdentity reader) {
        return file().orElseThrow().envelope().isReadableBy(reader.keyIds());
    }

    /** CK-11 and CK-19: ten years ahead, back, ten years back, and forward again, each with a restart. */
    @Test
    void sequencesAndSigningTimesRiseWhateverTheClockDoes() {
        Opener opener = new Opener(account.identity());
        Instant signed = Instant.MIN;
        long sequence = 0;
        for (int years : List.of(0, 10, -10, -10, 10)) {
            now = now.plus(Duration.ofDays(365L * years));
            SensorFeed feed = feed();
            for (String value : List.of("1", "2")) {
                sample(feed, value);
                Instant time = verified(opener);
                assertTrue(time.isAfter(signed), signed + " then " + time);
                signed = time;
                assertEquals(++sequence, reading().getLong("mau:sequence", 0));
                assertEquals(now.toString(), reading().getString("observationDate", ""), "the date is the clock's");
            }
        }
    }

    private Instant verified(Opener opener) {
        try {
            return opener.verify(file().orElseThrow().path(), account.identity().publicIdentity())
                    .signedAt();
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    /** CK-20. */
    @Test
    void aClockThatJumpsMakesASensorDueAndNeverSleepsItAway() {
        SensorFeed feed = feed();
        sample(feed, "1");
        assertTrue(feed.untilDue(now.minus(Duration.ofDays(3650))).isZero());
        now = now.plus(Duration.ofDays(3650));
        assertTrue(feed.untilDue(now).isZero());
        sample(feed, "2");
        now = now.minus(Duration.ofDays(3650));
        assertTrue(feed.untilDue(now).isZero());
        sample(feed, "3");
        assertTrue(feed.untilDue(now).compareTo(LOAD.period()) <= 0);
    }
}
