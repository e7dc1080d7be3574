package org.maunode.exchange;

import java.util.function.Consumer;
import org.maunode.identity.Fingerprint;

/** Answers what peers ask, whatever the wire. May block on the disk; thread-safe. */
@FunctionalInterface
public interface Exchange {
    Answer answer(Request request, Caller caller);

    /**
     * Whether {@code caller} may leave a file here (EX-70), and if so, where its bytes go; to be closed then. An exchange that
     * only answers takes none.
     */
    default Delivery accept(Delivery.Offer offer, Caller caller) {
        return Delivery.Refused.of(Refusal.NOT_SUPPORTED);
    }

    /**
     * Calls {@code listener} with each owner in whose directory something may have changed, until the result is closed. It
     * is called on a thread that must not be kept; an exchange whose files never change calls nobody.
     */
    default AutoCloseable onChange(Consumer<Fingerprint> listener) {
        return () -> {};
    }
}
