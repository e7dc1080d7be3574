package org.maunode.discovery.kademlia;

import java.util.LinkedHashMap;
import java.util.Map;

/** Nodes that are left alone for a while: they misbehaved, or take no part in the network. */
final class Shunned {
    static final int MAX = 256;
    static final long SPAN = 3_600_000;

    private final Map<Id, Long> until = new LinkedHashMap<>(0);

    void add(Id id, long now) {
        until.remove(id);
        if (until.size() == MAX) {
            until.remove(until.keySet().iterator().next());
        }
        until.put(id, now + SPAN);
    }

    boolean contains(Id id, long now) {
        Long end = until.get(id);
        if (end != null && end <= now) {
            until.remove(id);
            return false;
        }
        return end != null;
    }

    int size() {
        return until.size();
    }
}
