package org.maunode.ble.tinyb;

import java.util.Optional;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.maunode.ble.gatt.BluetoothAddress;
import org.maunode.ble.gatt.GattException;
import org.maunode.ble.gatt.Link;
import org.maunode.ble.gatt.LinkListener;
import tinyb.BluetoothDevice;
import tinyb.BluetoothException;
import tinyb.BluetoothGattCharacteristic;

/**
 * A connection through TinyB. A write there is a call that waits for BlueZ's answer: so each link that is written to has a thread,
 * {@code mau-tinyb-write}, which ends when it has been idle for a second.
 */
final class TinybLink implements Link {
    private static final int IDLE_MILLIS = 1000;

    private final BluetoothAddress peer;
    private final BluetoothDevice device;
    private final int service;
    private final BluetoothGattCharacteristic write;
    private final BluetoothGattCharacteristic notify;
    private final ThreadPoolExecutor writer;
    private final Object hearing = new Object();
    private final LinkListener listener;
    private final Consumer<TinybLink> whenLost;
    private volatile int mtu;
    private final AtomicReference<Optional<String>> ending = new AtomicReference<>(Optional.empty());
    private volatile boolean over;
    private boolean open;

    TinybLink(BluetoothDevice device, Node node, LinkListener listener, Consumer<TinybLink> whenLost) {
        this.peer = Devices.address(device);
        this.device = device;
        this.service = node.service();
        this.write = node.writing();
        this.notify = node.notifying();
        this.listener = listener;
        this.whenLost = whenLost;
        this.writer = new ThreadPoolExecutor(
                1,
                1,
                IDLE_MILLIS,
                TimeUnit.MILLISECONDS,
                new LinkedBlockingQueue<>(),
                Thread.ofPlatform().name("mau-tinyb-write").daemon().factory());
        writer.allowCoreThreadTimeOut(true);
    }

    /**
     * Begins to listen; to be called once, before anybody else has the link. Blocks. If it throws, the link is over without a word,
     * and the device is its caller's still.
     *
     * @throws GattException with {@code NOT_CONNECTED} if the connection broke meanwhile
     */
    void open(int negotiated) {
        mtu = negotiated;
        try {
            notify.enableValueNotifications(this::received);
            device.enableConnectedNotifications(this::connected);
            begin(Devices.isConnected(device));
        } catch (BluetoothException refused) {
            lose("it was never open");
            throw refused;
        }
    }

    private void connected(boolean connected) {
        if (!connected) {
            lose("the connection broke");
        }
    }

    private void begin(boolean connected) {
        synchronized (hearing) {
            over = over || !connected;
            open = !over;
        }
        if (over) {
            throw new GattException(GattException.Reason.NOT_CONNECTED, "the connection broke");
        }
    }

    @Override
    public BluetoothAddress peer() {
        return peer;
    }

    @Override
    public int mtu() {
        return mtu;
    }

    /** The hash of the path of the node's service. */
    int service() {
        return service;
    }

    @Override
    public void send(byte[] frame, Runnable taken) {
        writer.execute(() -> {
            try {
                if (!over) {
                    write.writeValue(frame);
                }
            } catch (RuntimeException lost) {
                // Nobody is told of a lost frame; that the link is gone is heard by other ways.
            } finally {
                taken.run();
            }
        });
    }

    /** Ends behind what was sent before. */
    @Override
    public void close() {
        end("closed here");
    }

    /** Disconnects behind what was sent before. */
    void end(String why) {
        if (ending.compareAndSet(Optional.empty(), Optional.of(why)) && !over) {
            writer.execute(() -> disconnect(why));
        }
    }

    /** Blocks for as long as BlueZ does. */
    private void disconnect(String why) {
        try {
            if (!over) {
                device.disconnect();
            }
        } catch (RuntimeException gone) {
            // It is disconnected already, or BlueZ is gone: as we wish.
        } finally {
            lose(why);
        }
    }

    private void received(byte[] frame) {
        synchronized (hearing) {
            if (!over) {
                listener.received(frame);
            }
        }
    }

    /** The connection is gone. */
    void lose(String why) {
        synchronized (hearing) {
            if (over) {
                return;
            }
            over = true;
            if (open) {
                whenLost.accept(this);
                listener.lost(ending.get().orElse(why));
            }
        }
    }

    /** Gives native memory back, once no callback can be under way any more. */
    void release() {
        write.close();
        notify.close();
        device.close();
    }

    /** Waits until the last write is done. */
    void awaitEnd(long millis) throws InterruptedException {
        writer.shutdown();
        writer.awaitTermination(millis, TimeUnit.MILLISECONDS);
    }
}
