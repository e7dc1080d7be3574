package org.maunode.ble.dbus;

import java.util.OptionalLong;
import java.util.PriorityQueue;

/** What is to be done later, by {@link System#nanoTime}. For one thread. */
final class Timers {
    /** One thing, once; each is its own, however equal. */
    static final class Timer {
        private final long due;
        private final Runnable task;

        Timer(long due, Runnable task) {
            this.due = due;
            this.task = task;
        }
    }

    /** Nanosecond counts may begin anywhere: differences are compared. */
    private final PriorityQueue<Timer> queue = new PriorityQueue<>((one, two) -> Long.signum(one.due - two.due));

    void add(Timer timer) {
        queue.add(timer);
    }

    void remove(Timer timer) {
        queue.remove(timer);
    }

    /** Does what is due. When the next thing is. */
    OptionalLong ring(long now) {
        while (!queue.isEmpty() && queue.peek().due - now <= 0) {
            queue.remove().task.run();
        }
        return queue.isEmpty() ? OptionalLong.empty() : OptionalLong.of(queue.peek().due);
    }
}
