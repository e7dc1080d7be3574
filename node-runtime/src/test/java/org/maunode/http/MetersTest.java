package org.maunode.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

/** Measures: buckets, meters, quotas and origins. */
final class MetersTest {
    private final AtomicLong now = new AtomicLong(Long.MAX_VALUE - 5);

    @Test
    void aBucketGivesItsBurstAndThenWhatFlowsIn() {
        Meters meters = new Meters(new Limits.Rate(3, 2), now::get);
        for (int i = 0; i < 3; i++) {
            assertTrue(meters.take("a"));
        }
        assertFalse(meters.take("a"));
        now.addAndGet(TimeUnit.MILLISECONDS.toNanos(499));
        assertFalse(meters.take("a"));
        now.addAndGet(TimeUnit.MILLISECONDS.toNanos(2));
        assertTrue(meters.take("a"));
        assertFalse(meters.take("a"));
    }

    @Test
    void aBucketNeverHoldsMoreThanItsBurst() {
        Meters meters = new Meters(new Limits.Rate(2, 1000), now::get);
        assertTrue(meters.take("a"));
        now.addAndGet(TimeUnit.DAYS.toNanos(1));
        assertTrue(meters.take("a"));
        assertTrue(meters.take("a"));
        assertFalse(meters.take("a"));
    }

    @Test
    void onePeersHasteIsNotAnothers() {
        Meters meters = new Meters(new Limits.Rate(1, 0), now::get);
        assertTrue(meters.take("a"));
        assertFalse(meters.take("a"));
        assertTrue(meters.take("b"));
    }

    @Test
    void noMorePeersAreRememberedThanTheLimit() {
        Meters meters = new Meters(new Limits.Rate(1, 0), now::get);
        for (int i = 0; i <= Meters.MAX_REMEMBERED; i++) {
            meters.take(i);
        }
        assertEquals(Meters.MAX_REMEMBERED, meters.remembered());
        assertFalse(meters.take(1), "the second is still known");
        assertTrue(meters.take(0), "the first is forgotten");
    }

    @Test
    void aQuotaHasSoManyPlacesInAllAndForOne() {
        Quota quota = new Quota(3, 2);
        Quota.Place first = quota.take("a").orElseThrow();
        assertTrue(quota.take("a").isPresent());
        assertEquals(Optional.empty(), quota.take("a"));
        assertTrue(quota.take("b").isPresent());
        assertEquals(Optional.empty(), quota.take("b"));
        first.close();
        first.close();
        assertEquals(2, quota.taken());
        assertTrue(quota.take("b").isPresent());
        assertEquals(Optional.empty(), quota.take("c"));
    }

    @Test
    void anOriginIsAnAddressOrANetworkOfVersion6() throws UnknownHostException {
        assertEquals(origin("192.0.2.1"), origin("192.0.2.1"));
        assertNotEquals(origin("192.0.2.1"), origin("192.0.2.2"));
        assertEquals(origin("2001:db8::1"), origin("2001:db8::ffff:1"));
        assertNotEquals(origin("2001:db8::1"), origin("2001:db8:0:1::1"));
        assertNotEquals(origin("::1"), origin("0.0.0.0"));
    }

    private static Origin origin(String address) throws UnknownHostException {
        return Origin.of(InetAddress.getByName(address));
    }
}
