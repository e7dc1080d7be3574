package org.maunode.http;

import java.util.concurrent.TimeUnit;

/** A measure of how often: full at first, emptied by takers, refilled by time. Not thread-safe. */
final class TokenBucket {
    private final Limits.Rate rate;
    private double tokens;
    private long filledAt;

    TokenBucket(Limits.Rate rate, long now) {
        this.rate = rate;
        this.tokens = rate.burst();
        this.filledAt = now;
    }

    /**
     * Takes one token.
     *
     * @param now in nanoseconds of a clock that never jumps
     * @return whether there was one
     */
    boolean take(long now) {
        return take(now, 1);
    }

    /** Takes {@code count} tokens, or none. */
    boolean take(long now, long count) {
        refill(now);
        if (tokens < count) {
            return false;
        }
        tokens -= count;
        return true;
    }

    /** Puts back what was taken for nothing. */
    void giveBack(long count) {
        tokens = Math.min(rate.burst(), tokens + count);
    }

    private void refill(long now) {
        double flowed = (now - filledAt) * rate.perSecond() / TimeUnit.SECONDS.toNanos(1);
        tokens = Math.min(rate.burst(), tokens + flowed);
        filledAt = now;
    }
}
