package org.maunode.device.profile;

import java.util.Objects;

/**
 * What a channel hangs on: a kind of driver, and where its chip or pin is.
 *
 * @param wiring of the form that the driver takes, or {@link Wiring.Any} where it may look by itself
 */
public record Device(DriverKind driver, Wiring wiring) {
    public Device {
        Objects.requireNonNull(wiring);
        if (!driver.form().admits(wiring)) {
            throw new IllegalArgumentException("driver " + driver.id() + " is not wired as " + wiring);
        }
    }
}
