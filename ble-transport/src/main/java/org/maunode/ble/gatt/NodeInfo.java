package org.maunode.ble.gatt;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Objects;
import java.util.Optional;

/**
 * Who a node says that it is, before anything is proved: the value of {@link MauService#INFO} (BLE-GATT-10).
 *
 * <pre>
 *   version(1)  identity(20)  name(UTF-8, 0 to 64 bytes)
 * </pre>
 *
 * @param identity 20 bytes: what TLS is to prove; Mau calls it the fingerprint, in lower-case hexadecimal here
 * @param name for people; cut to {@link #LONGEST_NAME} bytes
 */
public record NodeInfo(String identity, String name) {
    /** The only version there is. */
    public static final int VERSION = 1;

    /** Bytes of an identity. */
    public static final int IDENTITY_BYTES = 20;

    /** Bytes of a name in UTF-8. */
    public static final int LONGEST_NAME = 64;

    /** Bytes of the identity that an advertisement has room for (BLE-GATT-21). */
    public static final int HINT_BYTES = 6;

    public NodeInfo {
        Objects.requireNonNull(name);
        if (HexFormat.of().parseHex(identity).length != IDENTITY_BYTES) {
            throw new IllegalArgumentException("an identity has " + IDENTITY_BYTES + " bytes, not as in " + identity);
        }
    }

    /** The first bytes of the identity, as hexadecimal: what an advertisement carries. */
    public String hint() {
        return hintOf(identity);
    }

    /** The hint that the node of this identity advertises. */
    public static String hintOf(String identity) {
        return identity.substring(0, 2 * HINT_BYTES);
    }

    /** The hint in an advertisement's manufacturer data; empty if that is something else. */
    public static Optional<String> hintIn(byte[] manufacturerData) {
        return Optional.of(manufacturerData)
                .filter(bytes -> bytes.length == HINT_BYTES)
                .map(HexFormat.of()::formatHex);
    }

    public byte[] encode() {
        byte[] shown = cut(name).getBytes(StandardCharsets.UTF_8);
        return ByteBuffer.allocate(1 + IDENTITY_BYTES + shown.length)
                .put((byte) VERSION)
                .put(HexFormat.of().parseHex(identity))
                .put(shown)
                .array();
    }

    /**
     * Reads what another node says of itself.
     *
     * @throws GattException with {@code NOT_A_NODE} if it is of another version or form
     */
    public static NodeInfo decode(byte[] value) {
        if (value.length < 1 + IDENTITY_BYTES || value.length > 1 + IDENTITY_BYTES + LONGEST_NAME) {
            throw new GattException(GattException.Reason.NOT_A_NODE, "its info has " + value.length + " bytes");
        }
        if (value[0] != VERSION) {
            throw new GattException(GattException.Reason.NOT_A_NODE, "it speaks version " + (value[0] & 0xff));
        }
        byte[] identity = Arrays.copyOfRange(value, 1, 1 + IDENTITY_BYTES);
        int start = 1 + IDENTITY_BYTES;
        return new NodeInfo(
                HexFormat.of().formatHex(identity),
                new String(value, start, value.length - start, StandardCharsets.UTF_8));
    }

    /** Never in the middle of a character. */
    private static String cut(String name) {
        int end = name.length();
        while (name.substring(0, end).getBytes(StandardCharsets.UTF_8).length > LONGEST_NAME) {
            end = name.offsetByCodePoints(end, -1);
        }
        return name.substring(0, end);
    }
}
