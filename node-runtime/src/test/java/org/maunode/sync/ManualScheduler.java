package org.maunode.sync;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import java.util.Optional;

/** Time and threads that a test moves: nothing runs but in {@link #settle} and {@link #advance}, on the test's thread. */
final class ManualScheduler implements Scheduler {
    private final Deque<Runnable> ready = new ArrayDeque<>();
    private final List<Entry> alarms = new ArrayList<>();
    private Runnable around = () -> {};
    private long now;
    private boolean closed;

    private record Entry(long due, Runnable task) {}

    @Override
    public long nanos() {
        return now;
    }

    @Override
    public synchronized void run(Runnable task) {
        if (!closed) {
            ready.add(task);
        }
    }

    @Override
    public void dial(int rank, Runnable task) {
        run(task);
    }

    @Override
    public synchronized Alarm after(Duration wait, Runnable task) {
        Entry entry = new Entry(now + wait.toNanos(), task);
        alarms.add(entry);
        return () -> cancel(entry);
    }

    private synchronized void cancel(Entry entry) {
        alarms.removeIf(other -> other == entry);
    }

    /** What happens in the world each time before it is asked whether all is quiet. */
    void around(Runnable world) {
        around = world;
    }

    /** Runs everything that is due now, and what comes of it. */
    void settle() {
        around.run();
        for (Runnable task = ready.poll(); task != null; task = ready.poll()) {
            task.run();
            around.run();
        }
    }

    /** Lets time pass, and everything happen at its time. */
    void advance(Duration time) {
        long until = now + time.toNanos();
        settle();
        for (Optional<Entry> next = next(until); next.isPresent(); next = next(until)) {
            now = Math.max(now, next.get().due());
            cancel(next.get());
            next.get().task().run();
            settle();
        }
        now = until;
    }

    private synchronized Optional<Entry> next(long until) {
        return alarms.stream().filter(entry -> entry.due() <= until).min(Comparator.comparingLong(Entry::due));
    }

    /** Alarms that are set. */
    int alarms() {
        return alarms.size();
    }

    @Override
    public synchronized void close() {
        closed = true;
        ready.clear();
        alarms.clear();
    }
}
