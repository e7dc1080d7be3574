package org.maunode.openpgp;

/**
 * The one order of packets that is a message. Each state says what has been read; every arrow is a packet.
 *
 * <pre>
 *          ┌─┐session key
 * START ───▼─┴► RECIPIENTS ──encrypted──► UNSEALED ─┐
 *   │                                       │       │ compressed
 *   ├───────────────compressed──────────────┼───────┴────► EXPANDED
 *   │                                       │                 │
 *   └───────────────one-pass────────────────┴─────────────────┴──► ANNOUNCED ──literal──► READ ──signature──► SIGNED
 * </pre>
 *
 * Encrypted and compressed packets hold the rest of the message: behind their ends nothing may follow.
 */
enum Grammar {
    START,
    RECIPIENTS,
    UNSEALED,
    EXPANDED,
    ANNOUNCED,
    READ,
    SIGNED;

    /** The state behind a packet of this type. */
    Grammar then(Tag tag) {
        return switch (this) {
            case START -> tag == Tag.SESSION_KEY ? RECIPIENTS : content(tag);
            case RECIPIENTS -> recipients(tag);
            case UNSEALED, EXPANDED -> content(tag);
            case ANNOUNCED -> announced(tag);
            case READ -> expect(Tag.SIGNATURE, tag, SIGNED);
            case SIGNED -> throw OpenPgpException.malformed("behind the end of the message stands " + tag);
        };
    }

    private Grammar recipients(Tag tag) {
        return tag == Tag.SESSION_KEY ? RECIPIENTS : expect(Tag.SEALED, tag, UNSEALED);
    }

    private static Grammar announced(Tag tag) {
        if (tag == Tag.ONE_PASS) {
            throw OpenPgpException.unsupported("the message has more than one signature");
        }
        return expect(Tag.LITERAL, tag, READ);
    }

    private Grammar content(Tag tag) {
        return switch (tag) {
            case COMPRESSED -> expanded();
            case ONE_PASS -> ANNOUNCED;
            case LITERAL -> throw new OpenPgpException(OpenPgpException.Reason.NOT_SIGNED, "the message is not signed");
            case SIGNATURE ->
                throw OpenPgpException.unsupported("the signature stands in front of its content, or alone");
            default -> throw refused(tag);
        };
    }

    private Grammar expanded() {
        if (this == EXPANDED) {
            throw OpenPgpException.overLimit(
                    "the message is compressed more than " + AlgorithmPolicy.MAX_COMPRESSION_LAYERS + " time");
        }
        return EXPANDED;
    }

    private static Grammar expect(Tag expected, Tag tag, Grammar next) {
        if (tag != expected) {
            throw refused(tag);
        }
        return next;
    }

    private static OpenPgpException refused(Tag tag) {
        return switch (tag) {
            case PASSPHRASE -> OpenPgpException.unsupported("the message is sealed with a passphrase");
            case UNPROTECTED, AEAD, MARKER -> OpenPgpException.unsupported("the message holds " + tag);
            default -> OpenPgpException.malformed("where it makes no message stands " + tag);
        };
    }

    /** @throws OpenPgpException with {@code MALFORMED} if the message cannot end here */
    void requireEnd() {
        if (this != SIGNED) {
            throw OpenPgpException.malformed("the message ends too early");
        }
    }
}
