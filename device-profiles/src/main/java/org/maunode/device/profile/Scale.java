package org.maunode.device.profile;

import java.math.BigDecimal;
import java.util.Objects;

/**
 * What a channel's values mean, and which there can be.
 *
 * @param range in the unit of the quantity; what lies outside is a fault of a sensor, and refused by an actuator
 * @param accuracy how far a value may be from the truth, in the unit of the quantity; 0 where it is exact
 */
public record Scale(Quantity quantity, Resolution resolution, Range range, BigDecimal accuracy) {
    public Scale {
        Objects.requireNonNull(quantity);
        Objects.requireNonNull(resolution);
        Objects.requireNonNull(range);
        if (accuracy.signum() < 0) {
            throw new IllegalArgumentException("accuracy " + accuracy);
        }
    }

    /** For what is only on or off. */
    static Scale onOff(Quantity quantity) {
        return new Scale(quantity, Resolution.ON_OFF, Range.of(0, 1), BigDecimal.ZERO);
    }

    BigDecimal marginOfError() {
        return accuracy.max(resolution.precision().divide(BigDecimal.TWO));
    }
}
