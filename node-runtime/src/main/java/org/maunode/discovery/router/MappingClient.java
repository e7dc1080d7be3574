package org.maunode.discovery.router;

import java.net.InetSocketAddress;
import java.time.Duration;

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

    /** Whether an announcement of the router means that the mapping may be gone, or lead to another outer address. */
    boolean isDoubtedBy(byte[] announcement);

    /**
     * What the router promised.
     *
     * @param external where callers outside reach this node
     */
    record Grant(InetSocketAddress external, Duration lease) {}
}
