package org.maunode.ble.line;

import java.time.Duration;
import java.util.function.Consumer;
import org.maunode.ble.gatt.BluetoothAddress;
import org.maunode.ble.gatt.Central;
import org.maunode.ble.gatt.GattException;
import org.maunode.ble.gatt.NodeInfo;
import org.maunode.ble.gatt.Peripheral;

/**
 * Runs every line of this process on one thread, {@code mau-ble}, which starts with the first line and ends when none is left
 * for a while. Thread-safe.
 */
public final class Carrier implements AutoCloseable {
    /**
     * @param preferredFrame the longest frame that is sent although the link would take longer ones, in bytes
     */
    public Carrier(int preferredFrame) {}

    /** A node that answered, and the line to it; its session may still be greeting. */
    public record Reached(NodeInfo info, Line line) {}

    /**
     * Connects to a node and begins a session as its central. Blocks.
     *
     * @param callee takes what the node calls us for
     * @throws GattException why not
     */
    public Reached reach(Central central, BluetoothAddress address, Duration patience, Callee callee) {
        throw new UnsupportedOperationException("not yet");
    }

    /**
     * Takes the centrals that a peripheral brings, and runs a session as peripheral with each.
     *
     * @param callee takes what they call us for
     * @param begun hears of each line once its session is open, on the carrier's thread; must not block
     */
    public Peripheral.Acceptor answering(Callee callee, Consumer<Line> begun) {
        throw new UnsupportedOperationException("not yet");
    }

    /** Aborts every line, closes its link, and ends the thread, within two seconds. */
    @Override
    public void close() {}
}
