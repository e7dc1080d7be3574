package org.maunode.exchange;

import java.net.InetSocketAddress;
import org.maunode.identity.Fingerprint;

/** Opens connections to peers. */
@FunctionalInterface
public interface Dialer {
    /**
     * Connects, and proves that the other end is {@code expected}.
     *
     * @param address resolved or not; a name is resolved here
     * @throws ExchangeException with {@code UNREACHABLE}, {@code TIMED_OUT} or {@code WRONG_IDENTITY}
     */
    RemotePeer dial(Fingerprint expected, InetSocketAddress address);
}
