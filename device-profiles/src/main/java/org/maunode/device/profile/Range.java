package org.maunode.device.profile;

import java.math.BigDecimal;

/** The values that a sensor can honestly give, both ends included; what lies outside is a fault, not a reading. */
public record Range(BigDecimal least, BigDecimal most) {
    public Range {
        if (least.compareTo(most) > 0) {
            throw new IllegalArgumentException("empty range: " + least + " to " + most);
        }
    }

    static Range of(long least, long most) {
        return new Range(BigDecimal.valueOf(least), BigDecimal.valueOf(most));
    }

    public boolean contains(BigDecimal value) {
        return least.compareTo(value) <= 0 && value.compareTo(most) <= 0;
    }
}
