package org.maunode.ble.bluez;

import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.maunode.ble.dbus.Bus;
import org.maunode.ble.dbus.BusAddress;
import org.maunode.ble.dbus.DBusException;
import org.maunode.ble.gatt.BluetoothAddress;
import org.maunode.ble.gatt.GattException;
import org.maunode.ble.gatt.GattException.Reason;
import org.maunode.ble.gatt.Sightings;

/** One connection of a central to the bus, and all that ends with it. Its state belongs to the bus's thread. */
final class Station {
    private static final Duration GREETING = Duration.ofSeconds(15);

    /** What a station asks its central. */
    interface Central {
        Optional<BluetoothAddress> adapter();

        Discovery.Demand demand();

        Sightings sightings();

        /** Has {@link #refresh} called after a while. */
        void refreshLater(Station station);

        /** The bus is gone, or the station was closed. */
        void ended(Station station);
    }

    private final Central central;
    private final Bus bus;
    private final ObjectTree tree;
    private final Discovery discovery;
    private final Map<String, CentralLink> links = new HashMap<>();
    private boolean discovering;
    private volatile boolean over;

    private Station(Central central, Bus bus) {
        this.central = central;
        this.bus = bus;
        this.tree = new ObjectTree(bus, this::changed);
        this.discovery = new Discovery(bus, tree::look, () -> central.refreshLater(this));
    }

    /**
     * Connects to the bus. Blocks.
     *
     * @throws GattException with {@code NO_ADAPTER}, or {@code INTERRUPTED}
     */
    static Station open(Central central, BusAddress address) {
        try {
            Station station = new Station(central, Bus.connect(address, GREETING));
            station.bus.execute(station.tree::begin);
            station.bus.lost().thenAccept(station::ended);
            return station;
        } catch (DBusException failed) {
            if (Thread.currentThread().isInterrupted()) {
                throw new GattException(Reason.INTERRUPTED, "interrupted while connecting to the bus", failed);
            }
            throw Refusals.of(failed, Reason.NO_ADAPTER, "no bus");
        }
    }

    Bus bus() {
        return bus;
    }

    ObjectTree tree() {
        return tree;
    }

    boolean isOver() {
        return over;
    }

    /** Waits until it is known whether there is an adapter that is switched on; its path, or {@code NO_ADAPTER}. */
    CompletableFuture<String> adapter() {
        return tree.when(now -> now.isLoaded() ? Optional.of(requireAdapter()) : Optional.empty());
    }

    /** Waits until BlueZ has begun or stopped to scan, as was wanted when this is called. */
    CompletableFuture<Boolean> settled() {
        return tree.when(now -> Optional.of(true).filter(any -> discovery.isSettled()));
    }

    /** On the bus's thread, once the tree is loaded. */
    String requireAdapter() {
        return Nearby.adapter(tree, central.adapter())
                .orElseThrow(() -> new GattException(Reason.NO_ADAPTER, whyNoAdapter()));
    }

    private String whyNoAdapter() {
        if (!tree.isRunning()) {
            return "bluetoothd does not run";
        }
        return central.adapter()
                .map(wanted -> "there is no adapter " + wanted + " that is switched on")
                .orElse("there is no Bluetooth adapter that is switched on");
    }

    /** What is wanted may have changed. */
    void refresh() {
        bus.execute(this::changed);
    }

    /** On the bus's thread: this link is watched from now on. */
    void adopt(CentralLink link) {
        links.put(link.device(), link);
    }

    /** On the bus's thread: this link is over. */
    void release(CentralLink link) {
        links.remove(link.device(), link);
        tree.ignore(link.node().notifying());
    }

    private void changed() {
        if (over || !tree.isLoaded()) {
            return;
        }
        Optional<String> adapter = Nearby.adapter(tree, central.adapter());
        noticeEndOfDiscovery(adapter);
        discovery.want(central.demand(), adapter);
        tell(adapter);
        loseLinks(adapter);
    }

    private void noticeEndOfDiscovery(Optional<String> adapter) {
        boolean now = adapter.isPresent() && tree.is(adapter.get(), Names.ADAPTER, "Discovering");
        if (discovering && !now) {
            discovery.interrupted();
        }
        discovering = now;
    }

    private void tell(Optional<String> adapter) {
        Sightings sightings = central.sightings();
        if (sightings.isListening()) {
            Set<BluetoothAddress> present = new HashSet<>();
            adapter.stream().flatMap(path -> Nearby.nodes(tree, path)).forEach(sighting -> {
                present.add(sighting.address());
                sightings.seen(sighting);
            });
            sightings.retain(present);
        }
    }

    private void loseLinks(Optional<String> adapter) {
        for (CentralLink link : List.copyOf(links.values())) {
            if (!tree.is(link.device(), Names.DEVICE, "Connected")) {
                link.lose(adapter.isPresent() ? "the connection broke" : whyNoAdapter());
            } else if (!tree.has(link.node().notifying(), Names.CHARACTERISTIC)) {
                link.end("the node serves no more");
            }
        }
    }

    private void ended(String why) {
        over = true;
        tree.end(new GattException(Reason.NO_ADAPTER, why));
        List.copyOf(links.values()).forEach(link -> link.lose(why));
        central.ended(this);
    }

    /** Closes every link in order, waiting for them at most so long, then the connection. Blocks. */
    void close(Duration patience) {
        bus.execute(() -> List.copyOf(links.values()).forEach(CentralLink::close));
        CompletableFuture<Boolean> empty = tree.when(now -> links.isEmpty() ? Optional.of(true) : Optional.empty());
        try {
            Waits.get(empty, patience);
        } catch (GattException slow) {
            // They end with the bus.
        }
        over = true;
        bus.close();
    }
}
