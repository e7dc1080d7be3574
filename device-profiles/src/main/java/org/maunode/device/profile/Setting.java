package org.maunode.device.profile;

import java.math.BigDecimal;
import java.util.Objects;

/** What an actuator is set to. */
public sealed interface Setting {
    Setting ON = new OnOff(true);
    Setting OFF = new OnOff(false);

    /** Of an actuator whose quantity has no unit. */
    record OnOff(boolean on) implements Setting {}

    /** A finite number in the unit of the channel's quantity; equal to another one of the same worth, 5 to 5.0. */
    record Level(BigDecimal value) implements Setting {
        public Level {
            Objects.requireNonNull(value);
        }

        @Override
        public boolean equals(Object other) {
            return other instanceof Level(BigDecimal theirs) && value.compareTo(theirs) == 0;
        }

        @Override
        public int hashCode() {
            return value.stripTrailingZeros().hashCode();
        }
    }
}
