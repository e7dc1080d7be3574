package org.maunode.discovery.mdns;

import java.net.InetAddress;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.maunode.identity.Fingerprint;

/**
 * What one packet says of one peer.
 *
 * @param pointerTtl seconds of the PTR to it, if there is one; 0 takes the peer back
 * @param service its SRV, if there is one
 * @param addresses those of the SRV's host; none is a hint to nothing
 */
record Statement(Fingerprint peer, OptionalInt pointerTtl, Optional<Location> service, List<InetAddress> addresses) {
    /**
     * Where a peer is said to be.
     *
     * @param ttl seconds; 0 takes it back
     */
    record Location(int ttl, int port, Name host) {}

    Statement {
        addresses = List.copyOf(addresses);
    }

    boolean isGoodbye() {
        return pointerTtl.orElse(1) == 0
                || service.filter(location -> location.ttl() == 0).isPresent();
    }
}
