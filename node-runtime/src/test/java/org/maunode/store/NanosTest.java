package org.maunode.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Instant;
import java.util.Random;
import org.junit.jupiter.api.Test;

final class NanosTest {
    @Test
    void everyLongIsATimeAndBack() {
        Random random = new Random(1);
        for (int i = 0; i < 10_000; i++) {
            long nanos = random.nextLong();
            assertEquals(nanos, Nanos.of(Nanos.instant(nanos)));
        }
        for (long nanos :
                new long[] {Long.MIN_VALUE, Long.MIN_VALUE + 1, -1, 0, 1, Long.MAX_VALUE - 1, Long.MAX_VALUE}) {
            assertEquals(nanos, Nanos.of(Nanos.instant(nanos)));
        }
    }

    @Test
    void timesOutOfRangeAreCutOff() {
        assertEquals(Long.MIN_VALUE, Nanos.of(Instant.MIN));
        assertEquals(Long.MAX_VALUE, Nanos.of(Instant.MAX));
        assertEquals(Long.MAX_VALUE, Nanos.of(Instant.parse("2262-04-11T23:47:16.854775808Z")));
        assertEquals(Long.MIN_VALUE, Nanos.of(Instant.parse("0001-01-01T00:00:00Z")));
    }

    @Test
    void orderIsKept() {
        assertTrue(Nanos.of(Instant.parse("1969-12-31T23:59:59.999999999Z")) < Nanos.of(Instant.EPOCH));
        assertEquals(-1, Nanos.of(Instant.parse("1969-12-31T23:59:59.999999999Z")));
    }
}
