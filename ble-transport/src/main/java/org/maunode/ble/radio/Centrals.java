package org.maunode.ble.radio;

import java.util.Map;
import java.util.Optional;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.maunode.ble.bluez.BluezCentral;
import org.maunode.ble.bluez.ConnectionMtu;
import org.maunode.ble.dbus.BusAddress;
import org.maunode.ble.gatt.BluetoothAddress;
import org.maunode.ble.gatt.Central;
import org.maunode.ble.gatt.GattException;
import org.maunode.ble.tinyb.Loaded;
import org.maunode.ble.tinyb.TinybCentral;

/**
 * Makes GATT clients: through TinyB where its native library loads, and over D-Bus where it does not. Neither is loaded before
 * it is asked for.
 */
public final class Centrals {
    private static final Logger LOG = Logger.getLogger("org.maunode.ble.radio");

    /** Which client. */
    public enum Choice {
        /** TinyB where it loads, else D-Bus. */
        ANY,
        TINYB,
        DBUS
    }

    private Centrals() {}

    /**
     * A client on this machine; does not touch the adapter yet.
     *
     * @param adapter empty for the first
     * @throws GattException with {@code NO_ADAPTER} if it must be TinyB, and that does not load
     */
    public static Central open(Optional<BluetoothAddress> adapter, Choice choice, Map<String, String> environment) {
        BusAddress bus = BusAddress.system(environment);
        return switch (choice) {
            case DBUS -> new BluezCentral(bus, adapter);
            case TINYB, ANY ->
                switch (TinybCentral.load(adapter, (hci, peer) -> ConnectionMtu.ask(bus, hci, peer))) {
                    case Loaded.Ready(Central central) -> central;
                    case Loaded.Missing(String why) -> instead(bus, adapter, choice, why);
                };
        };
    }

    private static Central instead(BusAddress bus, Optional<BluetoothAddress> adapter, Choice choice, String why) {
        if (choice == Choice.TINYB) {
            throw new GattException(GattException.Reason.NO_ADAPTER, "TinyB cannot be used: " + why);
        }
        LOG.log(Level.INFO, "ble.client uses=D-Bus instead-of=TinyB why=\"{0}\"", why);
        return new BluezCentral(bus, adapter);
    }
}
