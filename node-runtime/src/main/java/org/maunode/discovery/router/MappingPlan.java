package org.maunode.discovery.router;

import java.time.Duration;
import java.util.List;
import java.util.random.RandomGenerator;

/**
 * What is wanted of a router, whichever it is.
 *
 * @param port of this node, wanted outside too
 * @param lease how long at a time
 * @param protocols by which a router is asked, in this order
 */
record MappingPlan(int port, MappingNonce nonce, Duration lease, List<MappingProtocol> protocols) {
    /**
     * An hour: what is left behind by a power cut is gone as soon, and a router that speaks UPnP, which does not say that it
     * started anew, is asked again within 38 minutes.
     */
    static final Duration LEASE = Duration.ofHours(1);

    private static final int MAX_PORT = 65_535;

    MappingPlan {
        if (port < 1 || port > MAX_PORT) {
            throw new IllegalArgumentException("no port: " + port);
        }
        protocols = List.copyOf(protocols);
    }

    /** Every protocol, and leases of {@link #LEASE}. */
    MappingPlan(int port, MappingNonce nonce) {
        this(port, nonce, LEASE, List.of(MappingProtocol.values()));
    }

    MappingClient client(MappingProtocol protocol, Wires wires, Gateway gateway, RandomGenerator random) {
        return switch (protocol) {
            case PCP -> new PcpClient(new Asking(wires, gateway), nonce, port);
            case NAT_PMP -> new NatPmpClient(new Asking(wires, gateway), port);
            case UPNP -> new IgdClient(wires, gateway, port, random);
        };
    }
}
