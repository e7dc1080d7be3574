/** Sensors and actuators as channels, and their vocabulary. */
module org.maunode.devices {
    requires minimal.json;
}
