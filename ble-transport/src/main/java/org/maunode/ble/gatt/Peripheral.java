package org.maunode.ble.gatt;

import java.util.List;
import java.util.Objects;
import java.util.UUID;
import java.util.function.Supplier;

/** An adapter that is found and connected to: the node as GATT server. Thread-safe. */
public interface Peripheral extends AutoCloseable {
    /**
     * Begins to advertise and to serve; returns at once. If there is no adapter now, or it goes away later, this is said once
     * in the log, and it begins again by itself when there is one.
     *
     * @throws IllegalStateException if it is serving already
     */
    void offer(Offer offer, Acceptor acceptor);

    /** Takes a central that wrote its first frame. */
    @FunctionalInterface
    interface Acceptor {
        /** Called on a thread of the wire; must not block. The listener then hears that first frame. */
        LinkListener accepted(Link link);
    }

    /**
     * What is offered.
     *
     * @param info who we say that we are
     * @param extras characteristics of standard services that any app reads, beside the Mau service
     */
    record Offer(NodeInfo info, List<Readable> extras) {
        public Offer {
            Objects.requireNonNull(info);
            extras = List.copyOf(extras);
        }
    }

    /**
     * A characteristic that may be read by anybody.
     *
     * @param value asked at each reading, on a thread of the wire; must not block; at most 512 bytes,
     *     none if there is no value now
     */
    record Readable(UUID service, UUID characteristic, Supplier<byte[]> value) {
        public Readable {
            Objects.requireNonNull(service);
            Objects.requireNonNull(characteristic);
            Objects.requireNonNull(value);
        }
    }

    /** Stops advertising, ends every connection and thread, within two seconds. */
    @Override
    void close();
}
