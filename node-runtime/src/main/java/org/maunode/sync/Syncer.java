package org.maunode.sync;

import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.random.RandomGenerator;
import org.maunode.discovery.Resolver;
import org.maunode.exchange.Dialer;
import org.maunode.exchange.ExchangeException;
import org.maunode.exchange.RemotePeer;
import org.maunode.identity.Fingerprint;
import org.maunode.identity.HostAndPort;
import org.maunode.openpgp.OpenPgpException;
import org.maunode.store.StoreException;

/**
 * Keeps in sync with everybody who is followed: each peer on its own schedule, several at once, one connection each; a
 * failure is tried again later and later.
 *
 * <p>Threads: up to {@value #THREADS}, named {@code mau-sync-N}, started when the first peer is due.
 */
public final class Syncer implements AutoCloseable {
    private static final Logger LOG = Logger.getLogger("org.maunode.sync");
    private static final int THREADS = 4;
    private static final Backoff BACKOFF = new Backoff(Duration.ofSeconds(5), Duration.ofMinutes(15));

    private final Follower follower;
    private final Dialer dialer;
    private final Resolver resolver;
    private final Duration interval;
    private final Consumer<SyncReport> listener;
    private final RandomGenerator random;
    private final ScheduledThreadPoolExecutor executor;
    private final Map<Fingerprint, Runs> followed = new HashMap<>();

    /** One peer's runs, one behind the other for as long as it is followed; who is followed anew gets others. */
    private static final class Runs {
        private final Fingerprint peer;
        private Optional<Future<?>> next = Optional.empty();

        Runs(Fingerprint peer) {
            this.peer = peer;
        }

        void cancel() {
            next.ifPresent(run -> run.cancel(false));
        }
    }

    /**
     * @param interval between two runs with one peer, spread by a quarter
     * @param listener hears each run's report, on the run's thread
     */
    public Syncer(
            Follower follower,
            Dialer dialer,
            Resolver resolver,
            Duration interval,
            Consumer<SyncReport> listener,
            RandomGenerator random) {
        this.follower = Objects.requireNonNull(follower);
        this.dialer = Objects.requireNonNull(dialer);
        this.resolver = Objects.requireNonNull(resolver);
        this.interval = Objects.requireNonNull(interval);
        this.listener = Objects.requireNonNull(listener);
        this.random = Objects.requireNonNull(random);
        this.executor = executor();
    }

    private static ScheduledThreadPoolExecutor executor() {
        AtomicInteger number = new AtomicInteger();
        ScheduledThreadPoolExecutor executor = new ScheduledThreadPoolExecutor(THREADS, task -> Thread.ofPlatform()
                .name("mau-sync-" + number.incrementAndGet())
                .unstarted(task));
        executor.setRemoveOnCancelPolicy(true);
        executor.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
        return executor;
    }

    /** Follows exactly {@code peers} from now on: newcomers at once, those who are gone no more. */
    public void follow(Set<Fingerprint> peers) {
        synchronized (followed) {
            if (executor.isShutdown()) {
                return;
            }
            followed.values().removeIf(known -> !peers.contains(known.peer) && forget(known));
            for (Fingerprint peer : peers) {
                followed.computeIfAbsent(peer, _ -> begun(peer));
            }
        }
    }

    /** A run that goes on already ends by itself, and is not scheduled again. */
    private static boolean forget(Runs runs) {
        runs.cancel();
        return true;
    }

    private Runs begun(Fingerprint peer) {
        Runs runs = new Runs(peer);
        schedule(runs, 0, Duration.ZERO);
        return runs;
    }

    private void schedule(Runs runs, int failures, Duration wait) {
        runs.next = Optional.of(executor.schedule(() -> run(runs, failures), wait.toMillis(), TimeUnit.MILLISECONDS));
    }

    private void run(Runs runs, int failures) {
        boolean succeeded = succeeds(runs.peer);
        Duration wait = succeeded ? Backoff.spread(interval, random) : BACKOFF.after(failures + 1, random);
        synchronized (followed) {
            if (followed.get(runs.peer) == runs && !executor.isShutdown()) {
                schedule(runs, succeeded ? 0 : failures + 1, wait);
            }
        }
    }

    private boolean succeeds(Fingerprint peer) {
        try {
            List<InetSocketAddress> addresses = resolver.addressesOf(peer);
            if (addresses.isEmpty()) {
                LOG.log(Level.FINE, "no address known for {0}", peer);
                return false;
            }
            return addresses.stream().anyMatch(address -> syncAt(peer, address));
        } catch (StoreException | OpenPgpException failed) {
            LOG.log(Level.WARNING, "sync with {0} failed here: {1}", new Object[] {peer, failed.getMessage()});
            return false;
        } catch (RuntimeException defect) {
            // One peer's bad luck must not end the schedule of the others, nor its own.
            LOG.log(Level.SEVERE, "sync with " + peer + " met a defect", defect);
            return false;
        }
    }

    private boolean syncAt(Fingerprint peer, InetSocketAddress address) {
        try (RemotePeer remote = dialer.dial(peer, address)) {
            SyncReport report = follower.sync(remote, SyncProgress.SILENT);
            listener.accept(report);
            return report.isComplete();
        } catch (ExchangeException unreachable) {
            LOG.log(Level.INFO, "{0} at {1}: {2}", new Object[] {
                peer, HostAndPort.format(address), unreachable.getMessage()
            });
            return false;
        }
    }

    /** Runs that go on, for tests. */
    int running() {
        return executor.getActiveCount();
    }

    /** Runs that wait for their time, for tests. */
    int waiting() {
        return executor.getQueue().size();
    }

    /** Stops: running transfers are broken off, and continue where they were after the next start. */
    @Override
    public void close() {
        synchronized (followed) {
            followed.clear();
            executor.shutdownNow();
        }
        try {
            executor.awaitTermination(1, TimeUnit.SECONDS);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
