/** Sensors and actuators as channels, and their vocabulary. */
module org.maunode.devices {
    requires minimal.json;
    // Only there where a profile has GPIO lines or I2C registers.
    requires static com.pi4j;
    requires static com.pi4j.library.gpiod;
    requires static com.pi4j.plugin.gpiod;
    requires static com.pi4j.plugin.linuxfs;

    exports org.maunode.device.wire;
    exports org.maunode.device.wire.pi4j;
    exports org.maunode.device.profile;
    exports org.maunode.device.driver;
    exports org.maunode.device.sampling;
    exports org.maunode.device.simulation;
    exports org.maunode.device.vocabulary;
}
