package org.maunode.discovery.net;

import java.net.InetAddress;
import java.util.Objects;

/**
 * One address of a link, and the network that it is in.
 *
 * @param prefix bits that the addresses of that network share
 */
public record LinkAddress(InetAddress address, int prefix) {
    public LinkAddress {
        Objects.requireNonNull(address);
        new Prefix(address.getAddress(), prefix);
    }

    /** Whether {@code other} is in the same network, so that no router lies between. */
    public boolean isNeighbourOf(InetAddress other) {
        return new Prefix(address.getAddress(), prefix).covers(other.getAddress());
    }
}
