package org.maunode.tools.fetch;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.maunode.sync.Follower;
import org.maunode.tools.account.Session;
import org.maunode.tools.output.Progress;

/**
 * Syncs with several peers at once, one connection each.
 *
 * <p>Threads: up to {@value #THREADS}, named {@code mau-sync-N}; all have ended when {@link #run} returns.
 */
public final class Fetching {
    private static final int THREADS = 4;

    private final Session session;
    private final Network network;
    private final Follower follower;
    private final int retries;

    /** @param retries how often a passing failure is tried again */
    public Fetching(Session session, Network network, Follower follower, int retries) {
        this.session = Objects.requireNonNull(session);
        this.network = Objects.requireNonNull(network);
        this.follower = Objects.requireNonNull(follower);
        this.retries = retries;
    }

    /** What became of each, in the order of {@code targets}. */
    public List<Outcome> run(List<Target> targets) throws InterruptedException {
        try (Progress progress = Progress.on(session.shell(), session.output());
                ExecutorService threads = Executors.newFixedThreadPool(
                        Math.min(THREADS, targets.size()),
                        Thread.ofPlatform().name("mau-sync-", 1).factory())) {
            SyncMeter meter = new SyncMeter(progress, session.shell().clock());
            List<Future<Outcome>> running = new ArrayList<>();
            for (Target target : targets) {
                Attempts attempts = new Attempts(session, network, follower, retries, meter);
                running.add(threads.submit(() -> attempts.with(target)));
            }
            return results(running, threads);
        }
    }

    private static List<Outcome> results(List<Future<Outcome>> running, ExecutorService threads)
            throws InterruptedException {
        List<Outcome> outcomes = new ArrayList<>();
        for (Future<Outcome> one : running) {
            try {
                outcomes.add(one.get());
            } catch (ExecutionException failed) {
                threads.shutdownNow();
                if (failed.getCause() instanceof RuntimeException ours) {
                    throw ours;
                }
                throw new AssertionError(failed.getCause());
            }
        }
        return outcomes;
    }
}
