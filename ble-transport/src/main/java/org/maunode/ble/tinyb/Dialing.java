package org.maunode.ble.tinyb;

import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.maunode.ble.gatt.BluetoothAddress;
import org.maunode.ble.gatt.Central;
import org.maunode.ble.gatt.GattException;
import org.maunode.ble.gatt.GattException.Reason;
import org.maunode.ble.gatt.LinkListener;
import org.maunode.ble.gatt.NodeInfo;
import tinyb.BluetoothDevice;
import tinyb.BluetoothException;

/**
 * One connect, on a thread of its own, because TinyB's calls cannot be interrupted: look, connect (again and again), wait for the
 * services, read the info, subscribe.
 */
final class Dialing {
    private static final int PAUSE_MILLIS = 250;

    /**
     * Services appear after they are said to be resolved: so long it is believed that one may be missing yet. Where the device says
     * that it has ours, it is waited for.
     */
    private static final long SERVICES_NANOS = 3_000_000_000L;

    private final BluetoothAddress peer;
    private final long deadline;
    private final CompletableFuture<BluetoothDevice> heard = new CompletableFuture<>();
    private final CountDownLatch aborted = new CountDownLatch(1);
    private boolean over;
    private volatile String obstacle = "it was not tried";

    /**
     * @param deadline as {@link System#nanoTime} tells it
     */
    Dialing(BluetoothAddress peer, long deadline) {
        this.peer = peer;
        this.deadline = deadline;
    }

    BluetoothAddress peer() {
        return peer;
    }

    boolean isLooking() {
        return !heard.isDone();
    }

    /** The device is there; it is closed here. */
    void found(BluetoothDevice device) {
        if (!heard.complete(device)) {
            device.close();
        }
    }

    /** Gives up, from another thread. */
    void abort() {
        aborted.countDown();
        heard.completeExceptionally(new GattException(Reason.INTERRUPTED, "given up"));
    }

    /** Breaks off a connect that TinyB is busy with. Blocks for as long as BlueZ does. */
    void breakOff() {
        if (heard.isDone() && !heard.isCompletedExceptionally()) {
            disconnect(heard.join());
        }
    }

    boolean isAborted() {
        return aborted.getCount() == 0;
    }

    /**
     * Works until there is a link, or none can be.
     *
     * @param linking makes a link that listens, and is known to the central
     */
    Central.Connection run(LinkListener listener, Linking linking) {
        BluetoothDevice device = await();
        try {
            while (true) {
                Optional<Central.Connection> made = talk(device, listener, linking);
                if (made.isPresent()) {
                    return made.get();
                }
                disconnect(device);
                pause();
            }
        } catch (RuntimeException failed) {
            abandon(device);
            throw failed instanceof GattException known ? known : refusal(failed);
        }
    }

    /** A node that has started anew is met with what BlueZ remembers of its old services, at first: so it is tried again. */
    private Optional<Central.Connection> talk(BluetoothDevice device, LinkListener listener, Linking linking) {
        Node node = connected(device);
        try {
            NodeInfo info = NodeInfo.decode(node.info().readValue());
            TinybLink link = linking.link(device, node, listener);
            keep();
            return Optional.of(new Central.Connection(info, link));
        } catch (BluetoothException refused) {
            obstacle = refused.getMessage();
            return Optional.empty();
        } catch (GattException broken) {
            if (broken.reason() == Reason.NOT_CONNECTED) {
                obstacle = broken.getMessage();
                return Optional.empty();
            }
            throw broken;
        } finally {
            node.info().close();
        }
    }

    /** The device belongs to its link from now on. */
    private synchronized void keep() {
        over = true;
    }

    /** Makes a link of a node that answered. */
    @FunctionalInterface
    interface Linking {
        TinybLink link(BluetoothDevice device, Node node, LinkListener listener);
    }

    private BluetoothDevice await() {
        try {
            return heard.get(left(), TimeUnit.NANOSECONDS);
        } catch (TimeoutException late) {
            throw new GattException(Reason.NOT_FOUND, peer + " was not heard", late);
        } catch (ExecutionException given) {
            throw (GattException) given.getCause();
        } catch (InterruptedException ours) {
            throw new GattException(Reason.INTERRUPTED, "interrupted while looking for " + peer, ours);
        }
    }

    private Node connected(BluetoothDevice device) {
        while (true) {
            try {
                if (!Devices.isConnected(device)) {
                    obstacle = "it did not answer";
                    device.connect();
                }
                Optional<Node> node = resolved(device);
                if (node.isPresent()) {
                    return node.get();
                }
            } catch (GattException known) {
                throw known;
            } catch (RuntimeException refused) {
                obstacle = refused.getMessage();
            }
            pause();
        }
    }

    /** The node's characteristics; empty if the connection broke meanwhile. */
    private Optional<Node> resolved(BluetoothDevice device) {
        long since = Long.MAX_VALUE;
        while (Devices.isConnected(device)) {
            Optional<Node> node = device.getServicesResolved() ? Node.of(device) : Optional.empty();
            if (node.isPresent()) {
                return node;
            }
            since = device.getServicesResolved() ? Math.min(since, System.nanoTime()) : Long.MAX_VALUE;
            if (!Devices.isNode(device) && System.nanoTime() - since > SERVICES_NANOS) {
                throw new GattException(Reason.NOT_A_NODE, peer + " is no Mau node");
            }
            obstacle = "its services were not resolved";
            pause();
        }
        return Optional.empty();
    }

    private void pause() {
        if (left() <= 0) {
            throw new GattException(Reason.NOT_CONNECTED, peer + " cannot be connected to: " + obstacle);
        }
        try {
            if (aborted.await(PAUSE_MILLIS, TimeUnit.MILLISECONDS)) {
                throw new GattException(Reason.INTERRUPTED, "given up");
            }
        } catch (InterruptedException ours) {
            throw new GattException(Reason.INTERRUPTED, "interrupted", ours);
        }
    }

    private long left() {
        return deadline - System.nanoTime();
    }

    /** Why there is no connection, for who does not wait any longer. */
    GattException late() {
        return isLooking()
                ? new GattException(Reason.NOT_FOUND, peer + " was not heard")
                : new GattException(Reason.TIMED_OUT, peer + " was not connected in time: " + obstacle);
    }

    private GattException refusal(RuntimeException failed) {
        return new GattException(Reason.NOT_CONNECTED, peer + " broke off: " + failed.getMessage(), failed);
    }

    private void abandon(BluetoothDevice device) {
        disconnect(device);
        synchronized (this) {
            over = true;
            device.close();
        }
    }

    private synchronized void disconnect(BluetoothDevice device) {
        try {
            if (!over) {
                device.disconnect();
            }
        } catch (RuntimeException gone) {
            // It was not connected: as we wish.
        }
    }
}
