/** Reliable byte streams over GATT. */
module org.maunode.ble {}
