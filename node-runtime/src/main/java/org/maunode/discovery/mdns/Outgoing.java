package org.maunode.discovery.mdns;

import java.net.InetSocketAddress;

/**
 * A packet to be sent.
 *
 * @param packet never changed
 */
record Outgoing(Segment segment, Route route, byte[] packet) {
    /** From where, and to whom. */
    sealed interface Route {
        /** From the port of multicast DNS to everybody. */
        record ToAll() implements Route {}

        /**
         * To everybody, from a port of one's own, to which answers come back. That is how the Go peer can be asked, which
         * answers the asker alone: on the common port another program of this machine would get its answer.
         */
        record FromOwnPort() implements Route {}

        /** From the port of multicast DNS to one asker. */
        record ToOne(InetSocketAddress asker) implements Route {}
    }
}
