package org.maunode.ble.bluez;

import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.maunode.ble.dbus.BusAddress;
import org.maunode.ble.gatt.BluetoothAddress;
import org.maunode.ble.gatt.Central;
import org.maunode.ble.gatt.GattException;
import org.maunode.ble.gatt.GattException.Reason;
import org.maunode.ble.gatt.LinkListener;
import org.maunode.ble.gatt.Sighting;
import org.maunode.ble.gatt.Sightings;

/**
 * GATT client through BlueZ's D-Bus API. While somebody scans, dials or is connected there is a connection to the bus and its
 * thread {@code mau-dbus}; otherwise there is neither. {@code mau-bluez} is there while something is to be tried again.
 */
public final class BluezCentral implements Central {
    private static final Duration LOADING = Duration.ofSeconds(10);
    private static final Duration PARTING = Duration.ofMillis(1200);
    private static final int RETRY_MILLIS = 1000;
    private static final int IDLE_MILLIS = 500;
    private static final Logger LOG = Logger.getLogger("org.maunode.ble.bluez");

    private final BusAddress address;
    private final Optional<BluetoothAddress> adapter;
    private final ScheduledThreadPoolExecutor later = new ScheduledThreadPoolExecutor(
            1, Thread.ofPlatform().name("mau-bluez").daemon().factory());
    private final Sightings sightings = new Sightings(this::onBus);
    private final Set<BluetoothAddress> peers = ConcurrentHashMap.newKeySet();
    private final AtomicInteger seekers = new AtomicInteger();
    private final Object opening = new Object();
    private volatile Optional<Station> station = Optional.empty();
    private volatile boolean closed;

    /**
     * @param adapter empty for the first
     */
    public BluezCentral(BusAddress address, Optional<BluetoothAddress> adapter) {
        this.address = Objects.requireNonNull(address);
        this.adapter = Objects.requireNonNull(adapter);
        later.setKeepAliveTime(IDLE_MILLIS, TimeUnit.MILLISECONDS);
        later.allowCoreThreadTimeOut(true);
        later.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
        later.setRejectedExecutionHandler((task, pool) -> {});
    }

    @Override
    public String name() {
        return "BlueZ";
    }

    @Override
    public Scan scan(Consumer<Sighting> seen) {
        Scan scan = sightings.listen(seen);
        try {
            Station now = station();
            Waits.get(now.adapter(), LOADING);
            now.refresh();
        } catch (GattException failed) {
            end(scan);
            throw failed;
        }
        return () -> end(scan);
    }

    private void end(Scan scan) {
        scan.close();
        refresh();
        closeWhenIdle();
    }

    @Override
    public Connection connect(BluetoothAddress peer, LinkListener listener, Duration patience) {
        if (!peers.add(peer)) {
            throw new GattException(Reason.NOT_CONNECTED, peer + " is connected already, or being connected to");
        }
        try {
            Station now = station();
            return new Dial(now, peer, new Seekers(), link -> lost(now, link), patience).run(listener);
        } catch (GattException failed) {
            forget(peer);
            throw failed;
        }
    }

    private void lost(Station where, CentralLink link) {
        where.release(link);
        forget(link.peer());
    }

    private void forget(BluetoothAddress peer) {
        peers.remove(peer);
        closeWhenIdle();
    }

    private void onBus(Runnable task) {
        station.ifPresent(now -> now.bus().execute(task));
    }

    private void refresh() {
        station.ifPresent(Station::refresh);
    }

    /** Where there is no connection to the bus, there will be one. Blocks. */
    private Station station() {
        synchronized (opening) {
            requireOpen();
            Optional<Station> now = station.filter(known -> !known.isOver());
            if (now.isEmpty()) {
                station = Optional.of(Station.open(new Asked(), address));
            }
            return station.orElseThrow();
        }
    }

    private void requireOpen() {
        if (closed) {
            throw new GattException(Reason.NO_ADAPTER, "this central is closed");
        }
    }

    private void closeWhenIdle() {
        later.schedule(this::closeIfIdle, IDLE_MILLIS, TimeUnit.MILLISECONDS);
    }

    private void closeIfIdle() {
        synchronized (opening) {
            if (!sightings.isListening() && peers.isEmpty()) {
                closeStation();
            }
        }
    }

    private void closeStation() {
        Optional<Station> now = station;
        station = Optional.empty();
        now.ifPresent(known -> known.close(PARTING));
    }

    private void openAgainLater() {
        later.schedule(this::openAgain, RETRY_MILLIS, TimeUnit.MILLISECONDS);
    }

    private void openAgain() {
        try {
            if (sightings.isListening() && !closed) {
                station().refresh();
            }
        } catch (GattException still) {
            LOG.log(Level.FINE, "ble.scan waits why=\"{0}\"", still.getMessage());
            openAgainLater();
        }
    }

    @Override
    public void close() {
        closed = true;
        sightings.close();
        later.shutdown();
        synchronized (opening) {
            closeStation();
        }
    }

    /** Who looks for a device. */
    private final class Seekers implements Dial.Seeking {
        @Override
        public void begin() {
            seekers.incrementAndGet();
            refresh();
        }

        @Override
        public void end() {
            seekers.decrementAndGet();
            refresh();
        }
    }

    /** What a station asks. */
    private final class Asked implements Station.Central {
        @Override
        public Optional<BluetoothAddress> adapter() {
            return adapter;
        }

        @Override
        public Discovery.Demand demand() {
            if (seekers.get() > 0) {
                return Discovery.Demand.ANYBODY;
            }
            return sightings.isListening() ? Discovery.Demand.NODES : Discovery.Demand.NOTHING;
        }

        @Override
        public Sightings sightings() {
            return sightings;
        }

        @Override
        public void refreshLater(Station which) {
            later.schedule(which::refresh, RETRY_MILLIS, TimeUnit.MILLISECONDS);
        }

        @Override
        public void ended(Station which) {
            sightings.retain(Set.of());
            if (sightings.isListening()) {
                openAgainLater();
            }
        }
    }
}
