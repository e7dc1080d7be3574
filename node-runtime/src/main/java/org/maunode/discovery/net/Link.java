package org.maunode.discovery.net;

import java.net.InetAddress;
import java.util.List;
import java.util.Objects;
import java.util.Set;

/**
 * One network interface as it was at one moment.
 *
 * @param name as the system calls it, {@code eth0}
 * @param index as the system counts it; an interface that is unplugged and comes back has another
 * @param addresses those that can be used now; an IPv6 address not before it was found to be unique
 */
public record Link(String name, int index, Set<Trait> traits, List<LinkAddress> addresses) {
    /** What an interface is, or can do. */
    public enum Trait {
        /** Switched on, and the cable is in. */
        UP,
        MULTICAST,
        LOOPBACK,
        POINT_TO_POINT
    }

    public Link {
        Objects.requireNonNull(name);
        traits = Set.copyOf(traits);
        addresses = List.copyOf(addresses);
    }

    public boolean is(Trait trait) {
        return traits.contains(trait);
    }

    /** Whether {@code address} is this link's own. */
    public boolean has(InetAddress address) {
        return addresses.stream().anyMatch(own -> own.address().equals(address));
    }

    /** Whether {@code address} can be reached on this link without a router: of one of its networks, or link-local. */
    public boolean reaches(InetAddress address) {
        return AddressScope.of(address) == AddressScope.LINK_LOCAL
                || addresses.stream().anyMatch(own -> own.isNeighbourOf(address));
    }
}
