package org.maunode.ble.tinyb;

import org.maunode.ble.gatt.BluetoothAddress;

/** Tells the MTU of a connection, which TinyB does not know. */
@FunctionalInterface
public interface MtuSource {
    /**
     * Blocks for a short while.
     *
     * @param adapter the name of our adapter: {@code hci0}
     * @param peer connected through it
     * @return 23 to 517 bytes; 23 if it cannot be told
     */
    int mtu(String adapter, BluetoothAddress peer);
}
