package org.maunode.http;

import java.io.IOException;
import java.net.http.HttpClient;
import java.util.List;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.maunode.ble.air.FakeAir;
import org.maunode.ble.gatt.BluetoothAddress;
import org.maunode.ble.gatt.Central;
import org.maunode.exchange.Exchange;
import org.maunode.identity.Fingerprint;

/** {@link BleLines} over the radio in memory, for all cases of a class. */
final class AirLines implements AutoCloseable {
    private static final BluetoothAddress NODE = new BluetoothAddress("00:AA:01:00:00:00");

    private final FakeAir air = new FakeAir(4);
    private final BleLines lines;

    AirLines(int mtu) {
        air.mtu(mtu);
        List<Supplier<Central>> centrals = Stream.of("00:AA:01:00:00:01", "00:AA:01:00:00:02", "00:AA:01:00:00:03")
                .map(BluetoothAddress::new)
                .<Supplier<Central>>map(address -> () -> air.central(address))
                .toList();
        lines = new BleLines(NODE, air.peripheral(NODE), centrals);
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
