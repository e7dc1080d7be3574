package org.maunode.ble.tinyb;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.maunode.ble.gatt.BluetoothAddress;
import org.maunode.ble.gatt.MauService;
import org.maunode.ble.gatt.NodeInfo;
import org.maunode.ble.gatt.Sighting;
import tinyb.BluetoothDevice;
import tinyb.BluetoothManager;

/** What TinyB knows of the devices around an adapter. */
final class Devices {
    /** What BlueZ says where it has measured nothing. */
    private static final int UNMEASURED = 127;

    private Devices() {}

    /**
     * The devices of one adapter, to be closed. Told by their paths: to ask TinyB for a device's adapter, or an adapter for its
     * devices, is a call over the bus for each.
     */
    static List<BluetoothDevice> of(BluetoothManager manager, String adapter) {
        List<BluetoothDevice> all = manager.getDevices();
        List<BluetoothDevice> ours =
                all.stream().filter(device -> isOf(adapter, device)).toList();
        all.stream().filter(device -> !ours.contains(device)).forEach(BluetoothDevice::close);
        return ours;
    }

    /** TinyB keeps an object's path to itself, but for its hash. */
    private static boolean isOf(String adapter, BluetoothDevice device) {
        String path = "/org/bluez/" + adapter + "/dev_" + device.getAddress().replace(':', '_');
        return device.hashCode() == path.hashCode();
    }

    static BluetoothAddress address(BluetoothDevice device) {
        return BluetoothAddress.parse(device.getAddress());
    }

    /** BlueZ 5.66 forgets at times to signal that a device is connected, and TinyB knows what is signalled alone. */
    static boolean isConnected(BluetoothDevice device) {
        return device.getConnected() || device.getServicesResolved();
    }

    static boolean isNode(BluetoothDevice device) {
        return Arrays.asList(device.getUUIDs()).contains(MauService.SERVICE.toString());
    }

    static Sighting sighting(BluetoothDevice device) {
        int rssi = device.getRSSI();
        return new Sighting(
                address(device),
                hint(device),
                name(device),
                rssi == 0 || rssi == UNMEASURED ? OptionalInt.empty() : OptionalInt.of(rssi));
    }

    private static Optional<String> hint(BluetoothDevice device) {
        return Optional.ofNullable(device.getManufacturerData())
                .map(data -> data.get((short) MauService.COMPANY))
                .flatMap(NodeInfo::hintIn);
    }

    /** Where there is no name BlueZ makes one of the address. */
    private static Optional<String> name(BluetoothDevice device) {
        return Optional.ofNullable(device.getName())
                .filter(name -> !name.equals(device.getAddress().replace(':', '-')));
    }
}
