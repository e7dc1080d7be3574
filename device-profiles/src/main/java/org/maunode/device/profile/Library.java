package org.maunode.device.profile;

import java.util.Optional;

/** Where the profiles are that a profile may include. */
@FunctionalInterface
interface Library {
    /** The text of a profile, with a name that no other text has. */
    record Source(String id, byte[] utf8) {}

    /**
     * @return nothing if there is no such profile
     * @throws ProfileException if there is, and it cannot be read
     */
    Optional<Source> find(String name);
}
