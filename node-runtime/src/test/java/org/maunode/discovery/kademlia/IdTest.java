package org.maunode.discovery.kademlia;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import java.math.BigInteger;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.maunode.identity.Fingerprint;

/** KD-1. */
class IdTest {
    private final SplittableRandom random = new SplittableRandom(1);

    @Test
    void isItsFingerprintAndBack() {
        String text = "0123456789abcdef8899aabbccddeeff01234567";
        Id id = Id.of(Fingerprint.of(text));
        assertEquals(new Id(0x0123456789abcdefL, 0x8899aabbccddeeffL, 0x01234567), id);
        assertEquals(text, id.fingerprint().toString());
    }

    @Test
    void distancesAreThoseOfTheWholeNumbersByXor() {
        for (int i = 0; i < 10_000; i++) {
            Id from = Ids.random(random);
            Id a = Ids.near(from, random);
            Id b = Ids.near(from, random);
            int expected = number(from).xor(number(a)).compareTo(number(from).xor(number(b)));
            assertEquals(expected, Integer.signum(from.compareDistances(a, b)));
            assertEquals(0, from.compareDistances(a, a));
        }
    }

    @Test
    void sharedBitsAreTheLeadingZerosOfTheDistance() {
        for (int i = 0; i < 10_000; i++) {
            Id from = Ids.random(random);
            Id to = Ids.near(from, random);
            assertEquals(Id.BITS - number(from).xor(number(to)).bitLength(), from.sharedBits(to));
        }
        assertEquals(Id.BITS, new Id(1, 2, 3).sharedBits(new Id(1, 2, 3)));
    }

    @Test
    void aRandomIdSharesExactlyTheBitsAskedFor() {
        for (int bits = 0; bits < Id.BITS; bits++) {
            Id from = Ids.random(random);
            assertEquals(bits, from.sharedBits(from.randomSharing(bits, random)));
        }
        Id from = Ids.random(random);
        assertNotEquals(from.randomSharing(3, random), from.randomSharing(3, random));
    }

    private static BigInteger number(Id id) {
        return new BigInteger(1, id.fingerprint().bytes());
    }
}
