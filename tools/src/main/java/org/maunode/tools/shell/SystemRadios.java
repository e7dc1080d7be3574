package org.maunode.tools.shell;

import java.util.Optional;
import org.maunode.ble.gatt.Central;
import org.maunode.ble.gatt.GattException;

/** The adapters that the system has. */
public final class SystemRadios implements Radios {
    @Override
    public Central open(Optional<String> adapter) {
        throw new GattException(GattException.Reason.NO_ADAPTER, "this build has no way to Bluetooth");
    }
}
