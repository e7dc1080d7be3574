package org.maunode.discovery.kademlia;

import java.util.OptionalLong;
import org.maunode.identity.Contact;

/** A node of the table: it answered a call of ours at this place, or is remembered from before a restart. */
final class Node {
    /** From so many failed calls in a row a node makes room for another. */
    static final int DEAD = 2;

    private static final long NEVER = Long.MIN_VALUE;

    final Id id;
    private Contact contact;
    private Place place;
    private Reach reach;
    private long provedAt;
    private int failures;

    private Node(Contact contact, Place place, Reach reach, long provedAt) {
        this.id = Id.of(contact.fingerprint());
        this.contact = contact;
        this.place = place;
        this.reach = reach;
        this.provedAt = provedAt;
    }

    static Node proved(Contact contact, Place place, Reach reach, long now) {
        return new Node(contact, place, reach, now);
    }

    static Node remembered(Contact contact, Place place) {
        return new Node(contact, place, Reach.of(place.scope()), NEVER);
    }

    /** Takes over what {@code later}, of the same id, shows. */
    void renew(Node later) {
        contact = later.contact;
        place = later.place;
        reach = later.reach;
        provedAt = later.provedAt;
        failures = 0;
    }

    void failed() {
        failures++;
    }

    Contact contact() {
        return contact;
    }

    Place place() {
        return place;
    }

    /** What names of this node may resolve to. */
    Reach reach() {
        return reach;
    }

    long provedAt() {
        return provedAt;
    }

    boolean isProved() {
        return provedAt != NEVER;
    }

    boolean provedWithin(long span, long now) {
        return isProved() && now - provedAt < span;
    }

    boolean isSuspect() {
        return failures > 0;
    }

    boolean isDead() {
        return failures >= DEAD;
    }

    Known known() {
        return new Known(contact, isProved() ? OptionalLong.of(provedAt) : OptionalLong.empty(), isSuspect());
    }
}
