package org.maunode.device.sampling;

import java.time.Duration;
import java.time.Instant;
import java.util.Objects;

/**
 * When to look again for a sensor that this machine did not have: 15 s after the first look in vain, then after twice as
 * long each time.
 *
 * @param misses looks in vain, at least one
 * @param last when the last of them was
 */
public record Search(int misses, Instant last) {
    private static final Duration FIRST = Duration.ofSeconds(15);

    /** What is plugged in is found within this. */
    static final Duration LONGEST = Duration.ofMinutes(5);

    public Search {
        Objects.requireNonNull(last);
    }

    /** After the first look in vain. */
    public static Search begun(Instant now) {
        return new Search(1, now);
    }

    /** After another one. */
    public Search missed(Instant now) {
        return new Search(Math.addExact(misses, 1), now);
    }

    /** How long to wait until the next look; zero when it is time, and when the clock was set back. */
    public Duration untilDue(Instant now) {
        Duration passed = Duration.between(last, now);
        Duration wait = Backoff.after(misses, FIRST, LONGEST).minus(passed);
        return passed.isNegative() || wait.isNegative() ? Duration.ZERO : wait;
    }
}
