package org.maunode.discovery.router;

import java.net.Inet4Address;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Optional;

/** One way to ask one router for one port. Used by one thread; blocks on the network for some seconds at most. */
interface MappingClient {
    MappingProtocol protocol();

    /**
     * Asks for the mapping, or for more time with it.
     *
     * @throws RouterException if there is none now
     */
    Grant map(Duration lease);

    /**
     * Gives back whatever {@link #map} may have got.
     *
     * @throws RouterException if the router did not confirm it
     */
    void unmap();

    /** Since when the router has kept its mappings, as it said at the last {@link #map}; nothing if it does not say. */
    Optional<Epoch> epoch();

    /**
     * What the router promised.
     *
     * @param address where callers outside reach this node, at {@code port}
     */
    record Grant(Inet4Address address, int port, Duration lease) {
        InetSocketAddress external() {
            return new InetSocketAddress(address, port);
        }
    }
}
