package org.maunode.store;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.maunode.identity.FileName;
import org.maunode.openpgp.Sealer.OutgoingMessage;

/** Files that are shown before they are written. The store's thread goes by a clock that stands still unless a test says so. */
final class WriteBehindTest {
    private static final FileName AIR = new FileName("air.json.pgp");
    private static final FileName SOIL = new FileName("soil.json.pgp");
    private static final Retention ALL = new Retention.KeepAll();
    private static final Duration EVERY = Duration.ofMinutes(1);
    private static final Instant TODAY = Instant.parse("2026-11-23T12:00:00Z");

    @TempDir
    Path root;

    private FaultyDisk disk = new FaultyDisk(0, false);
    private Instant time = TODAY;
    private long nanos;
    private Account account;
    private Peer self;
    private ContentStore store;

    @BeforeEach
    void open() {
        account = Peer.account(root);
        self = Peer.of(account);
        openStore();
    }

    private void openStore() {
        disk = new FaultyDisk(0, false);
        store = ContentStore.open(account, disk, clocks());
    }

    private Clocks clocks() {
        return new Clocks(Instant::now, () -> time, () -> isOfTheStore(Thread.currentThread()) ? 0 : nanos);
    }

    private static boolean isOfTheStore(Thread thread) {
        return thread.getName().equals(WriteBehind.THREAD);
    }

    @AfterEach
    void close() {
        store.close();
    }

    private void reopen() {
        store.close();
        openStore();
    }

    private void pass(Duration by) {
        time = time.plus(by);
        nanos += by.toNanos();
    }

    private OutgoingMessage message(FileName name, String text) {
        return self.message(text, store.signingTime(name, time));
    }

    private StoredFile show(FileName name, String text) {
        pass(Duration.ofSeconds(1));
        return store.publishLive(name, message(name, text), ALL, EVERY);
    }

    private StoredFile found(FileName name) {
        return store.find(account.fingerprint(), name).orElseThrow();
    }

    private List<StoredFile> list(Position after, int max) {
        return store.list(account.fingerprint(), after, max);
    }

    private List<StoredFile> versions() {
        return store.versions(account.fingerprint(), AIR);
    }

    private byte[] onDisk(FileName name) throws IOException {
        return Files.readAllBytes(root.resolve(account.fingerprint().toString()).resolve(name.value()));
    }

    private static byte[] read(StoredFile file) throws IOException {
        try (InputStream in = file.open()) {
            return in.readAllBytes();
        }
    }

    /** All that {@link StoredFile} promises. */
    private static void assertIsTrue(StoredFile file) throws IOException {
        byte[] content = read(file);
        assertEquals(content.length, file.size());
        assertEquals(
                file.sum(),
                org.maunode.identity.VersionHash.of(Inspector.sha256().digest(content)));
    }

    @Test
    void whatIsShownIsSeenAtOnceAndCostsTheDiskNothing() throws IOException {
        show(AIR, "first");
        show(AIR, "second");
        int steps = disk.steps();
        byte[] written = onDisk(AIR);
        Position seen = Position.after(found(AIR));
        for (int i = 0; i < 50; i++) {
            StoredFile shown = show(AIR, "reading " + i);
            assertEquals(shown, found(AIR));
            assertEquals(List.of(shown), list(seen, 9), "who saw the last one is shown this one");
            assertIsTrue(shown);
            seen = Position.after(shown);
        }
        assertEquals(steps, disk.steps());
        assertArrayEquals(written, onDisk(AIR));
    }

    @Test
    void itIsWrittenOnceInAWhileAsItWasShown() throws IOException {
        show(AIR, "first");
        StoredFile shown = show(AIR, "second");
        store.writeDue();
        assertTrue(found(AIR).unwritten().isPresent(), "nothing is due yet");
        pass(EVERY);
        store.writeDue();
        StoredFile written = found(AIR);
        assertTrue(written.unwritten().isEmpty());
        assertArrayEquals(read(shown), onDisk(AIR));
        assertEquals(shown.modified(), written.modified(), "whoever saw it is not told of it again");
        assertEquals(List.of(), list(Position.after(shown), 9));
        int steps = disk.steps();
        show(AIR, "third");
        store.writeDue();
        assertEquals(steps, disk.steps(), "and a while begins anew");
    }

    @Test
    void oneThatDidNotChangeLatelyIsWrittenAtOnce() throws IOException {
        show(AIR, "first");
        pass(EVERY);
        StoredFile second = show(AIR, "second");
        assertTrue(second.unwritten().isEmpty());
        assertArrayEquals(read(second), onDisk(AIR));
    }

    @Test
    void theThreadOfTheStoreWritesByItself() throws Exception {
        store.close();
        CountDownLatch writes = new CountDownLatch(2);
        Disk counting = new Disk() {
            @Override
            void move(Path from, Path to) throws IOException {
                super.move(from, to);
                if (to.getFileName().toString().equals(AIR.value())) {
                    writes.countDown();
                }
            }
        };
        store = ContentStore.open(account, counting, new Clocks(Instant::now, () -> time, System::nanoTime));
        Duration often = Duration.ofMillis(300);
        store.publishLive(AIR, message(AIR, "first"), ALL, often);
        store.publishLive(AIR, message(AIR, "second"), ALL, often);
        assertTrue(writes.await(20, TimeUnit.SECONDS));
    }

    @Test
    void aStopWritesWhatWasShown() throws IOException {
        show(AIR, "first");
        StoredFile shown = show(AIR, "second");
        reopen();
        assertFalse(store.mayBeBehind(AIR));
        StoredFile written = found(AIR);
        assertEquals(shown.sum(), written.sum());
        assertEquals(shown.modified(), written.modified());
        assertTrue(written.unwritten().isEmpty());
    }

    @Test
    void listingsMergeWhatIsWrittenWithWhatIsNot() {
        List<StoredFile> expected = new ArrayList<>();
        for (int i = 0; i < 12; i++) {
            FileName name = new FileName("n" + i + ".pgp");
            pass(Duration.ofSeconds(1));
            store.publishLive(name, message(name, "old"), ALL, EVERY);
        }
        for (int i = 11; i >= 0; i -= 2) {
            expected.add(show(new FileName("n" + i + ".pgp"), "new"));
        }
        List<StoredFile> all = list(Position.START, 99);
        assertEquals(12, all.size());
        assertEquals(expected, all.subList(6, 12));
        for (int page = 1; page <= 13; page++) {
            assertEquals(all, paged(page), "pages of " + page);
        }
    }

    private List<StoredFile> paged(int size) {
        List<StoredFile> all = new ArrayList<>();
        List<StoredFile> page = list(Position.START, size);
        while (!page.isEmpty()) {
            all.addAll(page);
            page = list(Position.after(page.getLast()), size);
        }
        return all;
    }

    @Test
    void versionsAreWhatWasWritten() throws IOException {
        StoredFile first = show(AIR, "first");
        StoredFile second = show(AIR, "second");
        show(AIR, "third");
        assertEquals(List.of(first.sum()), sums(versions()));
        assertIsTrue(store.findVersion(account.fingerprint(), AIR, first.sum()).orElseThrow());
        assertTrue(store.findVersion(account.fingerprint(), AIR, second.sum()).isEmpty(), "it never was on the disk");
        pass(EVERY);
        store.writeDue();
        assertEquals(List.of(first.sum()), sums(versions()));
    }

    private static List<Object> sums(List<StoredFile> files) {
        return files.stream().<Object>map(StoredFile::sum).toList();
    }

    @Test
    void oldVersionsAreThinnedAsBefore() {
        for (int i = 0; i < 10; i++) {
            store.publishLive(AIR, message(AIR, "v" + i), new Retention.KeepLast(3), EVERY);
            pass(EVERY);
            store.writeDue();
        }
        assertEquals(3, versions().size());
    }

    @Test
    void listenersAreToldOfWhatIsShown() throws Exception {
        show(AIR, "first");
        AtomicInteger told = new AtomicInteger();
        try (AutoCloseable _ = store.onChange(owner -> {
            assertEquals(account.fingerprint(), owner);
            told.incrementAndGet();
        })) {
            show(AIR, "second");
            assertTrue(told.get() > 0, "before it returns");
        }
    }

    @Test
    void anotherProcessSeesTheLastThatWasWritten() {
        StoredFile first = show(AIR, "first");
        show(AIR, "second");
        try (ContentStore other = ContentStore.open(account, new Disk(), clocks())) {
            assertEquals(
                    first.sum(),
                    other.find(account.fingerprint(), AIR).orElseThrow().sum());
            assertTrue(other.find(account.fingerprint(), AIR)
                    .orElseThrow()
                    .unwritten()
                    .isEmpty());
        }
    }

    @Test
    void whatAnotherProgramWritesCountsAndIsNotOverwritten() throws IOException {
        show(AIR, "first");
        show(AIR, "second");
        try (ContentStore other = ContentStore.open(account, new Disk(), clocks())) {
            other.publish(AIR, self.message("theirs", time.plusSeconds(9)), ALL);
        }
        byte[] theirs = onDisk(AIR);
        assertArrayEquals(theirs, read(found(AIR)));
        pass(EVERY);
        store.writeDue();
        assertArrayEquals(theirs, onDisk(AIR));
        pass(Duration.ofSeconds(9));
        StoredFile next = show(AIR, "ours again");
        assertEquals(next, found(AIR));
        assertEquals(next, list(Position.START, 9).getLast());
    }

    @Test
    void whatIsPublishedToBeDurableReplacesWhatWasShown() throws IOException {
        show(AIR, "first");
        StoredFile shown = show(AIR, "second");
        StoredFile durable = store.publish(AIR, message(AIR, "third"), ALL);
        assertTrue(durable.modified().isAfter(shown.modified()));
        assertEquals(durable, found(AIR));
        pass(EVERY);
        store.writeDue();
        assertArrayEquals(read(durable), onDisk(AIR));
    }

    @Test
    void deletingTakesWhatWasShown() {
        show(AIR, "first");
        show(AIR, "second");
        assertTrue(store.delete(AIR));
        assertTrue(store.find(account.fingerprint(), AIR).isEmpty());
        assertEquals(List.of(), list(Position.START, 9));
    }

    @Test
    void aFileAtTheLimitIsShownAndALargerOneIsWritten() {
        show(AIR, "first");
        assertTrue(store.publishLive(AIR, sized(LiveFiles.MOST_BYTES), ALL, EVERY)
                .unwritten()
                .isPresent());
        assertTrue(store.publishLive(AIR, sized(LiveFiles.MOST_BYTES + 1), ALL, EVERY)
                .unwritten()
                .isEmpty());
    }

    /** A message of just so many bytes, found by trying; what does not compress grows it byte by byte. */
    private OutgoingMessage sized(int bytes) {
        byte[] noise = new byte[bytes];
        new java.util.Random(7).nextBytes(noise);
        Instant at = store.signingTime(AIR, time);
        for (int length = bytes - 400; length < bytes; length++) {
            byte[] content = Arrays.copyOf(noise, length);
            OutgoingMessage made = new org.maunode.openpgp.Sealer(self.identity())
                    .sign(() -> new java.io.ByteArrayInputStream(content), at);
            if (Peer.bytes(made).length == bytes) {
                return made;
            }
        }
        throw new AssertionError("no message of " + bytes + " bytes");
    }

    @Test
    void onlySoManyFilesAreShownWithoutBeingWritten() {
        for (int round = 0; round < 2; round++) {
            for (int i = 0; i <= LiveFiles.MOST; i++) {
                FileName name = new FileName("n" + i + ".pgp");
                StoredFile shown = store.publishLive(name, message(name, "r" + round), ALL, EVERY);
                assertEquals(round == 1 && i < LiveFiles.MOST, shown.unwritten().isPresent(), name + " in " + round);
            }
        }
    }

    @Test
    void aWhileHasALimit() {
        store.publishLive(AIR, message(AIR, "slow"), ALL, ContentStore.SLOWEST);
        Duration slower = ContentStore.SLOWEST.plusNanos(1);
        assertThrows(IllegalArgumentException.class, () -> store.publishLive(AIR, message(AIR, "slower"), ALL, slower));
        store.publishLive(SOIL, message(SOIL, "at once"), ALL, Duration.ZERO);
        assertTrue(store.publishLive(SOIL, message(SOIL, "always"), ALL, Duration.ZERO)
                .unwritten()
                .isEmpty());
    }

    /** Else a restart could not leap over them. */
    @Test
    void signaturesThatRunAheadOfTheDiskAreWritten() {
        int unwritten = 0;
        for (int i = 0; i < 200; i++) {
            unwritten += store.publishLive(AIR, message(AIR, "burst " + i), ALL, EVERY)
                            .unwritten()
                            .isPresent()
                    ? 1
                    : 0;
        }
        assertTrue(unwritten > 190, unwritten + " of 200");
        assertNotEquals(199, unwritten);
    }

    @Test
    void theIndexIsNotWrittenForWhatIsShown() throws IOException {
        show(AIR, "first");
        Path index = account.privateFiles()
                .resolve("index")
                .resolve(account.fingerprint().toString());
        long length = Files.size(index);
        for (int i = 0; i < 2000; i++) {
            nanos += 1_000_000;
            store.publishLive(AIR, self.message("r" + i, time), ALL, EVERY);
        }
        assertEquals(length, Files.size(index));
        assertEquals(1, list(Position.START, 9).size());
    }

    @Test
    void aWriteThatFailsIsTriedAgainAndWhatIsShownStays() throws IOException {
        show(AIR, "first");
        StoredFile shown = show(AIR, "second");
        Path own = root.resolve(account.fingerprint().toString());
        Path away = root.resolve("away");
        Files.move(own, away);
        Files.createFile(own);
        pass(EVERY);
        assertThrows(StoreException.class, store::writeDue);
        Files.delete(own);
        Files.move(away, own);
        store.writeDue();
        assertArrayEquals(read(shown), onDisk(AIR));
    }
}
