package org.maunode.discovery;

import java.time.Duration;
import org.maunode.exchange.ExchangeException;
import org.maunode.identity.Fingerprint;

/** Hears how a search goes, on the thread that searches; must not block for long. */
public interface Trail {
    /** Nobody listens. */
    Trail SILENT = new Trail() {};

    /** Somewhere to look; whether it is tried depends on what else is found. */
    default void found(Fingerprint peer, Candidate candidate) {}

    /** It was not there. */
    default void failed(Fingerprint peer, Candidate candidate, ExchangeException why) {}

    /**
     * It was there: the search is over.
     *
     * @param took from the first byte to the proof
     */
    default void proved(Fingerprint peer, Candidate candidate, Duration took) {}
}
