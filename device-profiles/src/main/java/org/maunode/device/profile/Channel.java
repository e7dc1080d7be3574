package org.maunode.device.profile;

import java.math.BigDecimal;

/** One thing that a device can do, with a name, and a file of its own for its latest state. */
public sealed interface Channel permits SensorChannel, ActuatorChannel {
    ChannelName name();

    /** What people call it. */
    String title();

    /** What it hangs on. */
    Device device();

    /** What its values mean, and which there can be. */
    Scale scale();

    /** Who may read what it publishes. */
    Audience readers();

    /** One line for people. */
    String summary();

    default DriverKind driver() {
        return device().driver();
    }

    default Quantity quantity() {
        return scale().quantity();
    }

    default Resolution resolution() {
        return scale().resolution();
    }

    /** The values that this channel can have, in the unit of its quantity; 0 and 1 for what is on or off. */
    default Range range() {
        return scale().range();
    }

    /** How far a published value may be from the truth: the device's own error, or what rounding adds if that is more. */
    default BigDecimal marginOfError() {
        return scale().marginOfError();
    }
}
