package org.maunode.runtime;

import java.util.Objects;
import org.maunode.device.WritePolicy;
import org.maunode.device.profile.Profile;

/**
 * What hangs on the machine.
 *
 * @param profile checked as a whole
 * @param writing how often what is measured is written
 */
record DeviceOptions(Profile profile, Board board, WritePolicy writing) {
    /** Where the wires end. */
    enum Board {
        /** At this machine's own chips and pins. */
        REAL,
        /** At a simulated one's: the drivers are the same. */
        SIMULATED
    }

    DeviceOptions {
        Objects.requireNonNull(profile);
        Objects.requireNonNull(board);
        Objects.requireNonNull(writing);
    }
}
