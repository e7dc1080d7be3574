package org.maunode.http;

import java.io.IOException;
import java.net.http.HttpClient;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.maunode.ble.bluez.BluezPeripheral;
import org.maunode.ble.dbus.BusAddress;
import org.maunode.ble.gatt.BluetoothAddress;
import org.maunode.ble.gatt.Central;
import org.maunode.ble.radio.Centrals;

/**
 * The exchange's contract over real Bluetooth LE, as a program for a machine with four adapters, of the node and of three
 * callers:
 *
 * <pre>
 *   ExchangeOverRealBle [--adapters=NODE,FRIEND,STRANGER,RAW] [--client=any|tinyb|dbus] [--http1] [CASE]...
 *   ExchangeOverRealBle --air=MTU ...                         over the radio in memory
 * </pre>
 *
 * Prints a line for each case, and ends with 1 if one does not hold.
 */
public final class ExchangeOverRealBle {
    /** As btvirt numbers its controllers. */
    private static final String ADAPTERS = "00:AA:01:00:00:00,00:AA:01:01:00:01,00:AA:01:02:00:02,00:AA:01:03:00:03";

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
        BluezPeripheral.Options node = new BluezPeripheral.Options(
                BusAddress.system(System.getenv()), Optional.of(adapters.getFirst()), Optional.empty());
        List<Supplier<Central>> centrals = adapters.stream()
                .skip(1)
                .<Supplier<Central>>map(address -> () -> Centrals.open(Optional.of(address), client, System.getenv()))
                .toList();
        return new BleLines(adapters.getFirst(), new BluezPeripheral(node, InstantSource.system()), centrals);
    }

    /** The value of an option, which is no case. */
    private Optional<String> value(String option) {
        Optional<String> found =
                cases.stream().filter(word -> word.startsWith(option)).findFirst();
        found.ifPresent(cases::remove);
        return found.map(word -> word.substring(option.length()));
    }
}
