package org.maunode.discovery.router;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.time.Instant;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.maunode.discovery.router.RouterException.Reason;

class LeaseTest {
    private static final Instant NOW = Instant.EPOCH.plusSeconds(77);

    private final Random random = new Random(6887);

    private Lease granted(long seconds) {
        return Lease.granted(NOW, Duration.ofSeconds(seconds), random);
    }

    private static void assertWithin(long least, long most, Instant time) {
        long seconds = Duration.between(NOW, time).toSeconds();
        assertTrue(least <= seconds && seconds <= most, seconds + " s");
    }

    /** RT-20. */
    @Test
    void renewalIsBetweenHalfAndFiveEighths() {
        for (int i = 0; i < 1000; i++) {
            assertWithin(1800, 2250, granted(3600).renewAt());
        }
    }

    /** RT-20. */
    @Test
    void afterAFailureHalfOfTheRestIsWaitedButFourSecondsAtLeast() {
        Lease lease = granted(3600);
        Instant late = NOW.plusSeconds(2000);
        assertEquals(late.plusSeconds(800), lease.failed(late).renewAt());
        Instant last = NOW.plusSeconds(3599);
        assertEquals(last.plusSeconds(4), lease.failed(last).renewAt());
        assertEquals(lease.end(), lease.failed(last).end());
    }

    /** RT-21. */
    @Test
    void shortLeasesAreRefusedAndLongOnesAreCut() {
        assertWithin(8, 8, granted(8).end());
        Failing.with(Reason.REFUSED, () -> granted(7));
        Failing.with(Reason.REFUSED, () -> granted(0));
        assertWithin(86_400, 86_400, granted(86_400).end());
        assertWithin(86_400, 86_400, granted(86_401).end());
        assertWithin(86_400, 86_400, granted(0xFFFF_FFFFL).end());
    }

    /** RT-22. */
    @Test
    void aLeaseIsOverAtItsEnd() {
        assertFalse(granted(100).isOver(NOW.plusMillis(99_999)));
        assertTrue(granted(100).isOver(NOW.plusSeconds(100)));
    }

    /** RT-23. */
    @Test
    void doubtBringsRenewalForwardButNotWithinTenSecondsOfTheLast() {
        for (int i = 0; i < 1000; i++) {
            assertWithin(
                    10, 10, granted(3600).doubted(NOW.plusSeconds(3), random).renewAt());
            assertWithin(
                    100,
                    105,
                    granted(3600).doubted(NOW.plusSeconds(100), random).renewAt());
        }
        Lease due = granted(20);
        assertEquals(due, due.doubted(due.renewAt().minusMillis(1).plusSeconds(5), random));
    }

    /** RT-5. */
    @Test
    void retriesAreDoubledFromAMinuteToTwoHoursAndSpread() {
        for (int failures = 1; failures < 100; failures++) {
            long seconds = Retries.after(failures, random).toSeconds();
            long whole = Math.min(7200, 60L << Math.min(failures - 1, 16));
            assertTrue(seconds >= whole * 3 / 4 - 1 && seconds <= whole * 5 / 4, failures + ": " + seconds);
        }
    }

    @Test
    void aPlanWantsARealPort() {
        MappingNonce nonce = MappingNonce.of(new byte[0]);
        new MappingPlan(1, nonce);
        new MappingPlan(65_535, nonce);
        assertThrows(IllegalArgumentException.class, () -> new MappingPlan(0, nonce));
        assertThrows(IllegalArgumentException.class, () -> new MappingPlan(65_536, nonce));
    }
}
