package org.maunode.discovery.mdns;

import java.util.Objects;
import org.maunode.identity.Fingerprint;

/** Whether others on the network are told of this peer. */
public sealed interface Presence {
    /**
     * Announced, and answered for.
     *
     * @param port at which {@code self} serves, 1 to 65,535
     */
    record Announced(Fingerprint self, int port) implements Presence {
        private static final int MAX_PORT = 65_535;

        public Announced {
            Objects.requireNonNull(self);
            if (port < 1 || port > MAX_PORT) {
                throw new IllegalArgumentException("no port to announce: " + port);
            }
        }
    }

    /** Listens and asks, and is not to be found. */
    record Hidden() implements Presence {}
}
