package org.maunode.http;

import java.net.InetSocketAddress;
import org.apache.hc.core5.net.URIAuthority;

/**
 * How to get to a peer.
 *
 * @param entrance what is connected to
 * @param address where the peer is then, for people and for those who remember it
 * @param host how it was named
 * @param isSlow whether there is a slow wire behind the entrance
 */
record Route(InetSocketAddress entrance, InetSocketAddress address, String host, boolean isSlow) {
    /** The network knows the way. */
    static Route direct(InetSocketAddress address, String host) {
        return new Route(address, address, host, false);
    }

    /** Another wire leads from {@code entrance} to {@code address}. */
    static Route by(InetSocketAddress entrance, InetSocketAddress address) {
        return new Route(entrance, address, address.getHostString(), true);
    }

    URIAuthority authority() {
        return new URIAuthority(host, address.getPort());
    }
}
