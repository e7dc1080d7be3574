package org.maunode.ble.air;

import java.time.Duration;
import org.maunode.ble.gatt.BluetoothAddress;
import org.maunode.ble.gatt.Central;
import org.maunode.ble.gatt.Peripheral;

/** Two adapters within reach of each other, on which {@link GattContract} is tried. */
public interface Testbed {
    /** A new central on the one adapter. */
    Central central();

    /** A new peripheral on the other. */
    Peripheral peripheral();

    /** Where the peripheral is. */
    BluetoothAddress peer();

    /** Makes the adapter of the peripheral a device that is no Mau node, until what is returned is closed. */
    Hold stranger();

    /** Takes the central's adapter away until what is returned is closed. */
    Hold adapterAway();

    /** How many connections there are. */
    int connections();

    /** How long what should happen may take here. */
    Duration patience();

    /** Something that lasts until it is closed. */
    @FunctionalInterface
    interface Hold extends AutoCloseable {
        @Override
        void close();
    }
}
