package org.maunode.device.profile;

import java.util.Objects;

/** Who may read what a channel publishes. */
public sealed interface Audience {
    /** Whoever may read the node: the profile leaves it to the options of the node that runs it. */
    record OfTheNode() implements Audience {}

    /** Signed, not sealed. */
    record Everyone() implements Audience {}

    /** Sealed for the members of a group. */
    record Members(GroupName group) implements Audience {
        public Members {
            Objects.requireNonNull(group);
        }
    }
}
