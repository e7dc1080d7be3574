package org.maunode.sync;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class AllowanceTest {
    private static final long SECOND = Duration.ofSeconds(1).toNanos();

    @Test
    void asManyAtOnceAsTheLimitAndOneMoreEachWhile() {
        Allowance allowance = new Allowance(3, Duration.ofSeconds(10), 0);
        for (int i = 0; i < 3; i++) {
            assertTrue(allowance.take(0));
        }
        assertFalse(allowance.take(0));
        assertEquals(Duration.ofSeconds(10), allowance.untilNext(0));
        assertFalse(allowance.take(9 * SECOND));
        assertEquals(Duration.ofSeconds(1), allowance.untilNext(9 * SECOND));
        assertTrue(allowance.take(10 * SECOND));
        assertFalse(allowance.take(19 * SECOND));
        assertTrue(allowance.take(20 * SECOND));
    }

    @Test
    void whatIsNotTakenDoesNotPileUpAndTimesMayRunOver() {
        long end = Long.MAX_VALUE - SECOND;
        Allowance allowance = new Allowance(2, Duration.ofSeconds(10), end);
        long later = end + Duration.ofHours(5).toNanos();
        assertTrue(allowance.take(later));
        assertTrue(allowance.take(later));
        assertFalse(allowance.take(later));
    }
}
