package org.maunode.http;

import java.net.InetSocketAddress;
import java.util.Optional;
import org.maunode.exchange.ExchangeException;

/** Ways to peers that are not in a network: addresses that mean something else than a host. */
@FunctionalInterface
public interface Exits {
    /** All addresses are hosts. */
    Exits NONE = _ -> Optional.empty();

    /**
     * Where a {@link PeerDialer} connects to instead of {@code address}: a loopback address that takes one connection and
     * leads to the peer by another wire. Empty if {@code address} is a host's. May block while the way is being made.
     *
     * @throws ExchangeException with {@code UNREACHABLE} or {@code TIMED_OUT} if there is no way now
     */
    Optional<InetSocketAddress> leadingTo(InetSocketAddress address);
}
