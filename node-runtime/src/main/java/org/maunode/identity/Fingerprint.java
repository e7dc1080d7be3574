package org.maunode.identity;

import java.util.Arrays;
import java.util.HexFormat;
import java.util.Objects;

/**
 * The name of a peer: the 160-bit OpenPGP v4 fingerprint of its primary key. Written in lower case, read in either
 * (specification, "Addressing"). Immutable.
 */
public final class Fingerprint implements Comparable<Fingerprint> {
    /** Bytes of a fingerprint. */
    public static final int LENGTH = 20;

    private static final HexFormat HEX = HexFormat.of();
    private final byte[] bytes;

    private Fingerprint(byte[] bytes) {
        this.bytes = bytes;
    }

    /**
     * Reads 40 hexadecimal digits, upper or lower case.
     *
     * @throws InvalidNameException if {@code text} is anything else
     */
    public static Fingerprint of(String text) {
        Objects.requireNonNull(text);
        if (text.length() != 2 * LENGTH || !text.chars().allMatch(HexFormat::isHexDigit)) {
            throw new InvalidNameException("fingerprint", text, "is not 40 hexadecimal digits");
        }
        return new Fingerprint(HEX.parseHex(text));
    }

    /** Takes a copy of exactly {@value #LENGTH} bytes. */
    public static Fingerprint of(byte[] bytes) {
        if (bytes.length != LENGTH) {
            throw new InvalidNameException("fingerprint", HEX.formatHex(bytes), "is not 20 bytes");
        }
        return new Fingerprint(bytes.clone());
    }

    /** Whether {@link #of(String)} would accept {@code text}. */
    public static boolean isWellFormed(String text) {
        return text.length() == 2 * LENGTH && text.chars().allMatch(HexFormat::isHexDigit);
    }

    /** A copy of the {@value #LENGTH} bytes. */
    public byte[] bytes() {
        return bytes.clone();
    }

    /** The OpenPGP key id: the last eight bytes, big-endian (RFC 4880, 12.2). */
    public long keyId() {
        long id = 0;
        for (int i = LENGTH - Long.BYTES; i < LENGTH; i++) {
            id = id << Byte.SIZE | bytes[i] & 0xff;
        }
        return id;
    }

    @Override
    public int compareTo(Fingerprint other) {
        return Arrays.compareUnsigned(bytes, other.bytes);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Fingerprint that && Arrays.equals(bytes, that.bytes);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(bytes);
    }

    /** The 40 hexadecimal digits in lower case. */
    @Override
    public String toString() {
        return HEX.formatHex(bytes);
    }
}
