/** Reliable byte streams over GATT. */
module org.maunode.ble {
    exports org.maunode.ble.session;
}
