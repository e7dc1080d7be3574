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

/** A {@link BleWire} over the radio in memory. */
final class AirWire {
    private static final BluetoothAddress NODE = new BluetoothAddress("00:AA:01:00:00:00");

    private AirWire() {}

    static BleWire open(
            Function<Fingerprint, Exchange> exchange, HttpClient.Version version, DialerOptions options, int mtu)
            throws IOException {
        FakeAir air = new FakeAir(4);
        air.mtu(mtu);
        List<Supplier<Central>> centrals = Stream.of("00:AA:01:00:00:01", "00:AA:01:00:00:02", "00:AA:01:00:00:03")
                .map(BluetoothAddress::new)
                .<Supplier<Central>>map(address -> () -> air.central(address))
                .toList();
        BleLines lines = new BleLines(NODE, air.peripheral(NODE), centrals);
        return new BleWire(lines, exchange, version, options, () -> {
            lines.close();
            air.close();
        });
    }
}
