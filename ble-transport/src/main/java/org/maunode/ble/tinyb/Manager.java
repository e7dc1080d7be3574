package org.maunode.ble.tinyb;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.maunode.ble.gatt.BluetoothAddress;
import org.maunode.ble.gatt.GattException;
import tinyb.BluetoothAdapter;
import tinyb.BluetoothManager;
import tinyb.BluetoothObject;

/**
 * The way to TinyB's one manager. It cannot be made while there is no adapter, and each attempt leaves a native thread behind:
 * it is only tried where the kernel knows one.
 */
final class Manager {
    /** Whether TinyB's classes are loaded and its manager is made. */
    private static boolean ready;

    private final Path adapters;

    /**
     * @param adapters where the kernel lists them
     */
    Manager(Path adapters) {
        this.adapters = adapters;
    }

    /**
     * TinyB's manager.
     *
     * @throws GattException with {@code NO_ADAPTER} if there is no adapter, no BlueZ or no bus
     */
    BluetoothManager get() {
        synchronized (Manager.class) {
            return ready ? BluetoothManager.getBluetoothManager() : make();
        }
    }

    private BluetoothManager make() {
        if (!kernelKnowsAnAdapter()) {
            throw new GattException(GattException.Reason.NO_ADAPTER, "this machine has no Bluetooth adapter");
        }
        PrintStream err = System.err;
        System.setErr(new WithoutComplaint(err));
        try {
            BluetoothManager manager = BluetoothManager.getBluetoothManager();
            close(manager.getAdapters());
            ready = true;
            return manager;
        } catch (RuntimeException failed) {
            throw new GattException(GattException.Reason.NO_ADAPTER, "TinyB: " + failed.getMessage(), failed);
        } finally {
            System.setErr(err);
        }
    }

    private boolean kernelKnowsAnAdapter() {
        try (Stream<Path> all = Files.list(adapters)) {
            return all.findAny().isPresent();
        } catch (IOException none) {
            return false;
        }
    }

    /**
     * The adapter of this address, or the first, of those that are switched on. To be closed.
     *
     * @param wanted empty for the first
     * @throws GattException as {@link #get} tells
     */
    Optional<BluetoothAdapter> adapter(Optional<BluetoothAddress> wanted) {
        List<BluetoothAdapter> all = get().getAdapters();
        Optional<BluetoothAdapter> chosen = all.stream()
                .sorted((one, other) -> one.getInterfaceName().compareTo(other.getInterfaceName()))
                .filter(adapter -> wanted.isEmpty() || wanted.get().text().equals(adapter.getAddress()))
                .filter(BluetoothAdapter::getPowered)
                .findFirst();
        close(all.stream().filter(adapter -> adapter != chosen.orElse(null)).toList());
        return chosen;
    }

    /** Gives native memory back; what is left to finalizers runs beside us. */
    static void close(List<? extends BluetoothObject> objects) {
        objects.forEach(BluetoothObject::close);
    }

    /**
     * Keeps quiet what TinyB's classes say when they are loaded: that they cannot find the libraries by name. {@link Natives} has
     * loaded them by file.
     */
    private static final class WithoutComplaint extends PrintStream {
        private static final String COMPLAINT = "Native code library failed to load";

        WithoutComplaint(PrintStream err) {
            super(err, true, StandardCharsets.UTF_8);
        }

        @Override
        public void println(String line) {
            if (!String.valueOf(line).startsWith(COMPLAINT)) {
                super.println(line);
            }
        }
    }
}
