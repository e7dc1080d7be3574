package org.maunode.discovery;

import org.maunode.exchange.ExchangeException;
import org.maunode.exchange.RemotePeer;
import org.maunode.identity.Fingerprint;

/** Opens a connection to a peer wherever it is found. May block; thread-safe. */
@FunctionalInterface
public interface Connector {
    /**
     * Finds {@code peer}, connects, and proves that it is the one.
     *
     * @throws ExchangeException with {@code UNREACHABLE} if no address is known or none answers, {@code WRONG_IDENTITY} if
     *     only others answered; the message names what was tried
     */
    RemotePeer connect(Fingerprint peer);

    /**
     * The same, but not by what is only better than nothing: for who has that already.
     *
     * @throws ExchangeException as {@link #connect}
     */
    default RemotePeer connectFast(Fingerprint peer) {
        return connect(peer);
    }
}
