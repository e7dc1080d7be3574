package org.maunode.store;

import java.time.Instant;

/** Times as the index keeps them: nanoseconds since 1970 in a long, cut off at 1677 and 2262. */
final class Nanos {
    private static final long PER_SECOND = 1_000_000_000;
    private static final Instant FIRST = instant(Long.MIN_VALUE);
    private static final Instant LAST = instant(Long.MAX_VALUE);

    private Nanos() {}

    static long of(Instant time) {
        if (time.compareTo(FIRST) <= 0) {
            return Long.MIN_VALUE;
        }
        if (time.compareTo(LAST) >= 0) {
            return Long.MAX_VALUE;
        }
        // Negative seconds with positive nanoseconds would leave the range on the way, though not at the end.
        return time.getEpochSecond() < 0
                ? (time.getEpochSecond() + 1) * PER_SECOND + (time.getNano() - PER_SECOND)
                : time.getEpochSecond() * PER_SECOND + time.getNano();
    }

    static Instant instant(long nanos) {
        return Instant.ofEpochSecond(Math.floorDiv(nanos, PER_SECOND), Math.floorMod(nanos, PER_SECOND));
    }
}
