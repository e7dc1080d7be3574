package org.maunode.sync;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTimeout;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.maunode.discovery.Resolver;
import org.maunode.exchange.Dialer;
import org.maunode.exchange.ExchangeException;
import org.maunode.exchange.RemotePeer;
import org.maunode.identity.Fingerprint;
import org.maunode.store.Account;
import org.maunode.store.ContentStore;

/** Schedules of peers that answer, hang or are forgotten. */
class SyncerTest {
    private static final char[] PASSPHRASE = "sync".toCharArray();
    private static final InetSocketAddress SOMEWHERE = InetSocketAddress.createUnresolved("peer.invalid", 6275);

    @TempDir
    private Path place;

    private Account account;
    private ContentStore store;
    private Fingerprint peer;

    @BeforeEach
    void open() {
        account = Account.create(place.resolve("reader"), "reader", "", PASSPHRASE);
        store = ContentStore.open(account);
        peer = Fingerprint.of("00112233445566778899aabbccddeeff00112233");
    }

    @AfterEach
    void close() {
        store.close();
    }

    private Syncer syncer(Dialer dialer, Duration interval) {
        Checkpoints checkpoints = new Checkpoints(place.resolve("checkpoints"));
        Follower follower = new Follower(account, store, checkpoints, Follower.Options.DEFAULT, InstantSource.system());
        return new Syncer(follower, dialer, somewhere(), interval, _ -> {}, new Random(1));
    }

    private static Resolver somewhere() {
        return new Resolver() {
            @Override
            public String name() {
                return "given";
            }

            @Override
            public void resolve(Fingerprint peer, Consumer<InetSocketAddress> found) {
                found.accept(SOMEWHERE);
            }
        };
    }

    private static RemotePeer unreachable() {
        throw new ExchangeException(ExchangeException.Reason.UNREACHABLE, "nobody there");
    }

    @Test
    void whoIsFollowedAnewWhileARunGoesOnHasOneScheduleAndNotTwo() throws InterruptedException {
        CountDownLatch firstDialed = new CountDownLatch(1);
        CountDownLatch firstMayFail = new CountDownLatch(1);
        CountDownLatch secondDialed = new CountDownLatch(1);
        AtomicBoolean isFirst = new AtomicBoolean(true);
        Semaphore finished = new Semaphore(0);
        Dialer dialer = (_, _) -> {
            if (isFirst.compareAndSet(true, false)) {
                firstDialed.countDown();
                awaitQuietly(firstMayFail);
            } else {
                secondDialed.countDown();
            }
            finished.release();
            return unreachable();
        };
        try (Syncer syncer = syncer(dialer, Duration.ofHours(1))) {
            syncer.follow(Set.of(peer));
            firstDialed.await();
            syncer.follow(Set.of());
            syncer.follow(Set.of(peer));
            secondDialed.await();
            firstMayFail.countDown();
            finished.acquire(2);
            while (syncer.running() > 0) {
                Thread.onSpinWait();
            }
            assertEquals(1, syncer.waiting());
        }
    }

    @Test
    void endsAtOnceThoughAPeerHangs() throws InterruptedException {
        CountDownLatch dialed = new CountDownLatch(1);
        Semaphore ended = new Semaphore(0);
        Syncer syncer = syncer(
                (_, _) -> {
                    dialed.countDown();
                    awaitQuietly(new CountDownLatch(1));
                    ended.release();
                    return unreachable();
                },
                Duration.ofHours(1));
        syncer.follow(Set.of(peer));
        dialed.await();
        assertTimeout(Duration.ofSeconds(1), syncer::close);
        assertTrue(ended.tryAcquire(1, TimeUnit.SECONDS));
        syncer.follow(Set.of());
        syncer.follow(Set.of(peer));
        assertEquals(0, syncer.waiting(), "nothing begins behind the end");
    }

    private static void awaitQuietly(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
