package org.maunode.device.command;

import java.time.Duration;

/** So many at once, and one more each time that long has passed. Not thread-safe. */
final class Allowance {
    private final int most;
    private final long nanosPerOne;
    private long left;
    private long countedAt;

    /** @param now of the monotonic clock, in nanoseconds */
    Allowance(int most, Duration perOne, long now) {
        this.most = most;
        this.nanosPerOne = perOne.toNanos();
        this.left = most;
        this.countedAt = now;
    }

    boolean isEmpty(long now) {
        count(now);
        return left == 0;
    }

    /** Takes one, if there is one. */
    boolean take(long now) {
        boolean empty = isEmpty(now);
        left -= empty ? 0 : 1;
        return !empty;
    }

    private void count(long now) {
        long more = (now - countedAt) / nanosPerOne;
        countedAt += more * nanosPerOne;
        left = Math.min(most, left + more);
    }
}
