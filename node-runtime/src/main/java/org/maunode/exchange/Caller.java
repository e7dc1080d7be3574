package org.maunode.exchange;

import java.util.Optional;
import org.maunode.identity.Fingerprint;

/**
 * Who asks, as the wire has proved it.
 *
 * @param fingerprint the identity proved in the TLS handshake; empty for a caller without one, who sees public files
 */
public record Caller(Optional<Fingerprint> fingerprint) {
    public static final Caller NOBODY = new Caller(Optional.empty());

    public static Caller of(Fingerprint fingerprint) {
        return new Caller(Optional.of(fingerprint));
    }
}
