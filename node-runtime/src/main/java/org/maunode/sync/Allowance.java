package org.maunode.sync;

import java.time.Duration;

/**
 * So many at once, and one more each while: what others can make us do. Confined to one thread at a time.
 *
 * <p>Times are those of {@link Scheduler#nanos()}.
 */
final class Allowance {
    private final int most;
    private final long each;
    private int left;
    private long counted;

    Allowance(int most, Duration each, long now) {
        this.most = most;
        this.each = each.toNanos();
        this.left = most;
        this.counted = now;
    }

    /** Takes one; {@code false} if none is left. */
    boolean take(long now) {
        refill(now);
        if (left == 0) {
            return false;
        }
        left--;
        return true;
    }

    /** How long until there is one to take. */
    Duration untilNext(long now) {
        refill(now);
        return left > 0 ? Duration.ZERO : Duration.ofNanos(each - (now - counted));
    }

    private void refill(long now) {
        long more = (now - counted) / each;
        left = (int) Math.min(most, left + more);
        counted = left == most ? now : counted + more * each;
    }
}
