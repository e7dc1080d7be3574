package org.maunode.http;

import java.io.IOException;
import java.net.http.HttpClient;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Stream;
import org.maunode.ble.air.FakeAir;
import org.maunode.ble.gatt.BluetoothAddress;
import org.maunode.exchange.Exchange;
import org.maunode.identity.Fingerprint;

/** {@link BleLines} over the radio in memory, for all cases of a class. */
final class AirLines implements AutoCloseable {
    private static final BluetoothAddress NODE = new BluetoothAddress("00:AA:01:00:00:00");

    private static final int FRAME = 509;

    private final FakeAir air = new FakeAir(4);
    private final BleLines lines;

    AirLines(int mtu) {
        air.mtu(mtu);
        lines = new BleLines(Map.of(NODE, air.peripheral(NODE)), FRAME);
        Stream.of("00:AA:01:00:00:01", "00:AA:01:00:00:02", "00:AA:01:00:00:03")
                .map(BluetoothAddress::new)
                .forEach(address -> lines.with(NODE, () -> air.central(address), FRAME));
    }

    BleLines lines() {
        return lines;
    }

    BleWire wire(Function<Fingerprint, Exchange> exchange, HttpClient.Version version, DialerOptions options)
            throws IOException {
        return new BleWire(lines, exchange, version, options);
    }

    @Override
    public void close() {
        lines.close();
        air.close();
    }
}
