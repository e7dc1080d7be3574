package org.maunode.discovery.router;

import java.time.Duration;
import java.util.random.RandomGenerator;

/** How long to leave a network alone in which no router maps ports: routers come and go, but not often. Pure. */
final class Retries {
    static final Duration FIRST = Duration.ofMinutes(1);
    static final Duration LONGEST = Duration.ofHours(2);

    private static final int MAX_DOUBLINGS = 16;

    private Retries() {}

    /** Doubled with each failure up to the longest, and spread by up to a quarter either way. */
    static Duration after(int failures, RandomGenerator random) {
        int doublings = Math.clamp(failures - 1L, 0, MAX_DOUBLINGS);
        long millis = Math.min(FIRST.toMillis() << doublings, LONGEST.toMillis());
        return Duration.ofMillis(millis + random.nextLong(-millis / 4, millis / 4 + 1));
    }
}
