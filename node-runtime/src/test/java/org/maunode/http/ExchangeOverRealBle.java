package org.maunode.http;

import java.io.IOException;
import java.net.http.HttpClient;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.maunode.ble.bluez.BluezPeripheral;
import org.maunode.ble.dbus.BusAddress;
import org.maunode.ble.gatt.BluetoothAddress;
import org.maunode.ble.gatt.Central;
import org.maunode.ble.gatt.Peripheral;
import org.maunode.ble.radio.Centrals;

/**
 * The exchange's contract over real Bluetooth LE, as a program for a machine with four adapters: two of the node, one of the
 * friend, one of all other callers. A controller of btvirt has one connection at a time: a second gets the same handle, and
 * the kernel does not survive that.
 *
 * <pre>
 *   ExchangeOverRealBle [--adapters=NODE,FRIEND,NODE,OTHERS] [--client=any|tinyb|dbus] [--frame=BYTES] [--http1] [CASE]...
 *   ExchangeOverRealBle --air=MTU ...                         over the radio in memory
 * </pre>
 *
 * Prints a line for each case, and ends with 1 if one does not hold.
 */
public final class ExchangeOverRealBle {
    /** As btvirt numbers its controllers. */
    private static final String ADAPTERS = "00:AA:01:00:00:00,00:AA:01:01:00:01,00:AA:01:02:00:02,00:AA:01:03:00:03";

    /** In a virtual machine the price is by the packet. */
    private static final int FRAME = 509;

    private static final int ATTEMPTS = 5;

    private final List<String> cases;

    private ExchangeOverRealBle(List<String> words) {
        this.cases = new ArrayList<>(words);
    }

    public static void main(String[] words) throws IOException {
        System.exit(new ExchangeOverRealBle(List.of(words)).run() == 0 ? 0 : 1);
    }

    private int run() throws IOException {
        boolean http1 = cases.remove("--http1");
        DialerOptions options = http1 ? DialerOptions.DEFAULT.withProtocols(Tls.HTTP_1_1) : DialerOptions.DEFAULT;
        HttpClient.Version version = http1 ? HttpClient.Version.HTTP_1_1 : HttpClient.Version.HTTP_2;
        try (BleLines lines = lines()) {
            lines.connect(ATTEMPTS);
            ContractRun run = new ContractRun(System.out, exchange -> new BleWire(lines, exchange, version, options));
            return run.run(name -> cases.isEmpty() || cases.contains(name));
        }
    }

    private BleLines lines() {
        Optional<String> mtu = value("--air=");
        return mtu.isPresent() ? new AirLines(Integer.parseInt(mtu.get())).lines() : realLines();
    }

    private BleLines realLines() {
        List<BluetoothAddress> adapters = Stream.of(
                        value("--adapters=").orElse(ADAPTERS).split(","))
                .map(BluetoothAddress::parse)
                .toList();
        Centrals.Choice client =
                Centrals.Choice.valueOf(value("--client=").orElse("dbus").toUpperCase(Locale.ROOT));
        int frame = value("--frame=").map(Integer::parseInt).orElse(FRAME);
        Map<BluetoothAddress, Peripheral> node = Stream.of(adapters.get(0), adapters.get(2))
                .collect(Collectors.toMap(address -> address, ExchangeOverRealBle::peripheral));
        return new BleLines(node, frame)
                .with(adapters.get(0), central(adapters.get(1), client), frame)
                .with(adapters.get(2), central(adapters.get(3), client), frame);
    }

    private static Peripheral peripheral(BluetoothAddress adapter) {
        return new BluezPeripheral(
                new BluezPeripheral.Options(BusAddress.system(System.getenv()), Optional.of(adapter), Optional.empty()),
                InstantSource.system());
    }

    private static Supplier<Central> central(BluetoothAddress adapter, Centrals.Choice client) {
        return () -> Centrals.open(Optional.of(adapter), client, System.getenv());
    }

    /** The value of an option, which is no case. */
    private Optional<String> value(String option) {
        Optional<String> found =
                cases.stream().filter(word -> word.startsWith(option)).findFirst();
        found.ifPresent(cases::remove);
        return found.map(word -> word.substring(option.length()));
    }
}
