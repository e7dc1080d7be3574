package org.maunode.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.maunode.identity.FileName;
import org.maunode.identity.Fingerprint;

/** Other programs change the directories, and the store notices. */
final class WatchingTest {
    private static final FileName NAME = new FileName("a.pgp");

    @TempDir
    Path root;

    private final CountingDisk disk = new CountingDisk();
    private final OffsetClock clock = new OffsetClock();
    private final Peer self = Peer.named("Ada");
    private final Peer peer = Peer.named("Bob");
    private final Fingerprint who = peer.fingerprint();
    private final BlockingQueue<Fingerprint> told = new LinkedBlockingQueue<>();
    private ContentStore store;

    @BeforeEach
    void open() {
        store = ContentStore.open(new Account(root, self.identity(), disk, clock), disk, clock);
        store.follow(who);
    }

    @AfterEach
    void close() {
        store.close();
        assertFalse(isWatching(), "the thread has ended");
    }

    private static boolean isWatching() {
        return Thread.getAllStackTraces().keySet().stream()
                .anyMatch(t -> t.getName().equals(Watcher.THREAD));
    }

    private Path directory() {
        return root.resolve(who.toString());
    }

    private Path file() {
        return directory().resolve(NAME.value());
    }

    private byte[] message(String text) {
        return peer.signed(text, Peer.SIGNED);
    }

    private List<StoredFile> list() {
        return store.list(who, Position.START, 99);
    }

    private void awaitTold(Fingerprint owner) throws InterruptedException {
        Fingerprint next = told.poll(20, TimeUnit.SECONDS);
        while (next != null && !next.equals(owner)) {
            next = told.poll(20, TimeUnit.SECONDS);
        }
        assertEquals(owner, next);
    }

    @Test
    void whatHappensWhileSomebodyElseBeginsToWatchIsTold() throws Exception {
        try (AutoCloseable _ = store.onChange(told::add)) {
            for (int i = 0; i < 100; i++) {
                Fingerprint newcomer = Fingerprint.of("%040x".formatted(i));
                Files.createDirectory(root.resolve(newcomer.toString()));
                store.onChange(_ -> {}).close();
                awaitTold(newcomer);
            }
        }
    }

    @Test
    void whatIsPutThereBetweenTwoListingsIsListed() throws IOException {
        assertEquals(List.of(), list());
        Files.write(file(), message("one"));
        assertEquals(1, list().size());
        Files.write(directory().resolve("b.pgp"), message("two"));
        assertEquals(2, list().size());
        Files.delete(file());
        assertEquals(1, list().size());
    }

    @Test
    void whatIsReplacedBetweenTwoListingsIsListedAsItIs() throws IOException {
        Files.write(file(), message("one"));
        StoredFile one = list().getFirst();
        Path next = Files.write(directory().resolve("next"), message("two"));
        Files.move(next, file(), StandardCopyOption.REPLACE_EXISTING);
        assertNotEquals(one.sum(), list().getFirst().sum());
    }

    @Test
    void aDirectoryThatGoesAndComesAgainIsSeenAsItIs() throws IOException {
        Files.write(file(), message("one"));
        assertEquals(1, list().size());
        Files.move(directory(), root.resolve("elsewhere"));
        assertEquals(List.of(), list());
        assertEquals(List.of(), store.owners());
        Files.createDirectory(directory());
        assertEquals(List.of(), list());
        Files.delete(directory());
        Files.move(root.resolve("elsewhere"), directory());
        assertEquals(1, list().size());
    }

    @Test
    void aProgramThatAsksOnceStartsNoThread() throws IOException {
        Files.write(file(), message("one"));
        list();
        list();
        assertFalse(isWatching());
    }

    @Test
    void aStoreThatStaysInUseWatches() throws IOException {
        list();
        clock.advance(Changes.UNWATCHED.plusSeconds(1));
        list();
        assertTrue(isWatching());
    }

    @Test
    void aFileChangedInPlaceIsNoticedWithoutAWatch() throws IOException {
        Files.write(file(), message("one"));
        StoredFile one = list().getFirst();
        Files.write(file(), message("two"));
        clock.advance(Changes.UNWATCHED.plusSeconds(1));
        assertNotEquals(one.sum(), list().getFirst().sum());
    }

    @Test
    void aFileChangedInPlaceIsNoticedByTheWatch() throws Exception {
        Files.write(file(), message("one"));
        try (AutoCloseable _ = store.onChange(told::add)) {
            StoredFile one = list().getFirst();
            Files.write(file(), message("two"));
            StoredFile now = list().getFirst();
            while (now.sum().equals(one.sum())) {
                awaitTold(who);
                now = list().getFirst();
            }
            assertEquals(Files.size(file()), now.size());
        }
    }

    @Test
    void aHalfWrittenFileIsNotServedForEver() throws Exception {
        byte[] whole = message("a message that another program writes slowly");
        try (AutoCloseable _ = store.onChange(told::add)) {
            Files.write(file(), Arrays.copyOf(whole, whole.length / 2));
            list();
            Files.write(file(), whole);
            awaitTold(who);
            List<StoredFile> now = list();
            while (now.isEmpty() || now.getFirst().size() != whole.length) {
                awaitTold(who);
                now = list();
            }
        }
    }

    @Test
    void listenersHearOfThisProgramsWritesToo() throws Exception {
        try (AutoCloseable _ = store.onChange(told::add)) {
            store.publish(NAME, self.message("one", Peer.SIGNED), new Retention.KeepAll());
            awaitTold(self.fingerprint());
        }
    }

    @Test
    void listenersHearOfWhoIsFollowedLater() throws Exception {
        Peer eve = Peer.named("Eve");
        try (AutoCloseable _ = store.onChange(told::add)) {
            Path directory =
                    Files.createDirectory(root.resolve(eve.fingerprint().toString()));
            awaitTold(eve.fingerprint());
            Files.write(directory.resolve(NAME.value()), eve.signed("one", Peer.SIGNED));
            awaitTold(eve.fingerprint());
        }
    }

    @Test
    void aListenerThatFailsDoesNotSilenceTheRest() throws Exception {
        try (AutoCloseable _ = store.onChange(owner -> {
                    throw new IllegalStateException("listener");
                });
                AutoCloseable _ = store.onChange(told::add)) {
            Files.write(file(), message("one"));
            awaitTold(who);
        }
    }

    @Test
    void aListenerThatLeftHearsNothing() throws Exception {
        BlockingQueue<Fingerprint> left = new LinkedBlockingQueue<>();
        store.onChange(left::add).close();
        try (AutoCloseable _ = store.onChange(told::add)) {
            Files.write(file(), message("one"));
            awaitTold(who);
            assertEquals(0, left.size());
        }
    }

    @Test
    void ownWritesCauseNoRescanOfAWatchedDirectory() throws Exception {
        try (AutoCloseable _ = store.onChange(told::add)) {
            for (int i = 0; i < 5; i++) {
                store.publish(NAME, self.message("n" + i, Peer.SIGNED), new Retention.KeepLast(1));
                awaitTold(self.fingerprint());
                assertEquals(
                        1, store.list(self.fingerprint(), Position.START, 9).size());
            }
            assertEquals(List.of(), disk.takeRead());
        }
    }

    @Test
    void aFileReadJustAfterItChangedIsReadOnceMoreAndThenNeverAgain() throws IOException {
        Files.write(file(), message("one"));
        list();
        assertEquals(List.of(file()), disk.takeRead());
        clock.advance(Duration.ofSeconds(1));
        list();
        assertEquals(List.of(file()), disk.takeRead());
        clock.advance(Duration.ofSeconds(1));
        list();
        clock.advance(Changes.NET.plusSeconds(1));
        list();
        assertEquals(List.of(), disk.takeRead());
    }

    @Test
    void onlyARecentChangeMakesAReadingUnsure() throws IOException {
        Files.write(file(), message("one"));
        Stamp stamp = Stamp.of(file()).orElseThrow();
        Instant changed = Nanos.instant(stamp.changed());
        Inspector soon = new Inspector(disk, () -> changed.plusMillis(49));
        Inspector later = new Inspector(disk, () -> changed.plusMillis(51));
        Inspector before = new Inspector(disk, () -> changed.minus(Duration.ofDays(9)));
        assertTrue(soon.inspect(NAME, file()).orElseThrow().unsure());
        assertFalse(later.inspect(NAME, file()).orElseThrow().unsure());
        assertFalse(before.inspect(NAME, file()).orElseThrow().unsure());
    }

    @Test
    void aTimeThatSomebodySetDoesNotHideAChange() throws IOException {
        Files.write(file(), message("one"));
        Files.setLastModifiedTime(file(), FileTime.from(Instant.EPOCH));
        StoredFile one = list().getFirst();
        Files.write(file(), message("two"));
        Files.setLastModifiedTime(file(), FileTime.from(Instant.EPOCH));
        clock.advance(Changes.UNWATCHED.plusSeconds(1));
        assertNotEquals(one.sum(), list().getFirst().sum());
    }

    @Test
    void aFileThatChangesWhileItIsReadIsNoMessageYet() throws IOException {
        Files.write(file(), message("one"));
        Disk racing = new Disk() {
            @Override
            InputStream read(Path path) throws IOException {
                Files.write(path, message("longer " + System.nanoTime()));
                return super.read(path);
            }
        };
        IndexRecord record = new Inspector(racing, clock).inspect(NAME, file()).orElseThrow();
        assertTrue(record.unsure());
        assertTrue(record.facts().isEmpty());
    }

    @Test
    void manyChangesAtOnceAreNotLost() throws Exception {
        try (AutoCloseable _ = store.onChange(told::add)) {
            list();
            byte[] message = message("one");
            for (int i = 0; i < 3000; i++) {
                Files.write(directory().resolve("n" + i + ".pgp"), message);
            }
            assertEquals(3000, store.list(who, Position.START, 9999).size());
        }
    }

    @Test
    void aWatchedDirectoryThatGoesAndComesAgainIsWatchedAgain() throws Exception {
        try (AutoCloseable _ = store.onChange(told::add)) {
            Files.write(file(), message("one"));
            awaitTold(who);
            assertEquals(1, list().size());
            Files.delete(file());
            Files.delete(directory());
            while (!list().isEmpty()) {
                awaitTold(who);
            }
            told.clear();
            Files.createDirectory(directory());
            awaitTold(who);
            list();
            told.clear();
            Files.write(file(), message("two"));
            awaitTold(who);
            assertEquals(1, list().size());
        }
    }
}
