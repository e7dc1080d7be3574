package org.maunode.discovery.kademlia;

import java.nio.ByteBuffer;
import java.util.random.RandomGenerator;
import org.maunode.identity.Fingerprint;

/** A fingerprint as a place in Kademlia's space: 160 bits, the first one the highest. */
record Id(long high, long middle, int low) {
    static final int BITS = 160;

    static Id of(Fingerprint fingerprint) {
        ByteBuffer bytes = ByteBuffer.wrap(fingerprint.bytes());
        return new Id(bytes.getLong(), bytes.getLong(), bytes.getInt());
    }

    Fingerprint fingerprint() {
        ByteBuffer bytes = ByteBuffer.allocate(Fingerprint.LENGTH);
        return Fingerprint.of(bytes.putLong(high).putLong(middle).putInt(low).array());
    }

    /** Written out: those that Java makes for records cost a tenth of a simulation. */
    @Override
    public boolean equals(Object other) {
        return other instanceof Id that && high == that.high && middle == that.middle && low == that.low;
    }

    @Override
    public int hashCode() {
        return Long.hashCode(high ^ middle) ^ low;
    }

    /** How many leading bits both have in common; {@value #BITS} if they are the same. */
    int sharedBits(Id other) {
        if (high != other.high) {
            return Long.numberOfLeadingZeros(high ^ other.high);
        }
        if (middle != other.middle) {
            return Long.SIZE + Long.numberOfLeadingZeros(middle ^ other.middle);
        }
        return 2 * Long.SIZE + Integer.numberOfLeadingZeros(low ^ other.low);
    }

    /** Negative if {@code a} is nearer to this than {@code b} by XOR, positive if farther, 0 if they are the same. */
    int compareDistances(Id a, Id b) {
        if (a.high != b.high) {
            return Long.compareUnsigned(high ^ a.high, high ^ b.high);
        }
        if (a.middle != b.middle) {
            return Long.compareUnsigned(middle ^ a.middle, middle ^ b.middle);
        }
        return Integer.compareUnsigned(low ^ a.low, low ^ b.low);
    }

    /** One at random of those that share exactly {@code bits} leading bits with this; {@code bits} below {@value #BITS}. */
    Id randomSharing(int bits, RandomGenerator random) {
        long noiseHigh = random.nextLong();
        long noiseMiddle = random.nextLong();
        int noiseLow = random.nextInt();
        return new Id(differing(high, noiseHigh, bits), differing(middle, noiseMiddle, bits - Long.SIZE), (int)
                (differing((long) low << Integer.SIZE, (long) noiseLow << Integer.SIZE, bits - 2 * Long.SIZE)
                        >>> Integer.SIZE));
    }

    /** {@code bits} leading ones of {@code word}, the next one inverted, then noise. */
    private static long differing(long word, long noise, int bits) {
        if (bits >= Long.SIZE) {
            return word;
        }
        if (bits < 0) {
            return noise;
        }
        long first = 1L << (Long.SIZE - 1 - bits);
        long below = first - 1;
        return word & ~below & ~first | ~word & first | noise & below;
    }
}
