package org.maunode.tools.shell;

import java.time.Duration;
import java.util.regex.Pattern;
import org.maunode.ble.dbus.Bus;
import org.maunode.ble.dbus.BusAddress;
import org.maunode.ble.dbus.DBusException;
import org.maunode.ble.dbus.MethodCall;
import org.maunode.ble.dbus.Value;
import org.maunode.ble.gatt.BluetoothAddress;
import org.maunode.ble.gatt.GattException;
import org.maunode.ble.gatt.GattException.Reason;
import org.maunode.runtime.ExitCode;

/** Adapters as people name them: by address, or as the kernel numbers them. */
final class AdapterNames {
    private static final Pattern NUMBERED = Pattern.compile("hci\\d{1,5}");
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private AdapterNames() {}

    /**
     * The address of the adapter that {@code name} means; asks BlueZ for that of {@code hci0}.
     *
     * @throws ToolException if it is no name of one
     * @throws GattException if BlueZ knows none of that name
     */
    static BluetoothAddress address(String name, BusAddress bus) {
        if (NUMBERED.matcher(name).matches()) {
            return asked(name, bus);
        }
        try {
            return BluetoothAddress.parse(name);
        } catch (IllegalArgumentException malformed) {
            throw new ToolException(
                    ExitCode.USAGE, "--adapter " + name + ": neither an address, as in 00:AA:01:00:00:00, nor hci0");
        }
    }

    private static BluetoothAddress asked(String name, BusAddress address) {
        MethodCall get = MethodCall.of(
                        "org.bluez",
                        "/org/bluez/" + name,
                        Bus.PROPERTIES,
                        "Get",
                        Value.of("org.bluez.Adapter1"),
                        Value.of("Address"))
                .within(PATIENCE);
        try (Bus bus = Bus.connect(address, PATIENCE)) {
            return BluetoothAddress.parse(bus.ask(get).getFirst().asText());
        } catch (DBusException refused) {
            throw new GattException(
                    Reason.NO_ADAPTER, "there is no adapter " + name + ": " + refused.getMessage(), refused);
        }
    }
}
