package org.maunode.discovery.kademlia;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/**
 * Who is called back, and how often: a caller can send us to an address of its choice, so that is rationed. One call-back at a
 * time to one fingerprint; in a minute so many for one origin, for names, and in all.
 */
final class CallBacks {
    static final int PER_ORIGIN = 10;
    static final int TO_NAMES = 10;
    static final int IN_ALL = 120;
    static final long MINUTE = 60_000;

    private final Set<Id> out = new HashSet<>(0);
    private final Map<Prefix, Integer> perOrigin = new HashMap<>(0);
    private long minuteEnds = Long.MIN_VALUE;
    private int names;
    private int all;

    /** Whether {@code id} may be called back at {@code place} now; counts it if so, until {@link #over}. */
    boolean begin(Id id, Prefix origin, Place place, long now) {
        roll(now);
        boolean local = origin.kind() == Prefix.Kind.LOOPBACK;
        boolean full = all >= IN_ALL
                || place.named() && names >= TO_NAMES
                || !local && perOrigin.getOrDefault(origin, 0) >= PER_ORIGIN;
        if (full || !out.add(id)) {
            return false;
        }
        all++;
        names += place.named() ? 1 : 0;
        perOrigin.merge(origin, 1, Integer::sum);
        return true;
    }

    private void roll(long now) {
        if (now >= minuteEnds) {
            minuteEnds = now + MINUTE;
            perOrigin.clear();
            names = 0;
            all = 0;
        }
    }

    void over(Id id) {
        out.remove(id);
    }
}
