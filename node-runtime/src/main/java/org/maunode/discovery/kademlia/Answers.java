package org.maunode.discovery.kademlia;

import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import org.maunode.identity.Contact;

/** What may be made of an answer to find_peer. Nothing of it is believed; some of it is not even tried, or held against its sender. */
final class Answers {
    /** More contacts than any peer sends (api.yml: at most 160). */
    static final int MAX_CONTACTS = 160;
    /** Fingerprints at one address: a peer that changed its key makes two or three, who makes them up makes more. */
    static final int MAX_AT_ONE_ADDRESS = 3;
    /** How many bits farther than one should, a node may look before it is called a liar. */
    static final int MARGIN = 3;

    private Answers() {}

    /**
     * Whether no honest node would answer so: far too many contacts, many fingerprints at one address, or a full answer in which
     * everybody is farther from the target than the answerer's own neighbours.
     *
     * @param depth leading bits that the {@link Engine#K} nearest neighbours of a node have in common, as far as we know
     */
    static boolean isAbsurd(Id answerer, Id target, List<Contact> contacts, int depth) {
        return contacts.size() > MAX_CONTACTS || isCrowded(contacts) || isFar(answerer, target, contacts, depth);
    }

    private static boolean isCrowded(List<Contact> contacts) {
        Map<InetSocketAddress, Integer> perAddress = new HashMap<>();
        for (Contact contact : contacts) {
            if (perAddress.merge(contact.address(), 1, Integer::sum) > MAX_AT_ONE_ADDRESS) {
                return true;
            }
        }
        return false;
    }

    private static boolean isFar(Id answerer, Id target, List<Contact> contacts, int depth) {
        int expected = Math.min(answerer.sharedBits(target), depth) - MARGIN;
        return contacts.size() >= Engine.K
                && contacts.stream()
                        .allMatch(contact -> Id.of(contact.fingerprint()).sharedBits(target) < expected);
    }

    /**
     * Those worth a call: of the first {@link Engine#K}, each fingerprint once, at addresses
     * that the answerer may send us to; without ourselves, the answerer, and those we leave alone.
     *
     * @param passedOver the ids of those
     */
    static List<Told> usable(List<Contact> contacts, Teller teller, Reach reach, Predicate<Id> passedOver) {
        List<Told> usable = new ArrayList<>();
        Set<Id> seen = new HashSet<>();
        for (Contact contact : contacts.subList(0, Math.min(Engine.K, contacts.size()))) {
            Place place = Place.of(contact.address());
            Id id = Id.of(contact.fingerprint());
            if (place.admittedBy(reach) && !passedOver.test(id) && seen.add(id)) {
                usable.add(new Told(contact, place, reach, teller));
            }
        }
        return usable;
    }
}
