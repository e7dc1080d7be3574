package org.maunode.sync;

import java.time.Duration;
import java.time.Instant;
import java.util.Objects;

/**
 * How far a listing was followed: every file up to {@code reached}, by the clock of the peer that listed it, is here or was
 * refused for good. Only what truly arrived moves it.
 *
 * <p>Clocks of boards jump, ours and theirs, and a file whose time lies before the checkpoint for that reason would be
 * hidden by it. So a checkpoint is believed for a day, and only if it lies in our past.
 *
 * @param whole when a listing was last begun from its very beginning, by our clock
 */
record Checkpoint(Instant reached, Instant whole) {
    /** Nothing was followed yet. */
    static final Checkpoint NONE = new Checkpoint(Instant.EPOCH, Instant.MIN);

    /** How long what some clock hid may stay hidden. */
    static final Duration BELIEVED = Duration.ofDays(1);

    Checkpoint {
        Objects.requireNonNull(reached);
        Objects.requireNonNull(whole);
    }

    /** The beginning of a listing that begins now. */
    static Checkpoint startingAt(Instant now) {
        return new Checkpoint(Instant.EPOCH, now);
    }

    /** The later of the two. */
    Checkpoint advancedTo(Instant time) {
        return time.isAfter(reached) ? new Checkpoint(time, whole) : this;
    }

    /** Whether a listing may begin here. */
    boolean isBelievable(Instant now) {
        return !reached.isAfter(now)
                && !whole.isAfter(now)
                && whole.isAfter(now.minus(BELIEVED))
                && reached.isAfter(Instant.EPOCH);
    }
}
