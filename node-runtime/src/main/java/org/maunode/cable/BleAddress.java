package org.maunode.cable;

import java.net.InetSocketAddress;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import org.maunode.ble.gatt.BluetoothAddress;
import org.maunode.identity.HostAndPort;

/** A Bluetooth address in the form that dialers and people know: {@code 00-aa-01-00-00-23.ble:6275} (CA-10). */
public final class BleAddress {
    /** Means nothing on a radio; there because addresses have one. */
    public static final int PORT = HostAndPort.DEFAULT_PORT;

    private static final Pattern FORM = Pattern.compile("[0-9a-f]{2}(?:-[0-9a-f]{2}){5}");

    private BleAddress() {}

    public static InetSocketAddress of(BluetoothAddress address) {
        String host = address.text().replace(':', '-').toLowerCase(Locale.ROOT) + HostAndPort.BLE;
        return InetSocketAddress.createUnresolved(host, PORT);
    }

    /** The Bluetooth address that {@code address} means; empty if it is a host's. */
    public static Optional<BluetoothAddress> read(InetSocketAddress address) {
        String host = address.getHostString().toLowerCase(Locale.ROOT);
        return Optional.of(host)
                .filter(HostAndPort::isBle)
                .map(named -> named.substring(0, named.length() - HostAndPort.BLE.length()))
                .filter(name -> FORM.matcher(name).matches())
                .map(name -> BluetoothAddress.parse(name.replace('-', ':')));
    }

    /** Whose connections are counted together: no IPv6 network of the internet begins with these bits. */
    static long origin(BluetoothAddress address) {
        return 1L << 48 | Long.parseLong(address.text().replace(":", ""), 16);
    }
}
