package org.maunode.device.profile;

/** One thing that a device can do, with a name, and a file of its own for its latest state. */
public sealed interface Channel permits SensorChannel {
    ChannelName name();

    /** What people call it. */
    String title();

    Quantity quantity();
}
