package org.maunode.device.profile;

import java.time.Duration;
import java.util.Objects;

/**
 * The rules that keep an actuator harmless, whoever commands it.
 *
 * @param failSafe its state at start, at stop, when a command's time is over, and when the runtime dies
 * @param longestOn the longest time that a command may keep it in any other state; 1 second to {@link #MAX_ON}
 * @param leastBetween the least time between two switches by command; 0 for none. The way back to the fail-safe state
 *     never waits for it
 */
public record Safety(Setting failSafe, Duration longestOn, Duration leastBetween) {
    /** A year; whoever wants a thing on for longer says so once a year. */
    public static final Duration MAX_ON = Duration.ofDays(366);

    public static final Duration MAX_BETWEEN = Duration.ofDays(1);

    public Safety {
        Objects.requireNonNull(failSafe);
        requireWithin(longestOn, Duration.ofSeconds(1), MAX_ON);
        requireWithin(leastBetween, Duration.ZERO, MAX_BETWEEN);
    }

    private static void requireWithin(Duration value, Duration least, Duration most) {
        if (value.compareTo(least) < 0 || value.compareTo(most) > 0) {
            throw new IllegalArgumentException(value + " is not within " + least + " to " + most);
        }
    }
}
