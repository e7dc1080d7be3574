package org.maunode.device.sampling;

import java.time.Duration;

/** How long to leave alone what does not answer. */
final class Backoff {
    /** A sensor that comes back is noticed within a minute, or within its own period if that is longer. */
    static final Duration LONGEST = Duration.ofMinutes(1);

    private static final int MAX_DOUBLINGS = 20;

    private Backoff() {}

    /**
     * The period after the first failure, doubled with each further one, up to {@link #LONGEST}.
     *
     * @param failures in a row, 0 for none
     */
    static Duration after(int failures, Duration period) {
        return after(failures, period, LONGEST.compareTo(period) > 0 ? LONGEST : period);
    }

    /** {@code first} after the first failure, doubled with each further one, up to {@code longest}. */
    static Duration after(int failures, Duration first, Duration longest) {
        int doublings = Math.clamp(failures - 1L, 0, MAX_DOUBLINGS);
        Duration wait = first.multipliedBy(1L << doublings);
        return wait.compareTo(longest) < 0 ? wait : longest;
    }
}
