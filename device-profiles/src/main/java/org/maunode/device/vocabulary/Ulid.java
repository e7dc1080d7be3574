package org.maunode.device.vocabulary;

import java.math.BigInteger;
import java.time.Instant;
import java.util.random.RandomGenerator;
import java.util.regex.Pattern;

/**
 * A name that nobody else gives and that sorts by time: 48 bits of milliseconds since 1970 and 80 random ones, as 26 digits
 * of Crockford's base 32 (github.com/ulid/spec).
 */
public record Ulid(String value) implements Comparable<Ulid> {
    public static final int LENGTH = 26;

    private static final Pattern FORM = Pattern.compile("[0-7][0-9A-HJKMNP-TV-Z]{25}");
    private static final String DIGITS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
    private static final int RANDOM_BITS = 80;
    private static final int DIGIT_BITS = 5;

    public Ulid {
        if (!isWellFormed(value)) {
            throw new IllegalArgumentException("not a ULID: " + value);
        }
    }

    /** Whether {@code value} is a ULID in upper case, the only form that is written. */
    public static boolean isWellFormed(String value) {
        return value.length() == LENGTH && FORM.matcher(value).matches();
    }

    /** A new one, for something that happens now. */
    public static Ulid at(Instant now, RandomGenerator random) {
        byte[] rest = new byte[RANDOM_BITS / Byte.SIZE];
        random.nextBytes(rest);
        BigInteger bits = BigInteger.valueOf(Math.max(0, now.toEpochMilli()))
                .shiftLeft(RANDOM_BITS)
                .or(new BigInteger(1, rest));
        char[] digits = new char[LENGTH];
        for (int i = LENGTH - 1; i >= 0; i--) {
            digits[i] = DIGITS.charAt(bits.intValue() & (1 << DIGIT_BITS) - 1);
            bits = bits.shiftRight(DIGIT_BITS);
        }
        return new Ulid(new String(digits));
    }

    @Override
    public int compareTo(Ulid other) {
        return value.compareTo(other.value);
    }

    @Override
    public String toString() {
        return value;
    }
}
