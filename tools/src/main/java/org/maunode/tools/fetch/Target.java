package org.maunode.tools.fetch;

import java.net.InetSocketAddress;
import java.util.List;
import org.maunode.openpgp.PublicIdentity;

/** A peer to fetch from, and where it might be. */
public record Target(PublicIdentity friend, List<InetSocketAddress> addresses) {
    public Target {
        addresses = List.copyOf(addresses);
    }
}
