package org.maunode.clock;

import java.time.Duration;
import java.time.Instant;
import java.util.Objects;

/**
 * A time, and what the monotonic clock said then: so what time it is at any other reading of the monotonic clock.
 *
 * @param nanos of {@link System#nanoTime()}
 */
record TimeLine(Instant time, long nanos) {
    TimeLine {
        Objects.requireNonNull(time);
    }

    Instant at(long now) {
        return time.plusNanos(now - nanos);
    }

    /** How far {@code other} is ahead of this line; negative if it is behind. */
    Duration ahead(Instant other, long now) {
        return Duration.between(at(now), other);
    }
}
