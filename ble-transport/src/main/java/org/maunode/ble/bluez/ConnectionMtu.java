package org.maunode.ble.bluez;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.maunode.ble.dbus.Bus;
import org.maunode.ble.dbus.BusAddress;
import org.maunode.ble.dbus.DBusException;
import org.maunode.ble.dbus.MethodCall;
import org.maunode.ble.dbus.Value;
import org.maunode.ble.gatt.BluetoothAddress;
import org.maunode.ble.gatt.MauService;

/** Asks BlueZ for the MTU of a connection that somebody else has made. It tells since 5.62. */
public final class ConnectionMtu {
    /** ATT's smallest, which holds wherever nothing is known. */
    public static final int SMALLEST = 23;

    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private ConnectionMtu() {}

    /**
     * Asks over a connection to the bus of its own. Blocks.
     *
     * @param adapter its name: {@code hci0}
     * @return 23 to 517 bytes; {@link #SMALLEST} if BlueZ does not tell
     */
    public static int ask(BusAddress address, String adapter, BluetoothAddress peer) {
        String device = Nearby.devicePath(Names.ROOT + "/" + adapter, peer);
        MethodCall everything = MethodCall.of(Names.BLUEZ, "/", Names.OBJECT_MANAGER, "GetManagedObjects")
                .within(PATIENCE);
        try (Bus bus = Bus.connect(address, PATIENCE)) {
            return bus.ask(everything).getFirst().asMap().entrySet().stream()
                    .filter(object -> Names.isOn(device, object.getKey()))
                    .flatMap(object -> mtu(object.getValue().asMap()).stream())
                    .findFirst()
                    .orElse(SMALLEST);
        } catch (DBusException unknown) {
            return SMALLEST;
        }
    }

    private static Optional<Integer> mtu(Map<String, Value> interfaces) {
        return Optional.ofNullable(interfaces.get(Names.CHARACTERISTIC))
                .map(Value::asMap)
                .filter(properties -> properties.get("UUID").asText().equalsIgnoreCase(MauService.NOTIFY.toString()))
                .map(properties -> properties.get("MTU"))
                .map(mtu -> (int) mtu.asLong());
    }
}
