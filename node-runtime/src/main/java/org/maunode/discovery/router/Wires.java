package org.maunode.discovery.router;

import java.net.InetSocketAddress;
import java.time.Instant;
import java.util.Optional;

/**
 * Where this package ends and the network begins; all waiting is done here. Used by one thread. Whatever waits throws
 * {@link RouterException} with {@code STOPPED} once the node closes.
 */
interface Wires {
    /** Time that only ever goes forward, whatever the calendar does. Good for differences alone. */
    Instant now();

    /** The router of this network, if there is one. */
    Optional<Gateway> gateway();

    /**
     * Datagrams to and from one address; from anywhere, if the address is a group's.
     *
     * @throws RouterException with {@code UNREACHABLE}
     */
    Datagrams open(Gateway gateway, InetSocketAddress to);

    /**
     * One request over HTTP, and its answer.
     *
     * @throws RouterException with {@code UNREACHABLE}, {@code SILENT}, {@code MALFORMED} or {@code OVER_LIMIT}
     */
    HttpReply call(InetSocketAddress to, byte[] request, int maxBody);

    /** Hears what the router announces to everybody, from now on; what was heard before is given up. */
    void listen(Optional<Gateway> gateway);

    /** Waits until {@code until}, or for less. */
    Event await(Instant until);

    /** Why {@link #await} returned. */
    sealed interface Event {
        /** It is time. */
        record Due() implements Event {}

        /** The network is no longer what it was. */
        record Changed() implements Event {}

        /** The router, or somebody with its address, told everybody something. */
        record Announced(byte[] datagram) implements Event {}
    }

    /** One socket. */
    interface Datagrams extends AutoCloseable {
        void send(byte[] datagram);

        /**
         * The next datagram, from whoever sent it; nothing if none came until {@code until}.
         *
         * @throws RouterException with {@code UNREACHABLE} if the other side has said that nobody listens
         */
        Optional<Received> receive(Instant until);

        @Override
        void close();
    }

    /** A datagram, and who says to have sent it. */
    record Received(InetSocketAddress from, byte[] bytes) {}
}
