package org.maunode.ble.air;

import java.time.Duration;
import java.util.Objects;

/**
 * What the air does to frames, each with this chance in percent.
 *
 * @param lost never arrive
 * @param twice arrive a second time
 * @param late arrive up to {@code lateness} after their turn, so that others overtake them
 * @param cut arrive with their end missing
 * @param garbage are followed by a frame of random bytes from somebody else
 * @param lateness the longest delay of a late frame
 * @param pace how long each frame keeps its direction of the link busy
 */
public record Faults(int lost, int twice, int late, int cut, int garbage, Duration lateness, Duration pace) {
    /** Every frame arrives once, whole, at once and in order. */
    public static final Faults NONE = new Faults(0, 0, 0, 0, 0, Duration.ofMillis(5), Duration.ZERO);

    public Faults {
        Objects.requireNonNull(lateness);
        Objects.requireNonNull(pace);
    }

    public Faults lost(int percent) {
        return new Faults(percent, twice, late, cut, garbage, lateness, pace);
    }

    public Faults twice(int percent) {
        return new Faults(lost, percent, late, cut, garbage, lateness, pace);
    }

    public Faults late(int percent) {
        return new Faults(lost, twice, percent, cut, garbage, lateness, pace);
    }

    public Faults cut(int percent) {
        return new Faults(lost, twice, late, percent, garbage, lateness, pace);
    }

    public Faults garbage(int percent) {
        return new Faults(lost, twice, late, cut, percent, lateness, pace);
    }

    public Faults lateness(Duration longest) {
        return new Faults(lost, twice, late, cut, garbage, longest, pace);
    }

    public Faults pace(Duration each) {
        return new Faults(lost, twice, late, cut, garbage, lateness, each);
    }
}
