package org.maunode.openpgp;

import java.security.PublicKey;
import java.time.Instant;
import java.util.Optional;
import org.maunode.identity.Fingerprint;

/** OpenPGP fingerprints recomputed from bare keys, so that a TLS certificate can prove one. */
public final class KeyFingerprints {
    private KeyFingerprints() {}

    /**
     * The v4 fingerprint of {@code key} made at {@code created} (whole seconds since 1970, 0 to 2^32-1).
     *
     * @return empty if the key is of a kind that no Mau identity has (neither Ed25519 nor RSA), or the time does not fit
     */
    public static Optional<Fingerprint> of(PublicKey key, Instant created) {
        throw new UnsupportedOperationException();
    }
}
