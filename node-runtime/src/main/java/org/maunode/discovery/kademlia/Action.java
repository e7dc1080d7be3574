package org.maunode.discovery.kademlia;

import org.maunode.identity.Contact;
import org.maunode.identity.Fingerprint;

/** What the engine wants done. A call is ended by exactly one {@code answered} or {@code failed} with its number. */
public sealed interface Action {
    /** Call {@code to}, and have TLS prove that it is the one. */
    record Ping(long call, Contact to) implements Action {}

    /** Call {@code to}, have TLS prove that it is the one, and ask who is nearest to {@code target}. */
    record Ask(long call, Contact to, Fingerprint target) implements Action {}

    /** Said of a lookup that still goes on: the target answered at this address. */
    record Found(long lookup, Contact contact) implements Action {}

    /** The lookup is over. Nothing more is said of it. */
    record Finished(long lookup, boolean found) implements Action {}

    /** The table is worth saving. */
    record Changed() implements Action {}
}
