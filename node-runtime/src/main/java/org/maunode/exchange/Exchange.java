package org.maunode.exchange;

import java.util.function.Consumer;
import org.maunode.identity.Fingerprint;

/** Answers what peers ask, whatever the wire. May block on the disk; thread-safe. */
@FunctionalInterface
public interface Exchange {
    Answer answer(Request request, Caller caller);

    /**
     * Calls {@code listener} with each owner in whose directory something may have changed, until the result is closed. It
     * is called on a thread that must not be kept; an exchange whose files never change calls nobody.
     */
    default AutoCloseable onChange(Consumer<Fingerprint> listener) {
        return () -> {};
    }
}
