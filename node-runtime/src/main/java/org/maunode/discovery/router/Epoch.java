package org.maunode.discovery.router;

import java.time.Duration;
import java.time.Instant;

/**
 * How long a router says it has kept its mappings.
 *
 * @param at when it said so, by this node's clock
 * @param seconds what it said
 */
record Epoch(Instant at, long seconds) {
    /** Seconds by which clocks may differ, and one part in so many (RFC 6887, 8.5). */
    private static final long TOLERANCE = 2;

    private static final long DRIFT = 16;

    /** Whether the router lost its mappings between this word of it and {@code next}. */
    boolean isLostBy(Epoch next) {
        if (next.seconds < seconds - 1) {
            return true;
        }
        long here = Duration.between(at, next.at).toSeconds();
        long there = next.seconds - seconds;
        return here + TOLERANCE < there - there / DRIFT || there + TOLERANCE < here - here / DRIFT;
    }
}
