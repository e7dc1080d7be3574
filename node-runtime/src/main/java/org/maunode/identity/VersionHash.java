package org.maunode.identity;

import java.math.BigInteger;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Objects;

/**
 * The name of one version of a file: the SHA-256 of its bytes as they lie on disk. Written as 64 lower-case hexadecimal
 * digits; read also in upper case, with {@code .pgp} behind, and as the base58 multihash of the specification's example.
 */
public final class VersionHash {
    /** Bytes of a hash. */
    public static final int LENGTH = 32;

    private static final HexFormat HEX = HexFormat.of();
    private static final String BASE58 = "123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz";
    /** Base58 digits of a 34-byte multihash: two bytes say "SHA-256, 32 bytes". */
    private static final int MULTIHASH_DIGITS = 46;

    private static final byte MULTIHASH_SHA2_256 = 0x12;
    private final byte[] bytes;

    private VersionHash(byte[] bytes) {
        this.bytes = bytes;
    }

    /** Takes a copy of exactly {@value #LENGTH} bytes. */
    public static VersionHash of(byte[] bytes) {
        if (bytes.length != LENGTH) {
            throw new InvalidNameException("version", HEX.formatHex(bytes), "is not 32 bytes");
        }
        return new VersionHash(bytes.clone());
    }

    /**
     * Reads any of the forms in use.
     *
     * @throws InvalidNameException if {@code text} is none of them
     */
    public static VersionHash of(String text) {
        Objects.requireNonNull(text);
        String bare =
                text.endsWith(FileName.SUFFIX) ? text.substring(0, text.length() - FileName.SUFFIX.length()) : text;
        if (bare.length() == 2 * LENGTH && bare.chars().allMatch(HexFormat::isHexDigit)) {
            return new VersionHash(HEX.parseHex(bare));
        }
        if (bare.length() == MULTIHASH_DIGITS && bare.chars().allMatch(c -> BASE58.indexOf(c) >= 0)) {
            return ofMultihash(bare);
        }
        throw new InvalidNameException("version", text, "is not a SHA-256 in hexadecimal or base58");
    }

    private static VersionHash ofMultihash(String text) {
        BigInteger number = BigInteger.ZERO;
        for (int i = 0; i < text.length(); i++) {
            number = number.multiply(BigInteger.valueOf(58)).add(BigInteger.valueOf(BASE58.indexOf(text.charAt(i))));
        }
        byte[] multihash = number.toByteArray();
        if (multihash.length != LENGTH + 2 || multihash[0] != MULTIHASH_SHA2_256 || multihash[1] != LENGTH) {
            throw new InvalidNameException("version", text, "is not the multihash of a SHA-256");
        }
        return new VersionHash(Arrays.copyOfRange(multihash, 2, multihash.length));
    }

    /** A copy of the {@value #LENGTH} bytes. */
    public byte[] bytes() {
        return bytes.clone();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof VersionHash that && Arrays.equals(bytes, that.bytes);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(bytes);
    }

    /** The 64 hexadecimal digits in lower case. */
    @Override
    public String toString() {
        return HEX.formatHex(bytes);
    }
}
