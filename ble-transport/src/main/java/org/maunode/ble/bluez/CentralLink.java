package org.maunode.ble.bluez;

import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.maunode.ble.dbus.Bus;
import org.maunode.ble.dbus.MethodCall;
import org.maunode.ble.dbus.Value;
import org.maunode.ble.gatt.BluetoothAddress;
import org.maunode.ble.gatt.Link;
import org.maunode.ble.gatt.LinkListener;

/**
 * A connection to a node through BlueZ. The bus keeps a few dozen writes on their way, and their answers are the brake: BlueZ gives
 * them when it has handed the frame to the kernel.
 */
final class CentralLink implements Link {
    /** BlueZ drops a longer write command without a word. */
    static final int LONGEST_WRITE = 510;

    private static final Value AS_COMMAND = Value.properties(Map.of("type", Value.of("command")));

    private final Bus bus;
    private final String device;
    private final Nearby.Node node;
    private final BluetoothAddress peer;
    private final int mtu;
    private final LinkListener listener;
    private final Consumer<CentralLink> whenLost;
    private final AtomicReference<Optional<String>> ending = new AtomicReference<>(Optional.empty());
    private volatile boolean over;

    CentralLink(
            Bus bus,
            String device,
            Nearby.Node node,
            BluetoothAddress peer,
            int mtu,
            LinkListener listener,
            Consumer<CentralLink> whenLost) {
        this.bus = bus;
        this.device = device;
        this.node = node;
        this.peer = peer;
        this.mtu = mtu;
        this.listener = listener;
        this.whenLost = whenLost;
    }

    String device() {
        return device;
    }

    Nearby.Node node() {
        return node;
    }

    @Override
    public BluetoothAddress peer() {
        return peer;
    }

    @Override
    public int mtu() {
        return mtu;
    }

    @Override
    public void send(byte[] frame, Runnable taken) {
        if (over || ending.get().isPresent() || frame.length > LONGEST_WRITE) {
            taken.run();
        } else {
            bus.call(MethodCall.of(
                            Names.BLUEZ,
                            node.writing(),
                            Names.CHARACTERISTIC,
                            "WriteValue",
                            Value.of(frame),
                            AS_COMMAND))
                    .whenComplete((answer, lost) -> taken.run());
        }
    }

    /** Ends behind what was sent before. */
    @Override
    public void close() {
        end("closed here");
    }

    /** Disconnects behind what was sent before. */
    void end(String why) {
        if (ending.compareAndSet(Optional.empty(), Optional.of(why)) && !over) {
            bus.call(MethodCall.of(Names.BLUEZ, device, Names.DEVICE, "Disconnect"))
                    .whenComplete((answer, failure) -> lose(why));
        }
    }

    /** On the bus's thread. */
    void received(byte[] frame) {
        if (!over) {
            listener.received(frame);
        }
    }

    /** On the bus's thread: the connection is gone. */
    void lose(String why) {
        if (!over) {
            over = true;
            whenLost.accept(this);
            listener.lost(ending.get().orElse(why));
        }
    }
}
