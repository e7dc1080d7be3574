package org.maunode.sync;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTimeout;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.maunode.discovery.Connector;
import org.maunode.exchange.ExchangeException;
import org.maunode.exchange.RemotePeer;
import org.maunode.exchange.SilentPeer;
import org.maunode.exchange.Waiters.Attention;
import org.maunode.identity.Fingerprint;
import org.maunode.openpgp.PublicIdentity;
import org.maunode.openpgp.SecretIdentity;
import org.maunode.store.Account;
import org.maunode.store.ContentStore;

/** The threads of a syncer: peers that hang, that wait, and that are forgotten meanwhile. */
class SyncerThreadsTest {
    @TempDir
    private Path place;

    private Account account;
    private ContentStore store;
    private Set<Fingerprint> peers;

    @BeforeEach
    void open() {
        account = Account.create(place.resolve("reader"), "reader", "", "sync".toCharArray());
        store = ContentStore.open(account);
        peers = IntStream.range(1, 21)
                .mapToObj(i -> Fingerprint.of(String.format("%040x", i)))
                .collect(Collectors.toSet());
    }

    @AfterEach
    void close() {
        store.close();
    }

    private Syncer syncer(Connector connector, Scheduler scheduler) {
        Checkpoints checkpoints = new Checkpoints(place.resolve("checkpoints"));
        Follower follower = new Follower(account, store, checkpoints, Follower.Options.DEFAULT, InstantSource.system());
        Outbox outbox = new Outbox(account, store, _ -> Attention.NOW);
        return new Syncer(follower, connector, outbox, Syncer.Options.DEFAULT, _ -> {}, new Random(1), scheduler);
    }

    private static void awaitQuietly(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private static RemotePeer unreachable() {
        throw new ExchangeException(ExchangeException.Reason.UNREACHABLE, "nobody there");
    }

    @Test
    void endsAtOnceThoughAllPeersHang() throws InterruptedException {
        CountDownLatch dialed = new CountDownLatch(Workers.DIALLING);
        Semaphore ended = new Semaphore(0);
        Connector hanging = _ -> {
            dialed.countDown();
            awaitQuietly(new CountDownLatch(1));
            ended.release();
            return unreachable();
        };
        Syncer syncer = syncer(hanging, new Workers());
        syncer.follow(peers);
        dialed.await();
        spinUntil(() -> syncer.state().stream().allMatch(state -> state.phase() == PeerState.Phase.CONNECTING));
        assertTimeout(Duration.ofSeconds(1), syncer::close);
        assertTrue(ended.tryAcquire(Workers.DIALLING, 1, TimeUnit.SECONDS));
        syncer.follow(peers);
        assertEquals(0, syncer.state().size(), "nothing begins behind the end");
    }

    @Test
    void whoIsFollowedAnewWhileADialGoesOnHasOneConnectionAndNotTwo() throws InterruptedException {
        Fingerprint peer = peers.iterator().next();
        CountDownLatch firstDialed = new CountDownLatch(1);
        CountDownLatch firstMayAnswer = new CountDownLatch(1);
        AtomicInteger dials = new AtomicInteger();
        Map<Integer, Silent> lines = new ConcurrentHashMap<>();
        Connector connector = who -> {
            int number = dials.incrementAndGet();
            if (number == 1) {
                firstDialed.countDown();
                awaitQuietly(firstMayAnswer);
            }
            return lines.computeIfAbsent(number, _ -> new Silent(who));
        };
        try (Syncer syncer = syncer(connector, new Workers())) {
            syncer.follow(Set.of(peer));
            firstDialed.await();
            syncer.follow(Set.of());
            syncer.follow(Set.of(peer));
            firstMayAnswer.countDown();
            while (lines.size() < 2) {
                Thread.onSpinWait();
            }
            assertTrue(lines.get(1).closed.await(10, TimeUnit.SECONDS), "the first is hung up on");
            assertEquals(1, syncer.state().size());
            assertEquals(2, dials.get());
        }
    }

    /** KC-2: twenty who are connected and waited at. */
    @Test
    void thoseWhoAreWaitedAtHoldNoThread() {
        Set<Fingerprint> friends = IntStream.range(0, 20).mapToObj(this::friend).collect(Collectors.toSet());
        Workers workers = new Workers(Duration.ofMillis(20));
        try (Syncer syncer = syncer(Silent::new, workers)) {
            syncer.follow(friends);
            spinUntil(() -> syncer.state().stream().allMatch(state -> state.phase() == PeerState.Phase.WAITING));
            assertTrue(workers.threads() <= Workers.THREADS);
            spinUntil(() -> workers.threads() == 0);
        }
    }

    private Fingerprint friend(int number) {
        PublicIdentity key =
                SecretIdentity.generate("f" + number, "", Instant.now()).publicIdentity();
        account.keyring().add(key);
        return key.fingerprint();
    }

    private static void spinUntil(BooleanSupplier reached) {
        long end = System.nanoTime() + Duration.ofSeconds(30).toNanos();
        while (!reached.getAsBoolean()) {
            assertTrue(System.nanoTime() < end, "in vain");
            Thread.onSpinWait();
        }
    }

    /** Has nothing, and will not say when that changes. */
    private static final class Silent extends SilentPeer {
        private final Fingerprint fingerprint;
        private final CountDownLatch closed = new CountDownLatch(1);

        Silent(Fingerprint fingerprint) {
            this.fingerprint = fingerprint;
        }

        @Override
        public Fingerprint fingerprint() {
            return fingerprint;
        }

        @Override
        public Page list(Fingerprint owner, From from) {
            return new Page(List.of(), List.of(), new Behind.Nothing(Optional.of("cursor")));
        }

        @Override
        public Watch watch(Fingerprint owner, From from, Duration wait) {
            CompletableFuture<Page> never = new CompletableFuture<>();
            return new Watch() {
                @Override
                public CompletableFuture<?> answered() {
                    return never;
                }

                @Override
                public boolean waited() {
                    return true;
                }

                @Override
                public Page page() {
                    return never.join();
                }

                @Override
                public void close() {
                    never.cancel(false);
                }
            };
        }

        @Override
        public void close() {
            closed.countDown();
        }
    }
}
