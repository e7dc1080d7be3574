package org.maunode.sync;

import java.time.Duration;

/**
 * Time and threads as a syncer sees them: a time that never jumps, whatever the clock on the wall does, and threads for
 * what may block. Thread-safe. What is handed in after the end is dropped.
 */
interface Scheduler extends AutoCloseable {
    /** Nanoseconds since some beginning, only good for differences. */
    long nanos();

    /** Runs {@code task}, which may block, as soon as a thread is free. */
    void run(Runnable task);

    /**
     * The same for a task that dials. Fewer of those run at once than there are threads, so that whoever cannot be reached
     * keeps nobody waiting who can.
     *
     * @param rank who goes first: lower before higher, and of one rank who came first
     */
    void dial(int rank, Runnable task);

    /** Runs {@code task}, which must not block, after {@code wait}. */
    Alarm after(Duration wait, Runnable task);

    /** Interrupts what runs, and waits a second at most for its end. */
    @Override
    void close();

    /** Something that will happen, if nothing comes between. */
    @FunctionalInterface
    interface Alarm {
        void cancel();
    }
}
