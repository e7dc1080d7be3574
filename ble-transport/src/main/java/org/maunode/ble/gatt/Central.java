package org.maunode.ble.gatt;

import java.time.Duration;
import java.util.function.Consumer;

/**
 * An adapter that finds nodes and connects to them. Thread-safe. Whoever implements it: nothing is scanned while nobody
 * listens, and nothing is left connected after {@link #close}.
 */
public interface Central extends AutoCloseable {
    /** Who does it, for people and logs: {@code BlueZ}, {@code TinyB}. */
    String name();

    /**
     * Listens until what is returned is closed. Who is known already is told at once, others as they are heard, again when
     * something changes. Goes on by itself when the adapter comes and goes.
     *
     * @param seen called on a thread of the wire; must not block
     * @throws GattException if there is no adapter now
     */
    Scan scan(Consumer<Sighting> seen);

    /** Somebody who listens. */
    @FunctionalInterface
    interface Scan extends AutoCloseable {
        @Override
        void close();
    }

    /**
     * Connects to a node, with as many attempts as fit: looks for it if need be, reads its {@link NodeInfo}, subscribes.
     * Blocks. Nothing stays connected if it fails.
     *
     * @param listener may hear frames before this returns
     * @throws GattException why not; also if the thread is interrupted
     */
    Connection connect(BluetoothAddress address, LinkListener listener, Duration patience);

    /** A node that answered. */
    record Connection(NodeInfo info, Link link) {}

    /** Ends every scan and connection, and every thread, within two seconds. */
    @Override
    void close();
}
