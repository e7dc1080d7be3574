package org.maunode.device.driver;

import java.time.Duration;

/** A sensor that is open for reading. One thread uses it at a time. */
public interface Driver extends AutoCloseable {
    /**
     * Reads the sensor once, now.
     *
     * @return its value, finite, in the range of its kind, rounded to the channel's precision
     * @throws DriverException if it gives none; the next call may succeed again
     */
    Sample read();

    /** How the value comes about, for people: {@code Linux thermal zone x86_pkg_temp}. */
    String technique();

    /**
     * How long {@link #read} may keep its caller; zero where the kernel answers at once. What takes time is read on a
     * thread of its own, so that it holds up no other channel.
     */
    default Duration patience() {
        return Duration.ZERO;
    }

    /** Lets go of what the driver holds: a line, a program. Most hold nothing. */
    @Override
    default void close() {}
}
