package org.maunode.ble.tinyb;

import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.stream.Collectors;
import org.maunode.ble.gatt.BluetoothAddress;
import org.maunode.ble.gatt.MauService;
import org.maunode.ble.gatt.Sightings;
import tinyb.BluetoothAdapter;
import tinyb.BluetoothDevice;
import tinyb.BluetoothGattService;
import tinyb.TransportType;

/**
 * Looks at what TinyB knows, twice a second while somebody scans, dials or is connected. TinyB tells nobody when an adapter, a
 * service or BlueZ itself goes, and its way to wait for a device crashes the JVM.
 */
final class Lookout {
    private static final int LOOK_MILLIS = 500;
    private static final Logger LOG = Logger.getLogger("org.maunode.ble.tinyb");

    /** Who it looks for, besides those that scan. */
    interface Subjects {
        boolean areThere();

        /** Whether a device of a known address is looked for, which need not say Mau. */
        boolean isAnybodySought();

        /** There is no adapter that is switched on. */
        void adapterGone();

        /** Whether the device was wanted: it is another's to close then. */
        boolean takes(BluetoothAddress address, BluetoothDevice device);

        /**
         * What there is now.
         *
         * @param services hashes of the paths of all services there are
         */
        void present(Set<BluetoothAddress> connected, Supplier<Set<Integer>> services);
    }

    private final Manager manager;
    private final Optional<BluetoothAddress> wanted;
    private final Sightings sightings;
    private final Subjects subjects;
    private final ScheduledExecutorService thread;
    private boolean looking;
    private boolean closed;
    private volatile boolean discovering;
    private boolean unfiltered;

    Lookout(
            Manager manager,
            Optional<BluetoothAddress> wanted,
            Sightings sightings,
            Subjects subjects,
            ScheduledExecutorService thread) {
        this.manager = manager;
        this.wanted = wanted;
        this.sightings = sightings;
        this.subjects = subjects;
        this.thread = thread;
    }

    /** Somebody is new: looks at once, and goes on for as long as there is need. */
    synchronized void look() {
        if (!looking && !closed) {
            looking = true;
            thread.execute(this::round);
        }
    }

    private void round() {
        try {
            lookOnce();
        } catch (RuntimeException failed) {
            LOG.log(Level.FINE, "TinyB: {0}", failed.getMessage());
        }
        synchronized (this) {
            looking = isNeeded() && !closed;
            if (looking) {
                thread.schedule(this::round, LOOK_MILLIS, TimeUnit.MILLISECONDS);
            }
        }
    }

    private boolean isNeeded() {
        return sightings.isListening() || subjects.areThere() || discovering;
    }

    private void lookOnce() {
        Optional<BluetoothAdapter> adapter = manager.adapter(wanted);
        if (adapter.isEmpty()) {
            discovering = false;
            sightings.retain(Set.of());
            subjects.adapterGone();
            return;
        }
        try (BluetoothAdapter ours = adapter.get()) {
            discover(ours);
            survey(Devices.of(manager.get(), ours.getInterfaceName()));
        }
    }

    /** TinyB does not ask BlueZ to begin while any other program of this machine scans: so it is asked again and again. */
    private void discover(BluetoothAdapter adapter) {
        boolean anybody = subjects.isAnybodySought();
        if (anybody || sightings.isListening()) {
            if (!discovering || anybody != unfiltered || !adapter.getDiscovering()) {
                adapter.setDiscoveryFilter(anybody ? List.of() : List.of(MauService.SERVICE), 0, 0, TransportType.LE);
                adapter.startDiscovery();
            }
            discovering = true;
            unfiltered = anybody;
        } else if (discovering) {
            discovering = false;
            adapter.stopDiscovery();
        }
    }

    private void survey(List<BluetoothDevice> devices) {
        Set<BluetoothAddress> present = new HashSet<>();
        Set<BluetoothAddress> connected = new HashSet<>();
        for (BluetoothDevice device : devices) {
            BluetoothAddress address = Devices.address(device);
            present.add(address);
            if (Devices.isConnected(device)) {
                connected.add(address);
            }
            if (Devices.isNode(device)) {
                sightings.seen(Devices.sighting(device));
            }
            if (!subjects.takes(address, device)) {
                device.close();
            }
        }
        sightings.retain(present);
        subjects.present(connected, this::services);
    }

    private Set<Integer> services() {
        List<BluetoothGattService> services = manager.get().getServices();
        Set<Integer> paths =
                services.stream().map(BluetoothGattService::hashCode).collect(Collectors.toSet());
        Manager.close(services);
        return paths;
    }

    /** Looks no more, and has BlueZ end its scan, soon. */
    synchronized void close() {
        closed = true;
        thread.execute(this::stopDiscovery);
    }

    private void stopDiscovery() {
        if (discovering) {
            discovering = false;
            manager.adapter(wanted).ifPresent(adapter -> {
                try (adapter) {
                    adapter.stopDiscovery();
                }
            });
        }
    }
}
