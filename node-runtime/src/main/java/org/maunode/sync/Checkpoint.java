package org.maunode.sync;

import java.time.Instant;
import java.util.Objects;

/**
 * How far a peer's listing was followed: every file up to this time, by the peer's own clock, is here or was refused for
 * good. Only what truly arrived moves it.
 */
record Checkpoint(Instant reached) {
    /** Nothing was followed yet. */
    static final Checkpoint NONE = new Checkpoint(Instant.EPOCH);

    Checkpoint {
        Objects.requireNonNull(reached);
    }

    /** The later of the two. */
    Checkpoint advancedTo(Instant time) {
        return time.isAfter(reached) ? new Checkpoint(time) : this;
    }
}
