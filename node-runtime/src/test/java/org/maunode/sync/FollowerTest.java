package org.maunode.sync;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.maunode.exchange.ExchangeException;
import org.maunode.exchange.ListedFile;
import org.maunode.identity.FileName;
import org.maunode.identity.VersionHash;
import org.maunode.openpgp.Opener;
import org.maunode.openpgp.Sealer;
import org.maunode.store.Account;
import org.maunode.store.ContentStore;
import org.maunode.store.Retention;
import org.maunode.store.StoreException;
import org.maunode.store.StoredFile;

/** EX-50 to EX-55: two real directories and a wire between them that may lie and break. */
class FollowerTest {
    private static final char[] PASSPHRASE = "follow".toCharArray();
    private static final Instant SIGNED = Instant.parse("2024-02-01T12:00:00Z");
    private static final Retention ALL = new Retention.KeepAll();

    @TempDir
    private Path place;

    private Account author;
    private Account reader;
    private ContentStore authors;
    private ContentStore readers;
    private InProcessPeer peer;
    private Follower follower;
    private Duration clock = Duration.ZERO;

    @BeforeEach
    void befriend() {
        author = Account.create(place.resolve("author"), "author", "", PASSPHRASE, () -> SIGNED);
        reader = Account.create(place.resolve("reader"), "reader", "", PASSPHRASE, () -> SIGNED);
        reader.keyring().add(author.identity().publicIdentity());
        author.keyring().add(reader.identity().publicIdentity());
        authors = ContentStore.open(author);
        readers = ContentStore.open(reader);
        readers.follow(author.fingerprint());
        peer = new InProcessPeer(author, authors, reader.fingerprint());
        follower = follower(Follower.Options.DEFAULT);
    }

    @AfterEach
    void close() {
        authors.close();
        readers.close();
    }

    private Follower follower(Follower.Options options) {
        InstantSource set = () -> Instant.now().plus(clock);
        return new Follower(reader, readers, checkpoints(), options, set);
    }

    private Checkpoints checkpoints() {
        return new Checkpoints(place.resolve("checkpoints"));
    }

    private StoredFile share(String name, byte[] content, Instant signedAt) {
        Sealer.Content bytes = () -> new ByteArrayInputStream(content);
        return authors.publish(
                FileName.published(name),
                new Sealer(author.identity())
                        .seal(bytes, List.of(reader.identity().publicIdentity()), signedAt),
                ALL);
    }

    private SyncReport sync() {
        return follower.sync(peer, SyncProgress.SILENT);
    }

    private Optional<StoredFile> here(String name) {
        return readers.find(author.fingerprint(), FileName.published(name));
    }

    private byte[] content(StoredFile file) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        new Opener(reader.identity()).open(file.path(), author.identity().publicIdentity(), out);
        return out.toByteArray();
    }

    private static byte[] random(int length) {
        byte[] bytes = new byte[length];
        new Random(length).nextBytes(bytes);
        return bytes;
    }

    private static byte[] sha256(byte[] bytes) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(bytes);
        } catch (NoSuchAlgorithmException everyJdkHasIt) {
            throw new AssertionError(everyJdkHasIt);
        }
    }

    @Test
    void whatAPeerSharesArrivesAndVerifies() throws IOException {
        share("a.bin", random(1000), SIGNED);
        share("b.bin", random(300_000), SIGNED);
        SyncReport report = sync();
        assertEquals(2, report.fetched());
        assertTrue(report.isComplete(), report.summary());
        assertArrayEquals(random(1000), content(here("a.bin").orElseThrow()));
        assertArrayEquals(random(300_000), content(here("b.bin").orElseThrow()));
    }

    @Test
    void theSecondRunFetchesNothingAndAsksOnce() {
        share("a.bin", random(1000), SIGNED);
        sync();
        peer.asked.clear();
        SyncReport report = sync();
        assertEquals(0, report.fetched());
        assertEquals(1, peer.asked.size(), peer.asked.toString());
    }

    @Test
    void aChangedFileReplacesTheOldOneWhichIsKept() throws IOException {
        StoredFile first = share("a.bin", random(10), SIGNED);
        sync();
        share("a.bin", random(20), SIGNED.plusSeconds(1));
        assertEquals(1, sync().fetched());
        assertArrayEquals(random(20), content(here("a.bin").orElseThrow()));
        List<StoredFile> versions = readers.versions(author.fingerprint(), FileName.published("a.bin"));
        assertEquals(
                List.of(first.sum()), versions.stream().map(StoredFile::sum).toList());
    }

    @Test
    void manyPagesArriveThoughAllFilesShareOneTime() throws IOException {
        FileTime one = FileTime.from(SIGNED.plusSeconds(3600));
        for (int i = 0; i < 230; i++) {
            StoredFile file = share("f" + i, random(5), SIGNED);
            Files.setLastModifiedTime(file.path(), one);
        }
        assertEquals(230, sync().fetched());
    }

    /** EX-53. */
    @Test
    void aBrokenConnectionEndsTheRunAndTheNextContinuesAtTheByte() throws IOException {
        share("a.bin", random(1000), SIGNED);
        StoredFile large = share("b.bin", random(200_000), SIGNED);
        peer.lie = listed -> listed;
        sync(); // a.bin is here; now the large one is replaced, and breaks
        StoredFile changed = share("b.bin", random(200_001), SIGNED.plusSeconds(5));
        peer.breaksAfter = Optional.of(150_000);
        SyncReport broken = sync();
        assertFalse(broken.isComplete());
        assertTrue(broken.interrupted().isPresent());
        assertEquals(large.sum(), here("b.bin").orElseThrow().sum(), "the old file is untouched");
        peer.asked.clear();
        SyncReport resumed = sync();
        assertTrue(resumed.isComplete(), resumed.summary());
        assertTrue(peer.asked.contains("fetch b.bin.pgp from 150000"), peer.asked.toString());
        assertEquals(changed.size() - 150_000, resumed.bytes());
        assertArrayEquals(random(200_001), content(here("b.bin").orElseThrow()));
    }

    @Test
    void aTailThatAPowerCutLeftEmptyIsFetchedAgain() throws IOException {
        StoredFile file = share("a.bin", random(200_000), SIGNED);
        peer.breaksAfter = Optional.of(100_000);
        sync();
        Path partial =
                readers.partial(author.fingerprint(), file.name(), file.sum()).path();
        byte[] bytes = Files.readAllBytes(partial);
        Arrays.fill(bytes, 90_000, 100_000, (byte) 0);
        Files.write(partial, bytes);
        SyncReport report = sync();
        assertTrue(report.isComplete(), report.summary() + report.notes());
        assertArrayEquals(random(200_000), content(here("a.bin").orElseThrow()));
    }

    /** EX-51. */
    @Test
    void bytesThatWereAlteredOnTheWayNeverAppear() throws IOException {
        share("a.bin", random(1000), SIGNED);
        peer.altered = bytes -> {
            byte[] changed = bytes.clone();
            changed[changed.length / 2] ^= 1;
            return changed;
        };
        SyncReport report = sync();
        assertEquals(0, report.fetched());
        assertEquals(1, report.postponed());
        assertEquals(Optional.empty(), here("a.bin"));
        peer.altered = bytes -> bytes;
        assertEquals(1, sync().fetched(), "it is asked for again");
    }

    /** EX-51. */
    @Test
    void aFileWhoseSignatureIsAnothersIsRefusedByName() throws IOException {
        Account other = Account.create(place.resolve("other"), "other", "", PASSPHRASE, () -> SIGNED);
        StoredFile mine = share("a.bin", random(10), SIGNED);
        ByteArrayOutputStream forged = new ByteArrayOutputStream();
        new Sealer(other.identity())
                .seal(
                        () -> new ByteArrayInputStream(random(10)),
                        List.of(reader.identity().publicIdentity()),
                        SIGNED)
                .writeTo(forged);
        VersionHash sum = VersionHash.of(sha256(forged.toByteArray()));
        peer.lie = listed -> new ListedFile(listed.name(), forged.size(), sum, listed.modified());
        peer.altered = bytes -> forged.toByteArray();
        SyncReport report = sync();
        assertEquals(1, report.refused());
        assertEquals(mine.name().value(), report.notes().getFirst().file());
        assertEquals(Optional.empty(), here("a.bin"));
        assertEquals(List.of(), leftovers(), "what was refused leaves nothing behind");
        peer.asked.clear();
        assertEquals(0, sync().refused(), "and is said once");
        assertTrue(peer.asked.stream().noneMatch(asked -> asked.startsWith("fetch")), peer.asked.toString());
    }

    private List<String> leftovers() throws IOException {
        try (Stream<Path> files = Files.walk(reader.privateDirectory())) {
            return files.filter(Files::isRegularFile)
                    .map(file -> reader.privateDirectory().relativize(file).toString())
                    .filter(name -> name.contains("partial"))
                    .filter(name -> !name.endsWith("lock"))
                    .toList();
        }
    }

    /** EX-52. */
    @Test
    void anOlderSignatureNeverReplacesANewerOne() throws IOException {
        StoredFile old = share("a.bin", random(10), SIGNED);
        byte[] oldBytes = Files.readAllBytes(old.path());
        StoredFile current = share("a.bin", random(20), SIGNED.plusSeconds(60));
        sync();
        peer.lie = listed -> new ListedFile(
                listed.name(), oldBytes.length, old.sum(), listed.modified().map(time -> time.plusSeconds(9)));
        peer.altered = bytes -> oldBytes;
        SyncReport report = sync();
        assertEquals(1, report.older());
        assertEquals(current.sum(), here("a.bin").orElseThrow().sum());
    }

    @Test
    void aFileAtTheSizeLimitIsFetchedAndOneByteMoreIsRefusedUnasked() {
        StoredFile file = share("a.bin", random(5000), SIGNED);
        follower = follower(new Follower.Options(file.size() - 1, ALL));
        SyncReport refused = sync();
        assertEquals(1, refused.refused());
        assertTrue(peer.asked.stream().noneMatch(asked -> asked.startsWith("fetch")));
        follower = follower(new Follower.Options(file.size(), ALL));
        peer.lie = listed -> new ListedFile(
                listed.name(), listed.size(), listed.sum(), listed.modified().map(time -> time.plusSeconds(9)));
        assertEquals(1, sync().fetched());
    }

    /** EX-50, EX-51. */
    @Test
    void aListingThatLiesAboutTheSizeCostsNothingButTheAsking() {
        share("a.bin", random(5000), SIGNED);
        peer.lie = listed -> new ListedFile(listed.name(), listed.size() + 1, listed.sum(), listed.modified());
        SyncReport report = sync();
        assertEquals(1, report.postponed());
        assertEquals(0, report.bytes());
    }

    /** EX-54. */
    @Test
    void theCheckpointWaitsForAFileThatDidNotArrive() {
        share("a.bin", random(10), SIGNED);
        peer.lie = listed -> new ListedFile(listed.name(), listed.size() + 1, listed.sum(), listed.modified());
        sync();
        peer.lie = listed -> listed;
        share("b.bin", random(11), SIGNED);
        assertEquals(2, sync().fetched());
    }

    /** Nobody can be written to before his key was made. */
    private Instant everybodyIsThere() {
        return reader.identity().publicIdentity().created();
    }

    /** EX-55. */
    @Test
    void aPeerWithoutPagingIsFollowedByTheTimesInItsSignatures() throws IOException {
        peer.knowsNoPaging = true;
        Instant start = everybodyIsThere();
        for (int i = 0; i < 250; i++) {
            Instant time = start.plusSeconds(i);
            StoredFile file = share("f" + i, random(3), time);
            Files.setLastModifiedTime(file.path(), FileTime.from(time));
        }
        assertEquals(250, sync().fetched());
        assertEquals(0, sync().fetched());
    }

    @Test
    void aFileFromTheFutureHidesNoneThatComesAfterIt() {
        share("wrong.bin", random(10), SIGNED);
        peer.lie = listed -> new ListedFile(
                listed.name(), listed.size(), listed.sum(), Optional.of(Instant.parse("2199-01-01T00:00:00Z")));
        assertEquals(1, sync().fetched());
        peer.lie = listed -> listed;
        share("right.bin", random(11), SIGNED);
        assertEquals(1, sync().fetched());
    }

    @Test
    void aListingMayHaveAsManyPagesAsTheLimitAndNotOneMore() {
        share("a.bin", random(10), SIGNED);
        peer.emptyPages = Follower.MAX_PAGES - 1;
        assertTrue(sync().isComplete());
        assertTrue(here("a.bin").isPresent());
        peer.emptyPages = Integer.MAX_VALUE;
        SyncReport endless = sync();
        assertEquals(
                Optional.of(ExchangeException.Reason.OVER_LIMIT),
                endless.interrupted().map(ExchangeException::reason));
    }

    @Test
    void aStrangersFilesAreNotFollowed() {
        reader.keyring().remove(author.fingerprint());
        StoreException refused = assertThrows(StoreException.class, this::sync);
        assertEquals(StoreException.Reason.NOT_FOUND, refused.reason());
    }

    /** KC-21: a file that was put there with an old time, as by cp -p, or by a board that woke up in the past. */
    @Test
    void aFileFromThePastAppearsWithinADay() throws IOException {
        share("a.bin", random(10), SIGNED);
        sync();
        StoredFile late = share("b.bin", random(11), SIGNED);
        Files.setLastModifiedTime(late.path(), FileTime.from(Instant.parse("2016-01-01T00:00:00Z")));
        assertEquals(0, sync().fetched());
        clock = Checkpoint.BELIEVED;
        assertEquals(1, sync().fetched());
        peer.asked.clear();
        sync();
        assertFalse(peer.asked.getFirst().contains("-1000000000"), "the day after it is not asked for whole again");
    }

    /** KC-21: our clock was ahead, and so was the peer's; both are set. */
    @Test
    void aCheckpointFromTheFutureHidesNothing() throws IOException {
        clock = Duration.ofDays(3653);
        StoredFile ahead = share("a.bin", random(10), SIGNED);
        Files.setLastModifiedTime(ahead.path(), FileTime.from(Instant.now().plus(Duration.ofDays(3000))));
        assertEquals(1, sync().fetched());
        clock = Duration.ZERO;
        Files.setLastModifiedTime(ahead.path(), FileTime.from(SIGNED));
        share("b.bin", random(11), SIGNED);
        assertEquals(1, sync().fetched());
        clock = Duration.ofDays(-3653);
        share("c.bin", random(12), SIGNED);
        assertEquals(1, sync().fetched());
        clock = Duration.ZERO;
        assertEquals(0, sync().fetched());
    }

    /** EX-55, KC-21: a board that wakes up in the past still finds the end of a long listing. */
    @Test
    void aPeerWithoutPagingIsFollowedToItsEndThoughOurClockIsFarBehind() throws IOException {
        peer.knowsNoPaging = true;
        clock = Duration.ofDays(-3653);
        Instant start = everybodyIsThere();
        for (int i = 0; i < 150; i++) {
            Instant time = start.plusSeconds(i);
            StoredFile file = share("f" + i, random(3), time);
            Files.setLastModifiedTime(file.path(), FileTime.from(time));
        }
        assertEquals(150, sync().fetched());
    }

    /** KC-22. */
    @Test
    void aRunThatIsInterruptedKeepsItsCheckpoint() {
        share("a.bin", random(1000), SIGNED);
        share("b.bin", random(300_000), SIGNED);
        peer.chunked = Optional.of(() -> {
            if (here("a.bin").isPresent()) {
                Thread.currentThread().interrupt();
            }
        });
        try {
            SyncReport report = sync();
            assertTrue(report.interrupted().isPresent(), report.summary());
        } catch (StoreException brokenOff) {
            assertFalse(brokenOff.getMessage().isBlank());
        } finally {
            assertTrue(Thread.interrupted(), "whoever interrupted is heard");
        }
        Checkpoint reached = checkpoints().load(author.fingerprint(), author.fingerprint());
        assertTrue(reached.reached().isAfter(Instant.EPOCH));
        peer.chunked = Optional.empty();
        assertEquals(1, sync().fetched());
    }

    /** KC-33: also for somebody who asks once, as the command line. */
    @Test
    void whatARelayHoldsOfAnotherIsVerifiedByTheAuthorsKey() {
        Account relay = Account.create(place.resolve("relay"), "relay", "", PASSPHRASE, () -> SIGNED);
        relay.keyring().add(reader.identity().publicIdentity());
        share("a.bin", random(1000), SIGNED);
        InProcessPeer line = new InProcessPeer(relay, authors, reader.fingerprint());
        SyncReport report = follower.sync(line, author.fingerprint(), SyncProgress.SILENT);
        assertEquals(1, report.fetched());
        assertEquals(relay.fingerprint(), report.source());
        assertTrue(here("a.bin").isPresent());
    }
}
