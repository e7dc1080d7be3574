package org.maunode.openpgp;

import java.util.Arrays;

/** The packet types of RFC 4880, 4.3, and of RFC 9580 where they change what is refused. */
enum Tag {
    SESSION_KEY(1, "a session key"),
    SIGNATURE(2, "a signature"),
    PASSPHRASE(3, "a session key under a passphrase"),
    ONE_PASS(4, "a one-pass signature"),
    SECRET_KEY(5, "a secret key"),
    PUBLIC_KEY(6, "a public key"),
    SECRET_SUBKEY(7, "a secret subkey"),
    COMPRESSED(8, "compressed data"),
    UNPROTECTED(9, "encrypted data without integrity protection"),
    MARKER(10, "a marker"),
    LITERAL(11, "literal data"),
    TRUST(12, "a trust packet"),
    USER_ID(13, "a user id"),
    PUBLIC_SUBKEY(14, "a public subkey"),
    USER_ATTRIBUTE(17, "a user attribute"),
    SEALED(18, "encrypted data"),
    INTEGRITY(19, "an integrity check"),
    AEAD(20, "data encrypted with AEAD"),
    OTHER(-1, "a packet of unknown type");

    private static final Tag[] BY_NUMBER = new Tag[64];

    static {
        Arrays.fill(BY_NUMBER, OTHER);
        for (Tag tag : values()) {
            if (tag != OTHER) {
                BY_NUMBER[tag.number] = tag;
            }
        }
    }

    private final int number;
    private final String noun;

    Tag(int number, String noun) {
        this.number = number;
        this.noun = noun;
    }

    /** The tag with this number, 0 to 63. */
    static Tag of(int number) {
        return BY_NUMBER[number];
    }

    int number() {
        return number;
    }

    /** Whether the packet may come in parts of unknown total (RFC 4880, 4.2.2.4). */
    boolean isStreamed() {
        return this == LITERAL || this == COMPRESSED || this == SEALED || this == UNPROTECTED || this == AEAD;
    }

    /** What it is, with an article, for messages. */
    @Override
    public String toString() {
        return noun;
    }
}
