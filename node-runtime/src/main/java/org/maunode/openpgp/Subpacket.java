package org.maunode.openpgp;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * One statement inside a signature (RFC 4880, 5.2.3.1).
 *
 * @param isCritical whether a reader that does not know the type must refuse the signature
 */
record Subpacket(int type, boolean isCritical, byte[] data) {
    static final int CREATED = 2;
    static final int EXPIRES = 3;
    static final int KEY_EXPIRES = 9;
    static final int CIPHERS = 11;
    static final int ISSUER = 16;
    static final int NOTATION = 20;
    static final int HASHES = 21;
    static final int COMPRESSIONS = 22;
    static final int PRIMARY_USER_ID = 25;
    static final int KEY_FLAGS = 27;
    static final int FEATURES = 30;
    static final int EMBEDDED_SIGNATURE = 32;
    static final int ISSUER_FINGERPRINT = 33;
    static final int INTENDED_RECIPIENT = 35;

    private static final int CRITICAL = 0x80;

    /** Reads a whole area of subpackets. */
    static List<Subpacket> parseAll(byte[] area) {
        Octets octets = new Octets("a signature's subpacket", area);
        List<Subpacket> all = new ArrayList<>();
        while (octets.left() > 0) {
            all.add(parse(octets));
        }
        return List.copyOf(all);
    }

    private static Subpacket parse(Octets octets) {
        long length = length(octets);
        if (length < 1 || length > octets.left()) {
            throw OpenPgpException.malformed("a signature's subpacket has a wrong length");
        }
        int type = octets.u8();
        return new Subpacket(type & ~CRITICAL, (type & CRITICAL) != 0, octets.take((int) length - 1));
    }

    private static long length(Octets octets) {
        int first = octets.u8();
        if (first < 192) {
            return first;
        }
        return first < 255 ? (first - 192 << 8) + octets.u8() + 192 : octets.u32();
    }

    static Subpacket of(int type, int... data) {
        byte[] bytes = new byte[data.length];
        for (int i = 0; i < data.length; i++) {
            bytes[i] = (byte) data[i];
        }
        return new Subpacket(type, false, bytes);
    }

    /** A time, in seconds since 1970; critical, as every reader must know it. */
    static Subpacket ofTime(int type, long seconds) {
        return new Subpacket(
                type, true, ByteBuffer.allocate(4).putInt((int) seconds).array());
    }

    static Subpacket ofKeyId(long keyId) {
        return new Subpacket(
                ISSUER, false, ByteBuffer.allocate(8).putLong(keyId).array());
    }

    /** A fingerprint behind its key version, 4. */
    static Subpacket ofFingerprint(int type, byte[] fingerprint) {
        return new Subpacket(
                type,
                false,
                ByteBuffer.allocate(1 + fingerprint.length)
                        .put((byte) 4)
                        .put(fingerprint)
                        .array());
    }

    /** A binary notation (RFC 4880, 5.2.3.16). */
    static Subpacket ofNotation(String name, byte[] value) {
        byte[] nameBytes = name.getBytes(StandardCharsets.US_ASCII);
        return new Subpacket(
                NOTATION,
                false,
                ByteBuffer.allocate(8 + nameBytes.length + value.length)
                        .putInt(0)
                        .putShort((short) nameBytes.length)
                        .putShort((short) value.length)
                        .put(nameBytes)
                        .put(value)
                        .array());
    }

    /** The octets as they stand in the area; {@code data} has fewer than 191. */
    byte[] encoded() {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.write(1 + data.length);
        out.write(type | (isCritical ? CRITICAL : 0));
        out.writeBytes(data);
        return out.toByteArray();
    }

    Octets octets() {
        return new Octets("a signature's subpacket " + type, data);
    }
}
