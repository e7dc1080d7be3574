package org.maunode.discovery.kademlia;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.maunode.identity.Contact;
import org.maunode.identity.Fingerprint;

/** One lookup that is measured. */
final class Probe {
    private final SimulatedPeer target;
    private final long started;
    private final Map<Contact, Integer> depths = new HashMap<>();
    private final Consumer<Probe> over;
    private long number = -1;
    private int messages;
    private int hops;
    private long took;
    private boolean found;

    /** @param over called when the lookup has finished */
    Probe(SimulatedPeer target, long started, Consumer<Probe> over) {
        this.target = target;
        this.started = started;
        this.over = over;
    }

    SimulatedPeer target() {
        return target;
    }

    long started() {
        return started;
    }

    void begin(long lookup) {
        number = lookup;
    }

    void pinged(Contact to) {
        messages += to.fingerprint().equals(target.fingerprint) ? 1 : 0;
    }

    void asked(Fingerprint wanted) {
        messages += wanted.equals(target.fingerprint) ? 1 : 0;
    }

    /** Whoever was told by a node at depth n is at depth n + 1; those of our own table are at 0. */
    void heard(Fingerprint wanted, Contact from, List<Contact> contacts) {
        if (wanted.equals(target.fingerprint)) {
            int depth = depths.getOrDefault(from, 0) + 1;
            contacts.forEach(contact -> depths.putIfAbsent(contact, depth));
        }
    }

    void found(long lookup, Contact where, long now) {
        if (lookup == number) {
            found = true;
            hops = depths.getOrDefault(where, 0);
            took = now - started;
        }
    }

    boolean finished(long lookup, long now) {
        if (lookup != number) {
            return false;
        }
        took = now - started;
        over.accept(this);
        return true;
    }

    /** Whether anybody told where the target is. */
    boolean wasTold() {
        return depths.containsKey(target.contact());
    }

    boolean isFound() {
        return found;
    }

    int messages() {
        return messages;
    }

    int hops() {
        return hops;
    }

    long took() {
        return took;
    }
}
