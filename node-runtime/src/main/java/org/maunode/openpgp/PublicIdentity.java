package org.maunode.openpgp;

import java.time.Instant;
import java.util.Set;
import org.maunode.identity.Fingerprint;

/** A peer's public key with its verified self-signatures: who it is, and what may be sealed for it. Immutable. */
public final class PublicIdentity {
    private PublicIdentity() {}

    /**
     * Reads the first transferable key of {@code data}, binary or armored; of a secret key only the public part is kept.
     *
     * @throws OpenPgpException if there is none, or it is unusable under the policy
     */
    public static PublicIdentity parse(byte[] data) {
        throw new UnsupportedOperationException();
    }

    public Fingerprint fingerprint() {
        throw new UnsupportedOperationException();
    }

    /** The name part of the primary user id; empty if it has none. */
    public String name() {
        throw new UnsupportedOperationException();
    }

    /** The mail address of the primary user id; empty if it has none. */
    public String email() {
        throw new UnsupportedOperationException();
    }

    /** When the primary key was made, to the second. */
    public Instant created() {
        throw new UnsupportedOperationException();
    }

    /** The ids of the primary key and of every subkey that may be named as a recipient. */
    public Set<Long> keyIds() {
        throw new UnsupportedOperationException();
    }

    /** Whether files can be sealed for this identity: it has a valid encryption key. */
    public boolean canReceive() {
        throw new UnsupportedOperationException();
    }

    /** The transferable public key in binary packets. */
    public byte[] encoded() {
        throw new UnsupportedOperationException();
    }

    /** The transferable public key as an ASCII-armored block that ends in a newline. */
    public String armored() {
        throw new UnsupportedOperationException();
    }
}
