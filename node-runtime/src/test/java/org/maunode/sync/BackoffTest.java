package org.maunode.sync;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class BackoffTest {
    private static final Backoff BACKOFF = new Backoff(Duration.ofSeconds(5), Duration.ofMinutes(15));

    @Test
    void doublesUpToItsLimitAndSpreadsByAQuarterAtMost() {
        Random random = new Random(11);
        for (int failures = 1; failures < 100; failures++) {
            double expected = Math.min(5.0 * Math.pow(2, failures - 1.0), 900);
            double wait = BACKOFF.after(failures, random).toMillis() / 1000.0;
            assertTrue(wait >= expected * 0.74 && wait <= expected * 1.26, failures + " failures: " + wait);
        }
    }

    @Test
    void twoBoardsThatLostPowerTogetherDoNotComeBackTogether() {
        Random random = new Random(3);
        long different = IntStream.range(0, 100)
                .mapToObj(i -> BACKOFF.after(5, random))
                .distinct()
                .count();
        assertTrue(different > 90);
    }

    @Test
    void survivesCountsThatNobodyReaches() {
        assertTrue(BACKOFF.after(Integer.MAX_VALUE, new Random(1)).toMinutes() <= 19);
        assertEquals(5, BACKOFF.after(1, new Random(1)).toSeconds(), 2);
    }
}
