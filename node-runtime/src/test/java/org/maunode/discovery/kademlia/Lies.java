package org.maunode.discovery.kademlia;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.maunode.identity.Contact;

/** How a liar answers. All know all other liars and all honest nodes; none can prove a fingerprint that is not its own. */
final class Lies {
    /** What is told instead of the truth. */
    enum Kind {
        /** The nodes nearest to the target, and the target, at addresses where nobody is. */
        FALSE_ADDRESSES,
        /** The liars that are nearest to the target. */
        LIARS_ONLY,
        /** Fingerprints that nobody has, nearer to the target than anybody. */
        NOBODY,
        /** The target and two neighbours of it at the liar's own address, then liars. */
        VICTIMS_AT_MY_ADDRESS,
        /** As {@link #LIARS_ONLY}, and calls the nodes around a victim again and again, to be in all their tables. */
        ECLIPSE,
        /** Too much of everything: fifty fingerprints at one address. */
        CRUDE
    }

    final Kind kind;
    private final SimulatedNetwork network;
    private final SplittableRandom random;

    Lies(Kind kind, SimulatedNetwork network, SplittableRandom random) {
        this.kind = kind;
        this.network = network;
        this.random = random;
    }

    List<Contact> answer(SimulatedPeer self, Id target) {
        return switch (kind) {
            case FALSE_ADDRESSES -> falseAddresses(target);
            case LIARS_ONLY, ECLIPSE -> contacts(network.liars().nearest(target, Engine.K));
            case NOBODY -> nobody(target, Engine.K);
            case VICTIMS_AT_MY_ADDRESS -> atMyAddress(self, target);
            case CRUDE -> crude(self, target);
        };
    }

    private static List<Contact> contacts(List<SimulatedPeer> peers) {
        return peers.stream().map(SimulatedPeer::contact).toList();
    }

    private List<Contact> falseAddresses(Id target) {
        return network.everybody().nearest(target, Engine.K).stream()
                .map(peer -> new Contact(peer.fingerprint, network.emptyAddress(random)))
                .toList();
    }

    private List<Contact> nobody(Id target, int count) {
        List<Contact> contacts = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            Id near = target.randomSharing(network.depth() + random.nextInt(8), random);
            contacts.add(new Contact(near.fingerprint(), network.emptyAddress(random)));
        }
        return contacts;
    }

    private List<Contact> atMyAddress(SimulatedPeer self, Id target) {
        List<Contact> contacts = new ArrayList<>();
        for (SimulatedPeer victim : network.everybody().nearest(target, 3)) {
            contacts.add(new Contact(victim.fingerprint, self.contact().address()));
        }
        contacts.addAll(contacts(network.liars().nearest(target, Engine.K - contacts.size())));
        return contacts;
    }

    private List<Contact> crude(SimulatedPeer self, Id target) {
        return nobody(target, 50).stream()
                .map(contact ->
                        new Contact(contact.fingerprint(), self.contact().address()))
                .toList();
    }
}
