package org.maunode.http;

import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.maunode.ble.gatt.BluetoothAddress;
import org.maunode.ble.gatt.Central;
import org.maunode.ble.gatt.NodeInfo;
import org.maunode.ble.gatt.Peripheral;
import org.maunode.ble.line.Carrier;
import org.maunode.cable.BleAddress;
import org.maunode.cable.Cables;
import org.maunode.exchange.ExchangeException;

/**
 * A node and its callers, who stay connected until this is closed. A line carries one call at a time from each side, so that
 * those who call at once have a line each. Which radios they are is not its business.
 */
final class BleLines implements AutoCloseable {
    static final TlsIdentity NODE = TestIdentities.ed25519();

    /** No line is closed between two cases that do not use it. */
    private static final Cables.Idle NEVER = new Cables.Idle(Duration.ofHours(1), Duration.ofHours(1));

    private final Map<BluetoothAddress, Peripheral> peripherals;
    private final Cables node;
    private final List<Caller> callers = new ArrayList<>();

    /**
     * Somebody with an adapter.
     *
     * @param node where the node is for this one
     */
    record Caller(BluetoothAddress node, Cables cables) {}

    /** @param peripherals the node's adapters */
    BleLines(Map<BluetoothAddress, Peripheral> peripherals, int frame) {
        this.peripherals = Map.copyOf(peripherals);
        this.node = cables(NODE, frame, () -> {
            throw new AssertionError("the node seeks nobody");
        });
        NodeInfo info = new NodeInfo(NODE.fingerprint().toString(), "contract");
        peripherals.values().forEach(one -> one.offer(new Peripheral.Offer(info, List.of()), node.acceptor()));
    }

    /** The friend first, then the stranger, then who sends raw requests; the last one is all who come behind. */
    BleLines with(BluetoothAddress where, Supplier<Central> central, int frame) {
        callers.add(new Caller(where, cables(TestIdentities.ed25519(), frame, central)));
        return this;
    }

    private static Cables cables(TlsIdentity self, int frame, Supplier<Central> central) {
        return new Cables(self.fingerprint(), new Carrier(frame), central, NEVER);
    }

    /** Connects each, with some attempts: what comes then is a matter of calls. */
    void connect(int attempts) {
        callers.forEach(caller -> connect(caller, attempts));
    }

    private static void connect(Caller caller, int attempts) {
        try {
            caller.cables().leadingTo(BleAddress.of(caller.node()));
        } catch (ExchangeException failed) {
            if (attempts == 1) {
                throw failed;
            }
            connect(caller, attempts - 1);
        }
    }

    Cables node() {
        return node;
    }

    Caller friend() {
        return callers.getFirst();
    }

    Caller stranger() {
        return callers.get(1);
    }

    Caller raw() {
        return callers.getLast();
    }

    /** A port that leads to the node, for one connection of any bytes. */
    InetSocketAddress rawDoor() {
        return raw().cables().leadingTo(BleAddress.of(raw().node())).orElseThrow();
    }

    @Override
    public void close() {
        callers.forEach(caller -> caller.cables().close());
        peripherals.values().forEach(Peripheral::close);
        node.close();
    }
}
