package org.maunode.http;

import java.time.Duration;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * The few threads that may wait for the disk, so that the I/O threads never do. They end when there is nothing to do for
 * a while. Requests queue up to a limit; reads for bodies under way always have a place, as bodies are counted already.
 */
final class DiskThreads implements AutoCloseable {
    private static final Duration KEPT = Duration.ofSeconds(10);

    private final ThreadPoolExecutor threads;
    private final Semaphore waiting;

    DiskThreads(int count, int maxWaiting) {
        this.threads = new ThreadPoolExecutor(
                count,
                count,
                KEPT.toSeconds(),
                TimeUnit.SECONDS,
                new LinkedBlockingQueue<>(),
                Threads.named("mau-http-disk"));
        threads.allowCoreThreadTimeOut(true);
        this.waiting = new Semaphore(maxWaiting);
    }

    /** Runs {@code answer} soon; {@code false} if too many wait already, or after {@link #close}. */
    boolean answer(Runnable answer) {
        if (!waiting.tryAcquire()) {
            return false;
        }
        if (read(() -> {
            waiting.release();
            answer.run();
        })) {
            return true;
        }
        waiting.release();
        return false;
    }

    /** Runs {@code read} soon; {@code false} after {@link #close}. */
    boolean read(Runnable read) {
        try {
            threads.execute(read);
            return true;
        } catch (RejectedExecutionException closed) {
            return false;
        }
    }

    @Override
    public void close() {
        threads.shutdownNow();
        Threads.await(threads);
    }
}
