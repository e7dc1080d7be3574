package org.maunode.ble.tinyb;

import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.FutureTask;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.stream.Collectors;
import org.maunode.ble.gatt.BluetoothAddress;
import org.maunode.ble.gatt.Central;
import org.maunode.ble.gatt.GattException;
import org.maunode.ble.gatt.GattException.Reason;
import org.maunode.ble.gatt.LinkListener;
import org.maunode.ble.gatt.MauService;
import org.maunode.ble.gatt.Sighting;
import org.maunode.ble.gatt.Sightings;
import tinyb.BluetoothAdapter;
import tinyb.BluetoothDevice;
import tinyb.BluetoothException;
import tinyb.BluetoothGattService;
import tinyb.TransportType;

/**
 * GATT client through TinyB. TinyB tells nobody when an adapter or BlueZ itself goes, and its way to wait for a device crashes
 * the JVM: so while somebody scans, dials or is connected, one thread, {@code mau-tinyb}, looks twice a second at what TinyB
 * knows; otherwise it is not there.
 */
public final class TinybCentral implements Central {
    private static final int LOOK_MILLIS = 500;

    /** TinyB may be calling back about an object while it is being freed; so long none does any more. */
    private static final int GRACE_MILLIS = 1500;

    private static final int CLOSING_MILLIS = 1500;

    private static final Logger LOG = Logger.getLogger("org.maunode.ble.tinyb");

    private static final Path KERNEL = Path.of("/sys/class/bluetooth");

    private final Manager manager;
    private final Optional<BluetoothAddress> wanted;
    private final MtuSource mtus;
    private final ScheduledThreadPoolExecutor thread;
    private final Sightings sightings;
    private final Map<BluetoothAddress, Dialing> dialings = new ConcurrentHashMap<>();
    private final Map<BluetoothAddress, TinybLink> links = new ConcurrentHashMap<>();
    private boolean looking;
    private boolean closed;
    private volatile boolean discovering;
    private boolean unfiltered;

    private TinybCentral(Manager manager, Optional<BluetoothAddress> wanted, MtuSource mtus) {
        this.manager = manager;
        this.wanted = wanted;
        this.mtus = mtus;
        this.thread = new ScheduledThreadPoolExecutor(
                1, Thread.ofPlatform().name("mau-tinyb").daemon().factory());
        thread.setKeepAliveTime(GRACE_MILLIS, TimeUnit.MILLISECONDS);
        thread.allowCoreThreadTimeOut(true);
        thread.setRejectedExecutionHandler((late, closed) -> {});
        this.sightings = new Sightings(thread);
    }

    /**
     * Loads TinyB's libraries, if there are any for this machine.
     *
     * @param adapter empty for the first
     */
    public static Loaded load(Optional<BluetoothAddress> adapter, MtuSource mtus) {
        return load(adapter, mtus, KERNEL);
    }

    /**
     * @param kernel where the kernel lists adapters
     */
    static Loaded load(Optional<BluetoothAddress> adapter, MtuSource mtus, Path kernel) {
        return Natives.missing()
                .<Loaded>map(Loaded.Missing::new)
                .orElseGet(() -> new Loaded.Ready(new TinybCentral(new Manager(kernel), adapter, mtus)));
    }

    @Override
    public String name() {
        return "TinyB";
    }

    @Override
    public Scan scan(Consumer<Sighting> seen) {
        requireAdapter();
        Scan scan = sightings.listen(seen);
        look();
        return scan;
    }

    @Override
    public Connection connect(BluetoothAddress peer, LinkListener listener, Duration patience) {
        requireAdapter();
        Dialing dialing = begin(peer, System.nanoTime() + patience.toNanos());
        FutureTask<Connection> task = new FutureTask<>(() -> dialing.run(listener, this::link));
        Thread.ofPlatform().name("mau-tinyb-dial").daemon().start(() -> dial(dialing, task));
        look();
        try {
            return task.get(patience.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException interrupted) {
            giveUp(dialing, task);
            Thread.currentThread().interrupt();
            throw new GattException(Reason.INTERRUPTED, "interrupted while connecting to " + peer, interrupted);
        } catch (TimeoutException late) {
            giveUp(dialing, task);
            throw dialing.late();
        } catch (ExecutionException failed) {
            throw failure(failed.getCause());
        }
    }

    private static GattException failure(Throwable cause) {
        return cause instanceof GattException known
                ? known
                : new GattException(Reason.NOT_CONNECTED, "TinyB failed: " + cause, cause);
    }

    private synchronized Dialing begin(BluetoothAddress peer, long deadline) {
        Dialing dialing = new Dialing(peer, deadline);
        if (closed) {
            throw new GattException(Reason.NO_ADAPTER, "closed");
        }
        if (links.containsKey(peer) || dialings.putIfAbsent(peer, dialing) != null) {
            throw new GattException(Reason.NOT_CONNECTED, peer + " is connected already, or being connected to");
        }
        return dialing;
    }

    /** On the dialing's own thread. */
    private void dial(Dialing dialing, FutureTask<Connection> task) {
        task.run();
        dialings.remove(dialing.peer(), dialing);
        if (dialing.isAborted()) {
            closeWhatCame(task);
        }
    }

    private void giveUp(Dialing dialing, FutureTask<Connection> task) {
        dialing.abort();
        thread.execute(dialing::breakOff);
        closeWhatCame(task);
    }

    private static void closeWhatCame(FutureTask<Connection> task) {
        if (task.state() == Future.State.SUCCESS) {
            task.resultNow().link().close();
        }
    }

    private TinybLink link(BluetoothDevice device, Node node, LinkListener listener) {
        BluetoothAddress peer = Devices.address(device);
        TinybLink link = new TinybLink(device, node, listener, this::lost);
        links.put(peer, link);
        try {
            link.open(mtus.mtu(adapterName(), peer));
            return link;
        } catch (BluetoothException | GattException failed) {
            links.remove(peer, link);
            throw failed;
        }
    }

    private void lost(TinybLink link) {
        links.remove(link.peer(), link);
        thread.schedule(link::release, GRACE_MILLIS, TimeUnit.MILLISECONDS);
    }

    private void requireAdapter() {
        adapterName();
    }

    private String adapterName() {
        Optional<BluetoothAdapter> adapter = manager.adapter(wanted);
        try {
            return adapter.map(BluetoothAdapter::getInterfaceName)
                    .orElseThrow(() -> new GattException(
                            Reason.NO_ADAPTER,
                            "there is no adapter "
                                    + wanted.map(BluetoothAddress::text).orElse("") + " that is switched on"));
        } finally {
            adapter.ifPresent(BluetoothAdapter::close);
        }
    }

    /** Sees to it that {@code mau-tinyb} looks. */
    private synchronized void look() {
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
        return sightings.isListening() || !dialings.isEmpty() || !links.isEmpty() || discovering;
    }

    private void lookOnce() {
        Optional<BluetoothAdapter> adapter = manager.adapter(wanted);
        if (adapter.isEmpty()) {
            nobodyIsThere();
            return;
        }
        try (BluetoothAdapter ours = adapter.get()) {
            discover(ours);
            survey(Devices.of(manager.get(), ours.getInterfaceName()));
            if (!links.isEmpty()) {
                closeWithoutService(manager.get().getServices());
            }
        }
    }

    private void nobodyIsThere() {
        discovering = false;
        sightings.retain(Set.of());
        List.copyOf(links.values()).forEach(link -> link.lose("the adapter is gone"));
    }

    /** TinyB does not ask BlueZ to begin while any other program of this machine scans: so it is asked again and again. */
    private void discover(BluetoothAdapter adapter) {
        boolean wantsAny = dialings.values().stream().anyMatch(Dialing::isLooking);
        if (wantsAny || sightings.isListening()) {
            if (!discovering || wantsAny != unfiltered || !adapter.getDiscovering()) {
                adapter.setDiscoveryFilter(wantsAny ? List.of() : List.of(MauService.SERVICE), 0, 0, TransportType.LE);
                adapter.startDiscovery();
            }
            discovering = true;
            unfiltered = wantsAny;
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
            handOver(address, device);
        }
        sightings.retain(present);
        links.values().stream()
                .filter(link -> !connected.contains(link.peer()))
                .toList()
                .forEach(link -> link.lose("the connection broke"));
    }

    /** A program that serves may end, and BlueZ there keep the connection. */
    private void closeWithoutService(List<BluetoothGattService> services) {
        Set<Integer> present =
                services.stream().map(BluetoothGattService::hashCode).collect(Collectors.toSet());
        Manager.close(services);
        links.values().stream()
                .filter(link -> !present.contains(link.service()))
                .toList()
                .forEach(link -> link.end("the node serves no more"));
    }

    private void handOver(BluetoothAddress address, BluetoothDevice device) {
        Dialing dialing = dialings.get(address);
        if (dialing != null && dialing.isLooking()) {
            dialing.found(device);
        } else {
            device.close();
        }
    }

    @Override
    public void close() {
        synchronized (this) {
            if (closed) {
                return;
            }
            closed = true;
        }
        sightings.close();
        dialings.values().forEach(dialing -> {
            dialing.abort();
            thread.execute(dialing::breakOff);
        });
        List<TinybLink> open = List.copyOf(links.values());
        open.forEach(TinybLink::close);
        thread.execute(this::stopDiscovery);
        awaitEnd(open);
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

    private void awaitEnd(List<TinybLink> open) {
        try {
            for (TinybLink link : open) {
                link.awaitEnd(CLOSING_MILLIS);
            }
            thread.shutdown();
            thread.awaitTermination(CLOSING_MILLIS, TimeUnit.MILLISECONDS);
        } catch (InterruptedException interrupted) {
            thread.shutdown();
            Thread.currentThread().interrupt();
        }
    }
}
