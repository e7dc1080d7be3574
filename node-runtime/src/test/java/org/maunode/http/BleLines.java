package org.maunode.http;

import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.maunode.ble.gatt.BluetoothAddress;
import org.maunode.ble.gatt.Central;
import org.maunode.ble.gatt.NodeInfo;
import org.maunode.ble.gatt.Peripheral;
import org.maunode.ble.line.Carrier;
import org.maunode.cable.Cables;

/**
 * A node that is offered by one adapter, and three callers with one adapter each: a line carries one call at a time from each
 * side. Which radios they are is not its business; they stay connected until it is closed.
 */
final class BleLines implements AutoCloseable {
    static final TlsIdentity NODE = TestIdentities.ed25519();
    private static final int FRAME = 509;

    private final BluetoothAddress address;
    private final Peripheral peripheral;
    private final Cables node;
    private final List<Cables> callers;

    /**
     * @param address of the node's adapter
     * @param centrals of the friend, the stranger and whoever sends raw requests
     */
    BleLines(BluetoothAddress address, Peripheral peripheral, List<Supplier<Central>> centrals) {
        this.address = address;
        this.peripheral = peripheral;
        this.node = cables(NODE, () -> {
            throw new AssertionError("the node seeks nobody");
        });
        this.callers = centrals.stream()
                .map(central -> cables(TestIdentities.ed25519(), central))
                .toList();
        NodeInfo info = new NodeInfo(NODE.fingerprint().toString(), "contract");
        peripheral.offer(new Peripheral.Offer(info, List.of()), node.acceptor());
    }

    private static Cables cables(TlsIdentity self, Supplier<Central> central) {
        return new Cables(self.fingerprint(), new Carrier(FRAME), central);
    }

    BluetoothAddress address() {
        return address;
    }

    Cables node() {
        return node;
    }

    Cables friend() {
        return callers.get(0);
    }

    Cables stranger() {
        return callers.get(1);
    }

    Cables raw() {
        return callers.get(2);
    }

    @Override
    public void close() {
        callers.forEach(Cables::close);
        Stream.of(peripheral, node).forEach(BleLines::close);
    }

    private static void close(AutoCloseable one) {
        try {
            one.close();
        } catch (Exception failed) {
            throw new AssertionError(failed);
        }
    }
}
