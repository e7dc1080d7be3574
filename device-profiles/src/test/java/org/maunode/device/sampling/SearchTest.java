package org.maunode.device.sampling;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

final class SearchTest {
    private static final Instant START = Instant.parse("2026-11-23T08:15:00Z");

    @Test
    void looksAgainAfterQuarterOfAMinuteAndThenMoreAndMoreSeldom() {
        Search search = Search.begun(START);
        assertEquals(Duration.ofSeconds(15), search.untilDue(START));
        assertEquals(Duration.ofSeconds(5), search.untilDue(START.plusSeconds(10)));
        Instant now = START.plusSeconds(15);
        for (long seconds : new long[] {30, 60, 120, 240, 300, 300}) {
            search = search.missed(now);
            assertEquals(Duration.ofSeconds(seconds), search.untilDue(now));
        }
    }

    @Test
    void looksAtOnceWhenItIsLateAndWhenTheClockWasSetBack() {
        Search search = Search.begun(START);
        assertEquals(Duration.ZERO, search.untilDue(START.plus(Duration.ofDays(3650))));
        assertEquals(Duration.ZERO, search.untilDue(START.minusSeconds(1)));
    }
}
