/** Sensors and actuators as channels, and their vocabulary. */
module org.maunode.devices {
    requires minimal.json;

    exports org.maunode.device.wire;
    exports org.maunode.device.profile;
    exports org.maunode.device.driver;
    exports org.maunode.device.sampling;
    exports org.maunode.device.simulation;
    exports org.maunode.device.vocabulary;
}
