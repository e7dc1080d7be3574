package org.maunode.exchange;

import java.net.InetAddress;
import java.util.Objects;
import java.util.Optional;
import org.maunode.identity.Fingerprint;

/**
 * Who asks.
 *
 * @param fingerprint the identity proved in the TLS handshake; empty for a caller without one, who sees public files
 * @param origin the network address that the call came from; empty on a wire that has none
 * @param claim where the caller says that it can be reached: the first DNS name of its certificate, verbatim; proves
 *     nothing
 */
public record Caller(Optional<Fingerprint> fingerprint, Optional<InetAddress> origin, Optional<String> claim) {
    public static final Caller NOBODY = new Caller(Optional.empty(), Optional.empty(), Optional.empty());

    public Caller {
        Objects.requireNonNull(fingerprint);
        Objects.requireNonNull(origin);
        Objects.requireNonNull(claim);
    }

    /** A caller of whom nothing else is known. */
    public static Caller of(Fingerprint fingerprint) {
        return new Caller(Optional.of(fingerprint), Optional.empty(), Optional.empty());
    }
}
