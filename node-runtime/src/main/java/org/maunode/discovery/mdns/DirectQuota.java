package org.maunode.discovery.mdns;

import java.util.concurrent.TimeUnit;

/** How many answers by unicast may still be sent: a forged asker must not make this peer shower somebody. Pure. */
final class DirectQuota {
    private static final long NANOS_EACH = TimeUnit.SECONDS.toNanos(1) / Limits.DIRECT_PER_SECOND;
    private static final long FULL = NANOS_EACH * Limits.DIRECT_BURST;

    private long saved = FULL;
    private long countedAt;

    boolean take(long now) {
        saved = Math.min(FULL, saved + now - countedAt);
        countedAt = now;
        if (saved < NANOS_EACH) {
            return false;
        }
        saved -= NANOS_EACH;
        return true;
    }
}
