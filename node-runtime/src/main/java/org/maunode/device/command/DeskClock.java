package org.maunode.device.command;

import java.time.Instant;
import java.time.InstantSource;
import java.util.Objects;
import java.util.function.BooleanSupplier;
import java.util.function.LongSupplier;
import org.maunode.clock.NodeClock;
import org.maunode.clock.Trust;

/**
 * What the desk goes by.
 *
 * @param time of the day
 * @param isSure whether that is to be relied on now; where it is not, commands do not expire
 * @param nanoTime {@link System#nanoTime()}: how long a thing stays on is measured by nothing else
 */
record DeskClock(InstantSource time, BooleanSupplier isSure, LongSupplier nanoTime) {
    DeskClock {
        Objects.requireNonNull(time);
        Objects.requireNonNull(isSure);
        Objects.requireNonNull(nanoTime);
    }

    static DeskClock of(NodeClock clock) {
        return new DeskClock(clock, () -> clock.trust() instanceof Trust.Sure, System::nanoTime);
    }

    Instant now() {
        return time.instant();
    }

    long nanos() {
        return nanoTime.getAsLong();
    }
}
