package org.maunode.http;

import java.util.Optional;
import java.util.function.LongSupplier;

/** Who gets in by one kind of wire, and under which limits. Thread-safe. */
final class Gate {
    private final Limits limits;
    private final Quota places;
    private final Quota handshakes;
    private final Meters connects;

    Gate(Limits limits, LongSupplier nanos) {
        this.limits = limits;
        Limits.Counts counts = limits.counts();
        this.places = new Quota(counts.connections(), counts.perOrigin());
        this.handshakes = new Quota(counts.handshakes(), counts.handshakes());
        this.connects = new Meters(limits.rates().connects(), nanos);
    }

    Limits limits() {
        return limits;
    }

    /** A pass for one connection, if there is room. */
    Optional<Pass> enter(Origin origin) {
        return connects.take(origin) ? places.take(origin).flatMap(this::pass) : Optional.empty();
    }

    private Optional<Pass> pass(Quota.Place place) {
        Optional<Quota.Place> handshake = handshakes.take(this);
        if (handshake.isEmpty()) {
            place.close();
        }
        return handshake.map(begun -> new Pass(limits, place, begun));
    }

    /**
     * What one connection holds while it lasts.
     *
     * @param limits what it may cost
     */
    record Pass(Limits limits, Quota.Place place, Quota.Place handshake) implements AutoCloseable {
        /** The handshake is done: another may begin one. */
        void shown() {
            handshake.close();
        }

        @Override
        public void close() {
            handshake.close();
            place.close();
        }
    }
}
