package org.maunode.store;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.maunode.identity.FileName;

/**
 * The power fails at any step while readings are shown, again and again, on a board whose clock stands wherever it likes
 * after that. A follower who saw everything must find all that comes later behind what it saw, and signed later.
 */
final class LivePowerCutTest {
    private static final Instant TODAY = Instant.parse("2026-11-23T12:00:00Z");
    private static final Retention SOME = new Retention.KeepLast(3);
    private static final List<FileName> NAMES =
            List.of(new FileName("air.pgp"), new FileName("soil.pgp"), new FileName("light.pgp"));

    private static Peer self;

    @TempDir
    Path trials;

    @BeforeAll
    static void makeKeys() {
        self = Peer.named("Ada");
    }

    /** What a follower knows that saw all there was to see. */
    private static final class Follower {
        private Position reached = Position.START;
        private final Map<FileName, Instant> signed = new HashMap<>();

        void looks(Account account, ContentStore store) throws IOException {
            for (StoredFile file : store.list(account.fingerprint(), reached, 99)) {
                reached = Position.after(file);
                byte[] message = file.open().readAllBytes();
                assertTrue(message.length == file.size());
            }
        }

        void published(StoredFile file, Instant at) {
            assertTrue(Position.after(file).compareTo(reached) > 0, file + " is not behind " + reached);
            Instant before = signed.put(file.name(), at);
            assertTrue(before == null || at.isAfter(before), file.name() + " signed " + at + " after " + before);
        }
    }

    /** One board's life of several starts. */
    private final class Board {
        private final Random random;
        private final Path root;
        private final Follower follower = new Follower();
        private Instant time = TODAY;
        private long nanos;

        Board(int seed) {
            this.random = new Random(seed);
            this.root = trials.resolve("board" + seed);
        }

        /** The store's own thread writes nothing: all that happens is the seed's. */
        private long nanos() {
            return Thread.currentThread().getName().equals(WriteBehind.THREAD) ? 0 : nanos;
        }

        void lives() throws IOException {
            for (int start = 0; start < 6; start++) {
                time = TODAY.minusSeconds(random.nextInt(100_000));
                runs(new FaultyDisk(1 + random.nextInt(250), random.nextBoolean()));
            }
        }

        private void runs(FaultyDisk disk) throws IOException {
            Account account = new Account(root, self.identity(), new Disk(), () -> TODAY);
            ContentStore store = ContentStore.open(account, disk, new Clocks(Instant::now, () -> time, this::nanos));
            try {
                for (int i = 0; i < 120; i++) {
                    act(account, store);
                    follower.looks(account, store);
                }
                store.close();
            } catch (FaultyDisk.PowerLoss lost) {
                assertFalse(disk.steps() == 0);
                closeDead(store);
            }
        }

        private void act(Account account, ContentStore store) {
            Duration step = Duration.ofMillis(random.nextInt(2000));
            time = time.plus(step);
            nanos += step.toNanos();
            FileName name = NAMES.get(random.nextInt(NAMES.size()));
            Instant signedAt = store.signingTime(name, time);
            if (random.nextInt(10) == 0) {
                store.writeDue();
            } else if (random.nextInt(8) == 0) {
                follower.published(store.publish(name, self.message("d" + nanos, signedAt), SOME), signedAt);
            } else {
                Duration every = Duration.ofSeconds(1 + random.nextInt(30));
                follower.published(store.publishLive(name, self.message("l" + nanos, signedAt), SOME, every), signedAt);
            }
        }
    }

    private static void closeDead(ContentStore store) {
        try {
            store.close();
        } catch (FaultyDisk.PowerLoss lost) {
            assertTrue(lost.getStackTrace().length > 0);
        }
    }

    @Test
    void nothingThatComesLaterIsHiddenBehindWhatWasSeen() throws IOException {
        for (int seed = 0; seed < 20; seed++) {
            new Board(seed).lives();
        }
    }
}
