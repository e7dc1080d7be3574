package org.maunode.http;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.LongSupplier;

/** One token bucket for each peer or origin that was seen lately. Thread-safe. */
final class Meters {
    /** Peers remembered; the one not seen for longest is forgotten, and may begin with a full bucket again. */
    static final int MAX_REMEMBERED = 1024;

    private final Limits.Rate rate;
    private final LongSupplier nanos;
    private final Map<Object, TokenBucket> buckets = new LinkedHashMap<>(16, 0.75f, true);

    Meters(Limits.Rate rate, LongSupplier nanos) {
        this.rate = rate;
        this.nanos = nanos;
    }

    /** Whether {@code who} may do it once more now. */
    boolean take(Object who) {
        return take(who, 1);
    }

    /** Whether {@code who} may have {@code count} of it now. */
    synchronized boolean take(Object who, long count) {
        long now = nanos.getAsLong();
        boolean taken =
                buckets.computeIfAbsent(who, w -> new TokenBucket(rate, now)).take(now, count);
        if (buckets.size() > MAX_REMEMBERED) {
            buckets.remove(buckets.keySet().iterator().next());
        }
        return taken;
    }

    /** What {@code who} took was for nothing. */
    synchronized void giveBack(Object who, long count) {
        Optional.ofNullable(buckets.get(who)).ifPresent(bucket -> bucket.giveBack(count));
    }

    synchronized int remembered() {
        return buckets.size();
    }
}
