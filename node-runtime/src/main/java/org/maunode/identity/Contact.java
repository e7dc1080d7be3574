package org.maunode.identity;

import java.net.InetSocketAddress;
import java.util.Objects;

/**
 * A peer, and where it is said to be. Nothing of it is proved: that takes a TLS handshake at that address.
 *
 * @param address not resolved: an IP literal or a name, and a port
 */
public record Contact(Fingerprint fingerprint, InetSocketAddress address) {
    public Contact {
        Objects.requireNonNull(fingerprint);
        Objects.requireNonNull(address);
    }

    @Override
    public String toString() {
        return fingerprint + "@" + HostAndPort.format(address);
    }
}
