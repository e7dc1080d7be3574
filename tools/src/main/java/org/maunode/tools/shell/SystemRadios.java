package org.maunode.tools.shell;

import java.util.Map;
import java.util.Optional;
import org.maunode.ble.dbus.BusAddress;
import org.maunode.ble.gatt.BluetoothAddress;
import org.maunode.ble.gatt.Central;
import org.maunode.ble.radio.Centrals;
import org.maunode.ble.radio.Centrals.Choice;
import org.maunode.runtime.ExitCode;

/** The adapters that the system has. */
public final class SystemRadios implements Radios {
    private static final String CLIENT = "MAU_BLE_CLIENT";

    private final Map<String, String> environment;

    public SystemRadios(Map<String, String> environment) {
        this.environment = Map.copyOf(environment);
    }

    @Override
    public Central open(Optional<String> adapter) {
        Optional<BluetoothAddress> address =
                adapter.map(name -> AdapterNames.address(name, BusAddress.system(environment)));
        return Centrals.open(address, choice(), environment);
    }

    private Choice choice() {
        String client = environment.getOrDefault(CLIENT, "");
        return switch (client) {
            case "" -> Choice.ANY;
            case "tinyb" -> Choice.TINYB;
            case "dbus" -> Choice.DBUS;
            default -> throw new ToolException(ExitCode.USAGE, "$" + CLIENT + " is " + client + ": not tinyb or dbus");
        };
    }
}
