package org.maunode.discovery.router;

import java.net.InetSocketAddress;
import java.time.Duration;

/** What is known of the way in from outside. */
public sealed interface RouterState {
    /** Routers are being asked, for the first time or after the network changed or the mapping was lost. */
    record Searching() implements RouterState {}

    /**
     * The port is open to the internet.
     *
     * @param external where callers outside reach this node
     * @param lease how long the router keeps it unless it is renewed, which happens in time
     */
    record Mapped(InetSocketAddress external, MappingProtocol by, Duration lease) implements RouterState {}

    /**
     * The router forwards the port, but its own outer address is none of the internet's: another router stands before it.
     * Callers between the two routers get through, callers from the internet do not.
     *
     * @param external the address between the routers
     * @param lease as in {@link Mapped}
     */
    record DoubleNat(InetSocketAddress external, MappingProtocol by, Duration lease) implements RouterState {}

    /**
     * A router answered, and does not forward the port now. It is asked again later.
     *
     * @param reason for people, without secrets
     */
    record Refused(String reason) implements RouterState {}

    /** No router that maps ports, or none needed: this node's own address is one of the internet's. Asked again later. */
    record None() implements RouterState {}
}
