package org.maunode.discovery.kademlia;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/**
 * Tells a peer that is gone from a cable of ours that was pulled: what speaks against somebody counts only if somebody else
 * answers within {@value #WINDOW} ms. While nobody answers it is us, and nothing counts.
 */
final class Link {
    static final long WINDOW = 30_000;
    static final int MAX_PENDING = 64;

    /** What speaks against a node. */
    enum Charge {
        /** It did not answer. */
        SILENT,
        /** It told addresses that are none. Heard only if addresses of that kind work for us at all. */
        LIED
    }

    /** Addresses that work, or do not, together. */
    enum Family {
        IPV4,
        IPV6,
        NAME;

        static Family of(Place place) {
            if (place.named()) {
                return NAME;
            }
            return place.address().getHostString().indexOf(':') < 0 ? IPV4 : IPV6;
        }
    }

    record Pending(Id id, Charge charge, Family family, long at) {}

    private final Deque<Pending> pending = new ArrayDeque<>(0);
    private final Set<Family> working = EnumSet.noneOf(Family.class);

    void charge(Id id, Charge charge, Place place, long now) {
        if (pending.size() == MAX_PENDING) {
            pending.removeFirst();
        }
        pending.addLast(new Pending(id, charge, Family.of(place), now));
    }

    /** Somebody answered at {@code place}. Gives back what counts by that. */
    List<Pending> answered(Place place, long now) {
        working.add(Family.of(place));
        List<Pending> counted = new ArrayList<>();
        for (Pending one : pending) {
            boolean heard = one.charge == Charge.SILENT || working.contains(one.family);
            if (heard && now - one.at <= WINDOW) {
                counted.add(one);
            }
        }
        pending.clear();
        return counted;
    }
}
