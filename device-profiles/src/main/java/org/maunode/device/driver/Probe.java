package org.maunode.device.driver;

import java.math.BigDecimal;
import java.time.Duration;

/** The part of a driver that differs from kind to kind: one unrounded, unchecked value. */
interface Probe {
    /**
     * @return the value in the unit of its quantity
     * @throws DriverException if what is there is no value
     * @throws org.maunode.device.wire.WireException if the wire gives nothing
     */
    BigDecimal measure();

    String technique();

    /** How long a measurement may take; zero where the kernel answers at once. */
    default Duration patience() {
        return Duration.ZERO;
    }
}
