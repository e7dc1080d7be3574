package org.maunode.device.driver;

import java.math.BigDecimal;

/** One value as a sensor gave it, rounded to its channel's precision. */
public sealed interface Sample {
    /** A finite number in the unit of the channel's quantity. */
    record Amount(BigDecimal value) implements Sample {}

    /** On or off, moving or still, closed or open. */
    record Switch(boolean value) implements Sample {}

    /** Whether this lies further than {@code deadBand} from {@code earlier}; another kind of value always does. */
    default boolean isBeyond(BigDecimal deadBand, Sample earlier) {
        return this instanceof Amount(BigDecimal now) && earlier instanceof Amount(BigDecimal then)
                ? now.subtract(then).abs().compareTo(deadBand) > 0
                : !equals(earlier);
    }
}
