package org.maunode.discovery.kademlia;

import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import org.maunode.identity.Fingerprint;

/** Nodes in the order of their ids, to find the nearest ones by looking at few. */
final class Ring {
    private final TreeMap<String, SimulatedPeer> byId = new TreeMap<>();

    void add(SimulatedPeer peer) {
        byId.put(peer.fingerprint.toString(), peer);
    }

    void remove(SimulatedPeer peer) {
        byId.remove(peer.fingerprint.toString());
    }

    boolean contains(Fingerprint fingerprint) {
        return byId.containsKey(fingerprint.toString());
    }

    /** The nearest by XOR: all that share the most leading hexadecimal digits with the target, until they are enough. */
    List<SimulatedPeer> nearest(Id target, int count) {
        String digits = target.fingerprint().toString();
        List<SimulatedPeer> found = new ArrayList<>();
        for (int shared = startingLength(); shared >= 0; shared--) {
            String prefix = digits.substring(0, shared);
            found = new ArrayList<>(byId.subMap(prefix, prefix + "g").values());
            if (found.size() >= count) {
                break;
            }
        }
        found.sort((a, b) -> target.compareDistances(a.id, b.id));
        return List.copyOf(found.subList(0, Math.min(count, found.size())));
    }

    /** Digits after which, with ids at random, about one is left. */
    private int startingLength() {
        return (int) Math.round(Math.log(1 + byId.size()) / Math.log(16));
    }

    List<SimulatedPeer> all() {
        return List.copyOf(byId.values());
    }

    int size() {
        return byId.size();
    }
}
