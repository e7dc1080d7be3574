package org.maunode.discovery;

import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.maunode.exchange.Dialer;
import org.maunode.exchange.ExchangeException;
import org.maunode.exchange.RemotePeer;
import org.maunode.identity.Fingerprint;

/**
 * Fingerprint to connection: resolvers are asked side by side, what they find is dialled as it comes, the most promising
 * first, and the first whose TLS leaf proves the fingerprint wins ({@link Search} has the order and the limits). Whoever
 * announces somebody else's fingerprint costs an attempt and gains a line in the log. Thread-safe.
 *
 * <p>Threads: up to {@value #THREADS}, named {@code mau-find-N}, which end when nobody was sought for
 * some seconds.
 */
public final class PeerFinder implements Connector, AutoCloseable {
    static final int THREADS = 16;
    private static final Duration IDLE = Duration.ofSeconds(5);
    private static final Duration PATIENCE = Duration.ofSeconds(1);

    private final List<Source> sources;
    private final Dialer dialer;
    private final Trail memory;
    private final ThreadPoolExecutor threads;
    private final Set<Hunt> hunts = ConcurrentHashMap.newKeySet();

    /**
     * @param sources in order of promise
     * @param memory hears of every search, before whoever asked for it
     */
    public PeerFinder(List<Source> sources, Dialer dialer, Trail memory) {
        this(sources, dialer, memory, IDLE);
    }

    PeerFinder(List<Source> sources, Dialer dialer, Trail memory, Duration idle) {
        this.sources = List.copyOf(sources);
        this.dialer = Objects.requireNonNull(dialer);
        this.memory = Objects.requireNonNull(memory);
        this.threads = threads(idle);
    }

    private static ThreadPoolExecutor threads(Duration idle) {
        AtomicInteger number = new AtomicInteger();
        // Daemons, because a name that is being resolved cannot be interrupted.
        ThreadPoolExecutor threads = new ThreadPoolExecutor(
                THREADS,
                THREADS,
                idle.toMillis(),
                TimeUnit.MILLISECONDS,
                new LinkedBlockingQueue<>(),
                task -> Thread.ofPlatform()
                        .daemon()
                        .name("mau-find-" + number.incrementAndGet())
                        .unstarted(task));
        threads.allowCoreThreadTimeOut(true);
        return threads;
    }

    @Override
    public RemotePeer connect(Fingerprint peer) {
        return connect(peer, Trail.SILENT);
    }

    /**
     * As {@link #connect(Fingerprint)}, while {@code trail} hears how it goes.
     *
     * @throws ExchangeException as {@link #connect(Fingerprint)}; also if the thread is interrupted, which it stays
     */
    public RemotePeer connect(Fingerprint peer, Trail trail) {
        return run(new Hunt(peer, sources, dialer, threads, new Both(memory, trail)));
    }

    @Override
    public RemotePeer connectFast(Fingerprint peer) {
        List<Source> fast = sources.stream()
                .filter(source -> !source.resolver().isLastResort())
                .toList();
        return run(new Hunt(peer, fast, dialer, threads, memory));
    }

    private RemotePeer run(Hunt hunt) {
        hunts.add(hunt);
        try (hunt) {
            return hunt.run();
        } finally {
            hunts.remove(hunt);
        }
    }

    /** One after the other. */
    private record Both(Trail first, Trail second) implements Trail {
        @Override
        public void found(Fingerprint peer, Candidate candidate) {
            first.found(peer, candidate);
            second.found(peer, candidate);
        }

        @Override
        public void failed(Fingerprint peer, Candidate candidate, ExchangeException why) {
            first.failed(peer, candidate, why);
            second.failed(peer, candidate, why);
        }

        @Override
        public void proved(Fingerprint peer, Candidate candidate, Duration took) {
            first.proved(peer, candidate, took);
            second.proved(peer, candidate, took);
        }
    }

    /** Ends every search, and every thread; connections that were handed out stay. */
    @Override
    public void close() {
        hunts.forEach(Hunt::stop);
        threads.shutdownNow();
        // Who began in between finds no threads any more, or never hears of what they were to do.
        hunts.forEach(Hunt::stop);
        try {
            threads.awaitTermination(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
