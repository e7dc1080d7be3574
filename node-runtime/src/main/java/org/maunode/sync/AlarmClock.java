package org.maunode.sync;

import java.time.Duration;
import java.util.Optional;
import java.util.PriorityQueue;
import java.util.concurrent.TimeUnit;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.maunode.sync.Scheduler.Alarm;

/**
 * Runs short tasks at their time. Its one thread, {@value #THREAD}, lives while there is something to wait for: a node
 * that only waits for its peers has none. Thread-safe.
 */
final class AlarmClock implements AutoCloseable {
    static final String THREAD = "mau-sync-timer";

    private static final Logger LOG = Logger.getLogger("org.maunode.sync");
    private static final Duration PATIENCE = Duration.ofMillis(500);

    private final PriorityQueue<Entry> entries = new PriorityQueue<>();
    private Optional<Thread> thread = Optional.empty();
    private boolean closed;

    private record Entry(long due, Runnable task) implements Comparable<Entry> {
        long left() {
            return due - System.nanoTime();
        }

        /** Such times may run over. */
        @Override
        public int compareTo(Entry other) {
            return Long.signum(due - other.due);
        }
    }

    synchronized Alarm after(Duration wait, Runnable task) {
        if (closed) {
            return () -> {};
        }
        Entry entry = new Entry(System.nanoTime() + wait.toNanos(), task);
        entries.add(entry);
        if (thread.isEmpty()) {
            thread = Optional.of(Thread.ofPlatform().name(THREAD).start(this::run));
        }
        notifyAll();
        return () -> cancel(entry);
    }

    private synchronized void cancel(Entry entry) {
        entries.removeIf(other -> other == entry);
        notifyAll();
    }

    private void run() {
        for (Optional<Entry> due = next(); due.isPresent(); due = next()) {
            ring(due.get());
        }
    }

    /** What fails must not silence the others. */
    private static void ring(Entry due) {
        try {
            due.task().run();
        } catch (RuntimeException | Error defect) {
            LOG.log(Level.SEVERE, "an alarm met a defect", defect);
        }
    }

    /** Waits for the next one; empty if there is none. */
    private synchronized Optional<Entry> next() {
        try {
            while (!entries.isEmpty()) {
                long left = entries.peek().left();
                if (left <= 0) {
                    return Optional.of(entries.remove());
                }
                TimeUnit.NANOSECONDS.timedWait(this, left);
            }
        } catch (InterruptedException notOurs) {
            entries.clear();
        }
        thread = Optional.empty();
        return Optional.empty();
    }

    @Override
    public void close() {
        Optional<Thread> running = end();
        try {
            if (running.isPresent() && running.get() != Thread.currentThread()) {
                running.get().join(PATIENCE);
            }
        } catch (InterruptedException hurry) {
            Thread.currentThread().interrupt();
        }
    }

    private synchronized Optional<Thread> end() {
        closed = true;
        entries.clear();
        notifyAll();
        return thread;
    }
}
