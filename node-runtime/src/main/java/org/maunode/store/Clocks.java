package org.maunode.store;

import java.time.InstantSource;
import java.util.Objects;
import java.util.function.LongSupplier;

/**
 * What a store goes by.
 *
 * @param stamps the clock by which the kernel stamps files; two stamps are compared by no other
 * @param time what is taken for the true time: new files get it
 * @param nanoTime {@link System#nanoTime()}
 */
record Clocks(InstantSource stamps, InstantSource time, LongSupplier nanoTime) {
    Clocks {
        Objects.requireNonNull(stamps);
        Objects.requireNonNull(time);
        Objects.requireNonNull(nanoTime);
    }

    /** A program that believes the system. */
    static Clocks of(InstantSource system) {
        return new Clocks(system, system, System::nanoTime);
    }
}
