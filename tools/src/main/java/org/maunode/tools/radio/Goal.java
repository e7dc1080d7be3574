package org.maunode.tools.radio;

import java.util.Objects;
import org.maunode.ble.gatt.BluetoothAddress;
import org.maunode.identity.Fingerprint;

/** Which node is meant. */
public sealed interface Goal {
    /** Whoever is at this address, if it proves what it says of itself. */
    record At(BluetoothAddress address) implements Goal {
        public At {
            Objects.requireNonNull(address);
        }

        @Override
        public String toString() {
            return address.text();
        }
    }

    /** This peer, wherever its hint is heard, and nobody else. */
    record Peer(Fingerprint fingerprint, String name) implements Goal {
        public Peer {
            Objects.requireNonNull(fingerprint);
            Objects.requireNonNull(name);
        }

        @Override
        public String toString() {
            return name;
        }
    }
}
