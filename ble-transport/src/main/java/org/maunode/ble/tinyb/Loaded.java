package org.maunode.ble.tinyb;

import java.util.Objects;
import org.maunode.ble.gatt.Central;

/** What came of loading TinyB. */
public sealed interface Loaded {
    /** It is there. */
    record Ready(Central central) implements Loaded {
        public Ready {
            Objects.requireNonNull(central);
        }
    }

    /**
     * It is not there.
     *
     * @param why in words for people, as in "it has no library for aarch64"
     */
    record Missing(String why) implements Loaded {
        public Missing {
            Objects.requireNonNull(why);
        }
    }
}
