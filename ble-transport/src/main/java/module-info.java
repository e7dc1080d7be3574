/** Reliable byte streams over GATT. */
module org.maunode.ble {
    requires java.logging;

    exports org.maunode.ble.session;
    exports org.maunode.ble.gatt;
    exports org.maunode.ble.line;
    exports org.maunode.ble.dbus;
}
