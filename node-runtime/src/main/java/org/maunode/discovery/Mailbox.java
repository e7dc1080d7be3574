package org.maunode.discovery;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** What several threads tell one: bounded, and once it is closed nothing gets lost in it. Thread-safe. */
final class Mailbox<T> {
    static final int CAPACITY = 64;

    private final Deque<T> letters = new ArrayDeque<>();
    private boolean closed;

    /**
     * Waits while it is full.
     *
     * @return whether somebody will read it; {@code false} also if the thread is interrupted, which it stays
     */
    synchronized boolean post(T letter) {
        try {
            while (!closed && letters.size() >= CAPACITY) {
                wait();
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            return false;
        }
        if (!closed) {
            letters.add(letter);
            notifyAll();
        }
        return !closed;
    }

    /** The next letter; empty if none came for so long. */
    synchronized Optional<T> take(Duration patience) throws InterruptedException {
        long end = System.nanoTime() + patience.toNanos();
        for (long left = patience.toNanos(); letters.isEmpty() && left > 0; left = end - System.nanoTime()) {
            TimeUnit.NANOSECONDS.timedWait(this, left);
        }
        notifyAll();
        return Optional.ofNullable(letters.poll());
    }

    /** Takes no more; what nobody has read is the caller's. */
    synchronized List<T> close() {
        closed = true;
        notifyAll();
        List<T> left = List.copyOf(letters);
        letters.clear();
        return left;
    }
}
