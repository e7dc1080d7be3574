package org.maunode.ble.session;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Optional;
import java.util.zip.CRC32;

/**
 * The last three bytes of every frame: the low 24 bits of CRC-32 (zlib's) over a salt and the frame before them.
 *
 * <p>A frame whose check fails was not sent like this by the peer of this session: it was cut on the way, belongs to an earlier
 * session, was reflected, or a third party wrote it. It is dropped like a lost one. This is no protection against an attacker;
 * TLS above is.
 */
final class Check {
    static final int LENGTH = 3;
    static final int SHORTEST_FRAME = 1 + LENGTH;

    /** The check of greetings: no session to name yet. */
    static final Check GREETING = new Check(new byte[0]);

    private final byte[] salt;

    private Check(byte[] salt) {
        this.salt = salt;
    }

    /** The check of what {@code sender} sends in the session of these two identifiers. */
    static Check of(int centralId, int peripheralId, Side sender) {
        return new Check(ByteBuffer.allocate(9)
                .putInt(centralId)
                .putInt(peripheralId)
                .put((byte) sender.bit())
                .array());
    }

    /** The bytes to hand to the link. */
    byte[] seal(Frame frame) {
        return seal(frame.body());
    }

    byte[] seal(byte[] body) {
        int end = body.length;
        byte[] sealed = Arrays.copyOf(body, end + LENGTH);
        int value = over(sealed, end);
        sealed[end] = (byte) (value >> 16);
        sealed[end + 1] = (byte) (value >> 8);
        sealed[end + 2] = (byte) value;
        return sealed;
    }

    /** The frame without its check, or nothing if the check fails. */
    Optional<ByteBuffer> open(byte[] sealed) {
        int end = sealed.length - LENGTH;
        boolean intact = end >= 1 && over(sealed, end) == stated(sealed, end);
        return intact ? Optional.of(ByteBuffer.wrap(sealed, 0, end)) : Optional.empty();
    }

    private int over(byte[] bytes, int end) {
        CRC32 crc = new CRC32();
        crc.update(salt);
        crc.update(bytes, 0, end);
        return (int) crc.getValue() & 0xFFFFFF;
    }

    private static int stated(byte[] bytes, int at) {
        return (bytes[at] & 0xFF) << 16 | (bytes[at + 1] & 0xFF) << 8 | bytes[at + 2] & 0xFF;
    }
}
