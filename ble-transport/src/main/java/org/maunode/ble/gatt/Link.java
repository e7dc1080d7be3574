package org.maunode.ble.gatt;

/**
 * One GATT connection between a central and a peripheral, as one of them sees it: frames there. Frames back come to its
 * {@link LinkListener}. Frames may get lost, repeated, reordered and cut on the way; nobody is told. Thread-safe.
 */
public interface Link extends AutoCloseable {
    /** The other side. */
    BluetoothAddress peer();

    /** The ATT MTU of the connection, 23 to 517 bytes; it does not change. */
    int mtu();

    /**
     * Hands one frame to the wire; returns at once.
     *
     * @param frame at most {@link #mtu} - 3 bytes from a central, and {@link #mtu} - 5 from a peripheral, whose longer ones may
     *     be cut (BLE-GATT-35); not changed afterwards
     * @param taken run once, on any thread, soon, when the wire has taken the frame or lost it; must not block. The
     *     caller's brake: whoever keeps few frames outstanding floods nobody's queue
     */
    void send(byte[] frame, Runnable taken);

    /** Ends the connection. Its listener hears {@link LinkListener#lost}, if it has not yet. */
    @Override
    void close();
}
