package org.maunode.openpgp;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.bouncycastle.crypto.Digest;
import org.bouncycastle.crypto.digests.SHA256Digest;

/**
 * The author's word, inside the signature, on the envelope that the message was put in: a notation with the SHA-256 of all
 * session key packets, in order, written with new headers. A recipient can verify no session key but his own; with this no
 * octet of the envelope can change unseen, and nobody who read a message can seal it for somebody else in the author's
 * name. Messages without it are read too: no other program writes it.
 */
final class EnvelopeBinding {
    static final String NAME = "envelope@maunode.org";
    private static final byte[] NAME_BYTES = NAME.getBytes(StandardCharsets.US_ASCII);
    private static final int NAME_OFFSET = 8;

    private EnvelopeBinding() {}

    /** @param sessionKeyPackets all of them, headers included; empty for a public message */
    static Subpacket of(byte[] sessionKeyPackets) {
        Digest digest = new SHA256Digest();
        digest.update(sessionKeyPackets, 0, sessionKeyPackets.length);
        byte[] sum = new byte[digest.getDigestSize()];
        digest.doFinal(sum, 0);
        return Subpacket.ofNotation(NAME, sum);
    }

    /** Whether this is a notation of that name, whatever its value. */
    static boolean isBinding(Subpacket s) {
        int end = NAME_OFFSET + NAME_BYTES.length;
        return s.type() == Subpacket.NOTATION
                && s.data().length >= end
                && Arrays.equals(s.data(), NAME_OFFSET, end, NAME_BYTES, 0, NAME_BYTES.length);
    }
}
