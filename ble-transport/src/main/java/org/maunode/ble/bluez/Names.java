package org.maunode.ble.bluez;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.maunode.ble.gatt.BluetoothAddress;

/** The names of BlueZ on the bus. */
final class Names {
    static final String BLUEZ = "org.bluez";
    static final String ROOT = "/org/bluez";
    static final String ADAPTER = "org.bluez.Adapter1";
    static final String DEVICE = "org.bluez.Device1";
    static final String GATT_MANAGER = "org.bluez.GattManager1";
    static final String SERVICE = "org.bluez.GattService1";
    static final String CHARACTERISTIC = "org.bluez.GattCharacteristic1";
    static final String ADVERTISING_MANAGER = "org.bluez.LEAdvertisingManager1";
    static final String ADVERTISEMENT = "org.bluez.LEAdvertisement1";
    static final String AGENT_MANAGER = "org.bluez.AgentManager1";
    static final String AGENT = "org.bluez.Agent1";
    static final String OBJECT_MANAGER = "org.freedesktop.DBus.ObjectManager";

    private static final Pattern DEVICE_PATH =
            Pattern.compile("(/org/bluez/[A-Za-z0-9_]+)/dev_([0-9A-F]{2}(?:_[0-9A-F]{2}){5})");

    private Names() {}

    /** The address of the device at a path such as {@code /org/bluez/hci0/dev_00_AA_01_01_00_01}. */
    static Optional<BluetoothAddress> address(String devicePath) {
        Matcher matcher = DEVICE_PATH.matcher(devicePath);
        return matcher.matches()
                ? Optional.of(new BluetoothAddress(matcher.group(2).replace('_', ':')))
                : Optional.empty();
    }

    /** Whether a device, or anything else, hangs on an adapter. */
    static boolean isOn(String adapterPath, String path) {
        return path.startsWith(adapterPath + "/");
    }
}
