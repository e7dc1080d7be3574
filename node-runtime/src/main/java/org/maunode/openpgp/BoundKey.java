package org.maunode.openpgp;

import java.time.Instant;
import java.util.Optional;

/**
 * One key of an identity, with what its verified self-signatures say.
 *
 * @param flags the key flags (RFC 4880, 5.2.3.21); 0 if none are stated, and then it is good for nothing, as for the Go
 *     peer
 * @param until when it expires
 * @param maySign whether its signatures count: it is the primary key, or has signed the primary key back
 */
record BoundKey(KeyMaterial material, int flags, Optional<Instant> until, boolean isRevoked, boolean maySign) {
    static final int CERTIFIES = 0x01;
    static final int SIGNS = 0x02;
    static final int RECEIVES = 0x04 | 0x08;

    /** Whether messages may name this key as a recipient, now or when it was younger. */
    boolean isRecipient() {
        return (flags & RECEIVES) != 0 && AlgorithmPolicy.isRecipient(material.algorithm());
    }

    boolean isSigner() {
        return (flags & SIGNS) != 0 && maySign && AlgorithmPolicy.isSigner(material.algorithm());
    }

    /** Whether {@code time} lies within the key's life. */
    boolean isValidAt(Instant time) {
        return !time.isBefore(material.created()) && hasNotEndedAt(time);
    }

    /** The same for a time that may come from a clock in the past, which is no reason to keep something from a key. */
    boolean hasNotEndedAt(Instant time) {
        return !isRevoked && until.map(time::isBefore).orElse(true);
    }
}
