package org.maunode.ble.gatt;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.Executor;
import java.util.function.Consumer;

/**
 * Who listens, and what was heard since somebody does: for those who implement {@link Central#scan}. Thread-safe. An air full
 * of liars costs {@link #MOST} sightings.
 */
public final class Sightings {
    /** Devices that are kept in mind; whoever was heard first is forgotten first. */
    public static final int MOST = 256;

    private final Executor wire;
    private final List<Listener> listeners = new ArrayList<>();
    private final Map<BluetoothAddress, Sighting> known = new LinkedHashMap<>() {
        private static final long serialVersionUID = 1;

        @Override
        protected boolean removeEldestEntry(Map.Entry<BluetoothAddress, Sighting> eldest) {
            return size() > MOST;
        }
    };

    /**
     * @param wire tells listeners, one thing after another
     */
    public Sightings(Executor wire) {
        this.wire = Objects.requireNonNull(wire);
    }

    private final class Listener implements Central.Scan {
        private final Consumer<Sighting> seen;

        Listener(Consumer<Sighting> seen) {
            this.seen = seen;
        }

        private void tell(Sighting sighting) {
            wire.execute(() -> {
                if (listens(this)) {
                    seen.accept(sighting);
                }
            });
        }

        @Override
        public void close() {
            remove(this);
        }
    }

    /** Listens until what is returned is closed. Who is known already is told at once. */
    public synchronized Central.Scan listen(Consumer<Sighting> seen) {
        Listener listener = new Listener(seen);
        listeners.add(listener);
        known.values().forEach(listener::tell);
        return listener;
    }

    /** Somebody was heard: tells it if it is new. */
    public synchronized void seen(Sighting sighting) {
        if (!listeners.isEmpty() && !sighting.equals(known.put(sighting.address(), sighting))) {
            listeners.forEach(listener -> listener.tell(sighting));
        }
    }

    /** This one is gone; it is told again when it comes back. */
    public synchronized void gone(BluetoothAddress address) {
        known.remove(address);
    }

    /** All others are gone. */
    public synchronized void retain(Set<BluetoothAddress> present) {
        known.keySet().retainAll(present);
    }

    public synchronized boolean isListening() {
        return !listeners.isEmpty();
    }

    /** Nobody listens any more. */
    public synchronized void close() {
        listeners.clear();
        known.clear();
    }

    private synchronized boolean listens(Listener listener) {
        return listeners.contains(listener);
    }

    private synchronized void remove(Listener listener) {
        listeners.remove(listener);
        if (listeners.isEmpty()) {
            known.clear();
        }
    }
}
