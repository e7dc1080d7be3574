package org.maunode.ble.tinyb;

import java.nio.file.Path;
import java.time.Duration;
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
import java.util.function.Supplier;
import org.maunode.ble.gatt.BluetoothAddress;
import org.maunode.ble.gatt.Central;
import org.maunode.ble.gatt.GattException;
import org.maunode.ble.gatt.GattException.Reason;
import org.maunode.ble.gatt.LinkListener;
import org.maunode.ble.gatt.Sighting;
import org.maunode.ble.gatt.Sightings;
import tinyb.BluetoothAdapter;
import tinyb.BluetoothDevice;
import tinyb.BluetoothException;

/**
 * GATT client through TinyB. While somebody scans, dials or is connected there is a thread {@code mau-tinyb}, which looks; for each
 * connect {@code mau-tinyb-dial}; for each link that is written to {@code mau-tinyb-write}; otherwise none but TinyB's own.
 */
public final class TinybCentral implements Central {
    /** TinyB may be calling back about an object while it is being freed; so long none does any more. */
    private static final int GRACE_MILLIS = 1500;

    private static final int CLOSING_MILLIS = 1500;

    private static final Path KERNEL = Path.of("/sys/class/bluetooth");

    private final Manager manager;
    private final Optional<BluetoothAddress> wanted;
    private final MtuSource mtus;
    private final ScheduledThreadPoolExecutor thread;
    private final Sightings sightings;
    private final Map<BluetoothAddress, Dialing> dialings = new ConcurrentHashMap<>();
    private final Map<BluetoothAddress, TinybLink> links = new ConcurrentHashMap<>();
    private final Lookout lookout;
    private boolean closed;

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
        this.lookout = new Lookout(manager, wanted, sightings, new Subjects(), thread);
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
        lookout.look();
        return scan;
    }

    @Override
    public Connection connect(BluetoothAddress peer, LinkListener listener, Duration patience) {
        requireAdapter();
        Dialing dialing = begin(peer, System.nanoTime() + patience.toNanos());
        FutureTask<Connection> task = new FutureTask<>(() -> run(dialing, listener));
        Thread.ofPlatform().name("mau-tinyb-dial").daemon().start(() -> dial(dialing, task));
        lookout.look();
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

    private Connection run(Dialing dialing, LinkListener listener) {
        try {
            return dialing.run(listener, this::link);
        } finally {
            dialings.remove(dialing.peer(), dialing);
        }
    }

    /** On the dialing's own thread. */
    private void dial(Dialing dialing, FutureTask<Connection> task) {
        task.run();
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
                            "there is no "
                                    + wanted.map(one -> "adapter " + one.text()).orElse("Bluetooth adapter")
                                    + " that is switched on"));
        } finally {
            adapter.ifPresent(BluetoothAdapter::close);
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
        lookout.close();
        awaitEnd(open);
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

    /** Whom the lookout looks for. */
    private final class Subjects implements Lookout.Subjects {
        @Override
        public boolean areThere() {
            return !dialings.isEmpty() || !links.isEmpty();
        }

        @Override
        public boolean isAnybodySought() {
            return dialings.values().stream().anyMatch(Dialing::isLooking);
        }

        @Override
        public void adapterGone() {
            List.copyOf(links.values()).forEach(link -> link.lose("the adapter is gone"));
        }

        @Override
        public boolean takes(BluetoothAddress address, BluetoothDevice device) {
            Dialing dialing = dialings.get(address);
            boolean wanted = dialing != null && dialing.isLooking();
            if (wanted) {
                dialing.found(device);
            }
            return wanted;
        }

        @Override
        public void present(Set<BluetoothAddress> connected, Supplier<Set<Integer>> services) {
            for (TinybLink link : List.copyOf(links.values())) {
                if (!connected.contains(link.peer())) {
                    link.lose("the connection broke");
                } else if (!services.get().contains(link.service())) {
                    link.end("the node serves no more");
                }
            }
        }
    }
}
