package org.maunode.device.profile;

import java.math.BigDecimal;
import java.math.RoundingMode;

/**
 * How finely a channel tells its values, in the unit of its quantity.
 *
 * @param precision the step to which values are rounded, above 0
 * @param deadBand a value is worth publishing only when it lies further than this from the last published one; 0 for
 *     every change
 */
public record Resolution(BigDecimal precision, BigDecimal deadBand) {
    /** For what is only on or off: every change counts. */
    public static final Resolution ON_OFF = new Resolution(BigDecimal.ONE, BigDecimal.ZERO);

    public Resolution {
        if (precision.signum() <= 0 || deadBand.signum() < 0) {
            throw new IllegalArgumentException("precision " + precision + ", dead band " + deadBand);
        }
    }

    /** The nearest multiple of the precision, written with as many decimals as the precision has. */
    public BigDecimal round(BigDecimal value) {
        return value.divide(precision, 0, RoundingMode.HALF_EVEN)
                .multiply(precision)
                .setScale(Math.max(0, precision.scale()), RoundingMode.UNNECESSARY);
    }
}
