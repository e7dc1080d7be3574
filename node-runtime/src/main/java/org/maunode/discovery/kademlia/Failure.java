package org.maunode.discovery.kademlia;

/** Why a call came to nothing. */
public enum Failure {
    /** Nobody answered: refused, timed out, broken off. */
    UNREACHABLE,
    /** Somebody else answered. */
    WRONG_IDENTITY,
    /** The right peer answered with what the protocol does not allow. */
    MISBEHAVED,
    /** The right peer answered, but takes no part in the network. */
    NOT_SUPPORTED
}
