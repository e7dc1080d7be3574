package org.maunode.sync;

import java.time.Duration;
import java.util.random.RandomGenerator;

/**
 * How long to wait before the next try: doubled with each failure up to a limit, and spread by up to a quarter either way
 * so that boards which lost power together do not come back together. Pure.
 *
 * @param first the wait after the first failure
 * @param longest the wait that is never exceeded, but for the spread
 */
record Backoff(Duration first, Duration longest) {
    private static final int MAX_DOUBLINGS = 30;

    Duration after(int failures, RandomGenerator random) {
        int doublings = Math.clamp(failures - 1L, 0, MAX_DOUBLINGS);
        long millis = Math.min(first.toMillis() << doublings, longest.toMillis());
        return spread(Duration.ofMillis(millis), random);
    }

    static Duration spread(Duration wait, RandomGenerator random) {
        long quarter = Math.max(1, wait.toMillis() / 4);
        return wait.plusMillis(random.nextLong(-quarter, quarter + 1));
    }
}
