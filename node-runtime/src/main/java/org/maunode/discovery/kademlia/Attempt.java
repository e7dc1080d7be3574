package org.maunode.discovery.kademlia;

/** A call that a lookup wants made. */
sealed interface Attempt {
    Told told();

    /** Ask a node on a path who is nearest to the target. */
    record Step(Candidate candidate, Told told) implements Attempt {}

    /** Call the target itself where it is said to be. */
    record Knock(Told told) implements Attempt {}
}
