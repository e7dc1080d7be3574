package org.maunode.ble.air;

import java.time.Duration;
import java.util.Comparator;
import java.util.Optional;
import java.util.PriorityQueue;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;

/** The one thread on which all is heard: {@code air}, there while something is on its way and for a moment after. */
final class Ether {
    private static final Duration REST = Duration.ofMillis(200);

    private record Event(long at, long order, Runnable heard) {}

    private final PriorityQueue<Event> coming =
            new PriorityQueue<>(Comparator.comparingLong(Event::at).thenComparingLong(Event::order));
    private final AtomicReference<Optional<Thread>> last = new AtomicReference<>(Optional.empty());
    private final ScheduledThreadPoolExecutor thread = new ScheduledThreadPoolExecutor(1, this::started);
    private final AtomicReference<Throwable> mistake = new AtomicReference<>();
    private final long start = System.nanoTime();
    private long order;

    Ether() {
        thread.setKeepAliveTime(REST.toMillis(), TimeUnit.MILLISECONDS);
        thread.allowCoreThreadTimeOut(true);
        thread.setRejectedExecutionHandler((late, closed) -> {});
    }

    private Thread started(Runnable work) {
        Thread started = Thread.ofPlatform().name("air").daemon().unstarted(work);
        last.set(Optional.of(started));
        return started;
    }

    /** Nanoseconds since the air is there. */
    long time() {
        return System.nanoTime() - start;
    }

    void now(Runnable heard) {
        at(time(), heard);
    }

    /** Things for the same moment are heard in the order in which they were said. */
    void at(long time, Runnable heard) {
        synchronized (coming) {
            coming.add(new Event(time, order++, heard));
        }
        thread.schedule(this::hearWhatIsDue, Math.max(0, time - time()), TimeUnit.NANOSECONDS);
    }

    private void hearWhatIsDue() {
        try {
            for (Optional<Event> next = next(); next.isPresent(); next = next()) {
                next.get().heard().run();
            }
        } catch (RuntimeException | Error thrown) {
            mistake.compareAndSet(null, thrown);
        }
    }

    private Optional<Event> next() {
        synchronized (coming) {
            return coming.isEmpty() || coming.peek().at() > time() ? Optional.empty() : Optional.of(coming.remove());
        }
    }

    /**
     * Drops what is on its way.
     *
     * @throws IllegalStateException if a listener has thrown, or blocks
     */
    void close() {
        thread.shutdownNow();
        synchronized (coming) {
            coming.clear();
        }
        try {
            boolean quiet = thread.awaitTermination(2, TimeUnit.SECONDS);
            if (!quiet || !hasEnded()) {
                throw new IllegalStateException("a listener blocks the air");
            }
            if (mistake.get() != null) {
                throw new IllegalStateException("a listener of the air has thrown", mistake.get());
            }
        } catch (InterruptedException ours) {
            Thread.currentThread().interrupt();
        }
    }

    /** A pool is said to have ended a moment before its thread has. */
    private boolean hasEnded() throws InterruptedException {
        Optional<Thread> thread = last.get();
        return thread.isEmpty() || thread.get().join(REST);
    }
}
