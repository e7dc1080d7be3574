package org.maunode.device.sampling;

import java.time.Duration;

/** How long to leave a failing sensor alone. */
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
        int doublings = Math.clamp(failures - 1L, 0, MAX_DOUBLINGS);
        Duration wait = period.multipliedBy(1L << doublings);
        Duration cap = LONGEST.compareTo(period) > 0 ? LONGEST : period;
        return wait.compareTo(cap) < 0 ? wait : cap;
    }
}
