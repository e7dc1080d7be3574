package org.maunode.tools.shell;

import java.util.Optional;
import org.maunode.ble.gatt.Central;

/** The Bluetooth adapters of this computer. Nothing is opened before somebody asks. */
@FunctionalInterface
public interface Radios {
    /**
     * Opens an adapter to find nodes and to connect to them; whoever asked closes it.
     *
     * @param adapter its address, or {@code hci0}; empty: the first that is switched on
     * @throws org.maunode.ble.gatt.GattException if there is none, or this user may not use it
     * @throws ToolException if {@code adapter} is no name of one
     */
    Central open(Optional<String> adapter);
}
