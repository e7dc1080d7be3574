package org.maunode.cable;

import java.util.Optional;
import java.util.function.Supplier;
import org.maunode.ble.gatt.Central;
import org.maunode.ble.gatt.GattException;

/** The adapter that looks for others, made when it is needed first. Thread-safe. */
final class Radio implements AutoCloseable {
    private final Supplier<Central> maker;
    private Optional<Central> central = Optional.empty();
    private boolean closed;

    Radio(Supplier<Central> maker) {
        this.maker = maker;
    }

    /** @throws GattException if there is none now */
    synchronized Central central() {
        if (closed) {
            throw new GattException(GattException.Reason.NO_ADAPTER, "this node stops");
        }
        Central made = central.orElseGet(maker);
        central = Optional.of(made);
        return made;
    }

    @Override
    public void close() {
        end().ifPresent(Central::close);
    }

    private synchronized Optional<Central> end() {
        closed = true;
        return central;
    }
}
