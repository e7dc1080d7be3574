package org.maunode.discovery.kademlia;

/** A node that answered within a lookup, weighed by what became of the addresses it told. */
final class Teller {
    /** After so many false addresses and not a true one, nothing more of a teller is tried. */
    static final int MAX_FALSE = 6;

    /** Our own table: it may be out of date, but it does not lie. */
    static final Teller TABLE = new Teller(new Id(0, 0, 0), true);

    private final Id id;
    private final boolean trusted;
    private int truths;
    private int falsehoods;

    private Teller(Id id, boolean trusted) {
        this.id = id;
        this.trusted = trusted;
    }

    Teller(Id id) {
        this(id, false);
    }

    Id id() {
        return id;
    }

    void toldTrue() {
        truths += trusted ? 0 : 1;
    }

    /** Whether it is exposed by this. */
    boolean toldFalse() {
        falsehoods += trusted ? 0 : 1;
        return isExposed() && falsehoods == MAX_FALSE;
    }

    /** 0 for one worth listening to; more for each false address that no true one makes up for. */
    int doubt() {
        return Math.max(0, falsehoods - truths);
    }

    boolean isExposed() {
        return truths == 0 && falsehoods >= MAX_FALSE;
    }
}
