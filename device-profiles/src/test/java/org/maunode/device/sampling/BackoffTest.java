package org.maunode.device.sampling;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import org.junit.jupiter.api.Test;

final class BackoffTest {
    private static Duration after(int failures, long periodSeconds) {
        return Backoff.after(failures, Duration.ofSeconds(periodSeconds));
    }

    @Test
    void isThePeriodWhileNothingFails() {
        assertEquals(Duration.ofSeconds(10), after(0, 10));
        assertEquals(Duration.ofSeconds(10), after(1, 10));
    }

    @Test
    void doublesWithEachFailureUpToAMinute() {
        assertEquals(Duration.ofSeconds(20), after(2, 10));
        assertEquals(Duration.ofSeconds(40), after(3, 10));
        assertEquals(Duration.ofSeconds(60), after(4, 10));
    }

    @Test
    void neverAsksMoreOftenThanThePeriod() {
        assertEquals(Duration.ofHours(24), after(1, 86_400));
        assertEquals(Duration.ofHours(24), after(7, 86_400));
    }

    @Test
    void neverShrinksAndNeverOverflows() {
        for (long period : new long[] {1, 7, 10, 86_400}) {
            for (int failures = 0; failures < 100; failures++) {
                assertTrue(after(failures, period).compareTo(after(failures + 1, period)) <= 0);
            }
            assertEquals(after(100, period), after(Integer.MAX_VALUE, period));
        }
    }
}
