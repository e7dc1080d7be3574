/** Reliable byte streams over GATT. */
module org.maunode.ble {
    requires java.logging;
    requires static bluetooth.manager.tinyb;

    exports org.maunode.ble.session;
    exports org.maunode.ble.gatt;
    exports org.maunode.ble.line;
    exports org.maunode.ble.bluez;
    exports org.maunode.ble.radio;
    exports org.maunode.ble.dbus;
}
