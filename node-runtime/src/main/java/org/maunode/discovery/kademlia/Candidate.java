package org.maunode.discovery.kademlia;

/** A node that one path of a lookup may ask. */
final class Candidate {
    /** {@code WAITING -> ASKED -> ANSWERED}, or back to {@code WAITING} while another address is left to try. */
    enum State {
        WAITING,
        ASKED,
        ANSWERED
    }

    final Id id;
    final Path path;
    final Addresses addresses = new Addresses(1);
    private State state = State.WAITING;

    Candidate(Id id, Path path) {
        this.id = id;
        this.path = path;
    }

    boolean is(State which) {
        return state == which;
    }

    void become(State next) {
        state = next;
    }
}
