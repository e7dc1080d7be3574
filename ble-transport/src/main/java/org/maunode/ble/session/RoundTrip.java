package org.maunode.ble.session;

/** How long an answer takes on this connection, and how long to wait for one: RFC 6298 with the bounds of {@link Limits}. */
final class RoundTrip {
    private static final int MOST_DOUBLINGS = 6;
    private static final int MOST_REORDER_QUARTERS = 16;

    private long smoothed;
    private long variation;
    private long least = Limits.MOST_TIMEOUT;
    private int reorderQuarters = 1;
    private long timeout = Limits.FIRST_TIMEOUT;

    /** An answer took {@code sample} milliseconds, and there is no doubt which transmission it answers (Karn's rule). */
    void measured(long sample) {
        least = Math.min(least, sample);
        if (smoothed == 0) {
            smoothed = Math.max(1, sample);
            variation = sample / 2;
        } else {
            variation = (3 * variation + Math.abs(smoothed - sample)) / 4;
            smoothed = Math.max(1, (7 * smoothed + sample) / 8);
        }
        timeout = Math.clamp(smoothed + 4 * variation, Limits.LEAST_TIMEOUT, Limits.MOST_TIMEOUT);
    }

    /** No answer takes less: half the shortest that was measured, for that may have waited for company. */
    long least() {
        return smoothed == 0 ? 0 : least / 2;
    }

    /** A frame was held for lost too soon: this link reorders more widely than was thought. */
    void hasty() {
        reorderQuarters = Math.min(2 * reorderQuarters, MOST_REORDER_QUARTERS);
    }

    /** Milliseconds until a frame is held for lost that nothing is heard of, after so many doublings. */
    long timeout(int doublings) {
        return Math.min(timeout << Math.min(doublings, MOST_DOUBLINGS), Math.max(timeout, Limits.MOST_DOUBLED_TIMEOUT));
    }

    /** Milliseconds until a frame is held for lost that later ones have overtaken. */
    long reorderWait() {
        return Math.clamp(smoothed * reorderQuarters / 4, Limits.LEAST_REORDER_WAIT, Limits.MOST_REORDER_WAIT);
    }
}
