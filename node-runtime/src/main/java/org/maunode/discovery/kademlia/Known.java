package org.maunode.discovery.kademlia;

import java.util.Objects;
import java.util.OptionalLong;
import org.maunode.identity.Contact;

/**
 * A line of the table.
 *
 * @param provedAt when it last answered a call of ours, in the engine's milliseconds; empty if not since the start
 * @param suspect whether its last call failed
 */
public record Known(Contact contact, OptionalLong provedAt, boolean suspect) {
    public Known {
        Objects.requireNonNull(contact);
        Objects.requireNonNull(provedAt);
    }
}
