package org.maunode.cable;

import java.time.Duration;
import java.util.concurrent.Executor;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import java.util.logging.Level;
import java.util.logging.Logger;

/** The threads of the cable: some that wait for radios and callers, one that looks at lines. None while nothing is to be done. */
final class Workers implements Executor, AutoCloseable {
    /** A line to each node that a carrier reaches at once, and some for whom calls begin. */
    private static final int MOST = 12;

    private static final Duration IDLE = Duration.ofSeconds(5);
    private static final Duration LOOK = Duration.ofSeconds(5);
    private static final Duration PATIENCE = Duration.ofSeconds(1);
    private static final Logger LOG = Logger.getLogger("org.maunode.cable");

    private final ThreadPoolExecutor pool = new ThreadPoolExecutor(
            MOST, MOST, IDLE.toMillis(), TimeUnit.MILLISECONDS, new LinkedBlockingQueue<>(), named("mau-cable-"));
    private final ScheduledThreadPoolExecutor timer =
            new ScheduledThreadPoolExecutor(1, task -> daemon("mau-cable-timer", task));
    private final AtomicBoolean watching = new AtomicBoolean();

    Workers() {
        pool.allowCoreThreadTimeOut(true);
        timer.setRemoveOnCancelPolicy(true);
        timer.setKeepAliveTime(IDLE.toMillis(), TimeUnit.MILLISECONDS);
        timer.allowCoreThreadTimeOut(true);
    }

    private static ThreadFactory named(String prefix) {
        AtomicInteger number = new AtomicInteger();
        return task -> daemon(prefix + number.incrementAndGet(), task);
    }

    private static Thread daemon(String name, Runnable task) {
        return Thread.ofPlatform().daemon().name(name).unstarted(task);
    }

    @Override
    public void execute(Runnable task) {
        pool.execute(task);
    }

    /** Looks every now and then, as long as {@code look} says that there is something to look at. */
    void watch(BooleanSupplier look) {
        if (watching.compareAndSet(false, true)) {
            later(look);
        }
    }

    private void later(BooleanSupplier look) {
        try {
            timer.schedule(() -> look(look), LOOK.toMillis(), TimeUnit.MILLISECONDS);
        } catch (RejectedExecutionException closed) {
            LOG.log(Level.FINEST, "nobody looks any more");
        }
    }

    private void look(BooleanSupplier look) {
        watching.set(false);
        if (look.getAsBoolean()) {
            watch(look);
        }
    }

    @Override
    public void close() {
        pool.shutdownNow();
        timer.shutdownNow();
        try {
            pool.awaitTermination(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
        }
    }
}
