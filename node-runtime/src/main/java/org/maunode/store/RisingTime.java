package org.maunode.store;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.function.LongSupplier;

/**
 * Times for the files of one directory: now, but behind every file that is there, though the clock was set back; followers
 * ask for what is behind the last file that they saw. While the clock stands behind them they rise as time passes, so that
 * versions are as far apart as they were made, which {@link Thinning} goes by; if it is by less than a day, at half the pace,
 * so that the clock catches up. Thread-safe.
 */
final class RisingTime {
    /** A time beyond this is a mistake that must not draw all later files after it. */
    private static final Instant LATEST = Instant.parse("2200-01-01T00:00:00Z");

    private static final Duration CAUGHT_UP = Duration.ofDays(1);

    private final InstantSource clock;
    private final LongSupplier nanoTime;
    private Instant last = Instant.MIN;
    private long lastNanos;

    RisingTime(Clocks clocks) {
        this.clock = clocks.time();
        this.nanoTime = clocks.nanoTime();
    }

    /** @param newest the time of the newest file that is there */
    synchronized Instant behind(Instant newest) {
        Instant now = clock.instant();
        long nanos = nanoTime.getAsLong();
        last = newest.isBefore(now) || newest.isAfter(LATEST) ? now : later(newest.plusNanos(1), goingOn(now, nanos));
        lastNanos = nanos;
        return last;
    }

    private Instant goingOn(Instant now, long nanos) {
        long passed = nanos - lastNanos;
        return last.isAfter(now.plus(CAUGHT_UP)) ? last.plusNanos(passed) : halfway(passed);
    }

    private Instant halfway(long passed) {
        return last.equals(Instant.MIN) ? last : last.plusNanos(passed / 2);
    }

    private static Instant later(Instant one, Instant other) {
        return one.isAfter(other) ? one : other;
    }
}
