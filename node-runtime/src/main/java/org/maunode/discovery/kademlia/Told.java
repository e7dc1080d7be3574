package org.maunode.discovery.kademlia;

import org.maunode.identity.Contact;

/** An address of a node, as somebody told it; and how many tell the same. */
final class Told {
    private final Contact contact;
    private final Place place;
    private final Reach reach;
    private final Teller teller;
    private int tellers = 1;
    private int tries;
    private boolean out;

    /** @param reach what the name, if it is one, may resolve to */
    Told(Contact contact, Place place, Reach reach, Teller teller) {
        this.contact = contact;
        this.place = place;
        this.reach = reach;
        this.teller = teller;
    }

    /** From our own table. */
    static Told known(Node node) {
        return new Told(node.contact(), node.place(), node.reach(), Teller.TABLE);
    }

    void toldAgain() {
        tellers++;
    }

    int tellers() {
        return tellers;
    }

    /** It is called now. */
    void called() {
        tries++;
        out = true;
    }

    /** The call is over. */
    void landed() {
        out = false;
    }

    /** Somebody else is there. */
    void refuted() {
        tries = Integer.MAX_VALUE;
    }

    int tries() {
        return tries;
    }

    boolean isOut() {
        return out;
    }

    Contact contact() {
        return contact;
    }

    Place place() {
        return place;
    }

    Reach reach() {
        return reach;
    }

    /** Who told it first. */
    Teller teller() {
        return teller;
    }
}
