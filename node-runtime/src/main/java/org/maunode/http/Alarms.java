package org.maunode.http;

import java.time.Duration;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/** Ends calls that wait for news when their time is over. Its one thread starts with the first of them. */
final class Alarms implements AutoCloseable {
    private final ScheduledThreadPoolExecutor thread;

    Alarms() {
        thread = new ScheduledThreadPoolExecutor(1, Threads.named("mau-http-alarm"));
        thread.setRemoveOnCancelPolicy(true);
        thread.setKeepAliveTime(1, TimeUnit.MINUTES);
        thread.allowCoreThreadTimeOut(true);
    }

    /** Runs {@code action}, which must not block, behind {@code delay}, unless what it returns is run before. */
    Runnable later(Runnable action, Duration delay) {
        try {
            ScheduledFuture<?> planned = thread.schedule(action, delay.toNanos(), TimeUnit.NANOSECONDS);
            return () -> planned.cancel(false);
        } catch (RejectedExecutionException closed) {
            return () -> {};
        }
    }

    @Override
    public void close() {
        thread.shutdownNow();
        Threads.await(thread);
    }
}
