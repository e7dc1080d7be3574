package org.maunode.openpgp;

import java.util.Objects;

/** The one way in which reading OpenPGP data fails. The reason decides what is done; the message is for people. */
public final class OpenPgpException extends RuntimeException {
    private static final long serialVersionUID = 1;

    /** Why the data was refused. */
    public enum Reason {
        /** Not OpenPGP, cut short, trailing data, or packets in an order that the grammar does not know. */
        MALFORMED,
        /** ASCII armor where binary is required. */
        ARMORED,
        /** Well formed, but with a feature or algorithm that this peer never reads. */
        UNSUPPORTED,
        /** An algorithm or key size that the policy no longer trusts. */
        WEAK,
        /** Over one of the named limits: size, expansion, recipients, nesting. */
        OVER_LIMIT,
        /** Sealed, and not for the key at hand. */
        NOT_FOR_US,
        /** Sealed or plain, but carries no signature. */
        NOT_SIGNED,
        /** Signed by a key that does not belong to the expected author. */
        WRONG_SIGNER,
        /** The signature or the integrity protection does not match the content. */
        TAMPERED,
        /** The passphrase does not open the account. */
        WRONG_PASSPHRASE,
        /** A key that cannot be used for what is asked: no valid self-signature, expired, revoked, no encryption subkey. */
        UNUSABLE_KEY
    }

    private final Reason reason;

    public OpenPgpException(Reason reason, String message) {
        this(reason, message, null);
    }

    public OpenPgpException(Reason reason, String message, Throwable cause) {
        super(message, cause);
        this.reason = Objects.requireNonNull(reason);
    }

    public Reason reason() {
        return reason;
    }

    static OpenPgpException malformed(String message) {
        return new OpenPgpException(Reason.MALFORMED, message);
    }

    static OpenPgpException unsupported(String message) {
        return new OpenPgpException(Reason.UNSUPPORTED, message);
    }

    static OpenPgpException weak(String message) {
        return new OpenPgpException(Reason.WEAK, message);
    }

    static OpenPgpException overLimit(String message) {
        return new OpenPgpException(Reason.OVER_LIMIT, message);
    }

    static OpenPgpException tampered(String message) {
        return new OpenPgpException(Reason.TAMPERED, message);
    }

    static OpenPgpException unusable(String message) {
        return new OpenPgpException(Reason.UNUSABLE_KEY, message);
    }
}
