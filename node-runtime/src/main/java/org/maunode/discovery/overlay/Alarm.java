package org.maunode.discovery.overlay;

import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * Rings at one moment, set anew each time. Its thread {@code mau-kad-timer} starts when the first moment is set, and does
 * nothing but ring. Guarded by the lock of its owner.
 */
final class Alarm implements AutoCloseable {
    private final ScheduledThreadPoolExecutor timer;
    private final Runnable ring;
    private OptionalLong set = OptionalLong.empty();
    private Optional<Future<?>> next = Optional.empty();

    /** @param ring called on the alarm's thread; must not block */
    Alarm(Runnable ring) {
        this.ring = ring;
        this.timer = new ScheduledThreadPoolExecutor(
                1, task -> Thread.ofPlatform().daemon().name("mau-kad-timer").unstarted(task));
        timer.setRemoveOnCancelPolicy(true);
    }

    /** Rings at {@code moment} and at none that was set before; both in the milliseconds of one clock. */
    void set(OptionalLong moment, long now) {
        if (moment.equals(set) || timer.isShutdown()) {
            return;
        }
        next.ifPresent(former -> former.cancel(false));
        set = moment;
        next = moment.isPresent()
                ? Optional.of(timer.schedule(ring, Math.max(0, moment.getAsLong() - now), TimeUnit.MILLISECONDS))
                : Optional.empty();
    }

    /** It has rung: a moment that is set again is a new one. */
    void rung() {
        set = OptionalLong.empty();
        next = Optional.empty();
    }

    @Override
    public void close() {
        timer.shutdownNow();
    }

    /** Waits for its thread, without any lock. */
    void awaitEnd() {
        Calls.await(timer);
    }
}
