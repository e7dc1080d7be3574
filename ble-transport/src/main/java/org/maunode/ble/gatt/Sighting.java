package org.maunode.ble.gatt;

import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * An advertisement that says Mau. It proves nothing.
 *
 * @param hint the first {@link NodeInfo#HINT_BYTES} bytes of the identity, in lower-case hexadecimal, if it carried them
 * @param name the device's name, if it told one
 * @param rssi signal strength in dBm, if it was measured
 */
public record Sighting(BluetoothAddress address, Optional<String> hint, Optional<String> name, OptionalInt rssi) {
    public Sighting {
        Objects.requireNonNull(address);
        Objects.requireNonNull(hint);
        Objects.requireNonNull(name);
        Objects.requireNonNull(rssi);
    }

    /** Whether this may be the node of that identity: its hint fits. */
    public boolean mayBe(String identity) {
        return hint.equals(Optional.of(NodeInfo.hintOf(identity)));
    }
}
