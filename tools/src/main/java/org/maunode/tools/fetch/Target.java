package org.maunode.tools.fetch;

import java.net.InetSocketAddress;
import java.util.Objects;
import java.util.Optional;
import org.maunode.openpgp.PublicIdentity;

/**
 * A peer to fetch from.
 *
 * @param address where to look, and nowhere else; empty: wherever it is found
 */
public record Target(PublicIdentity friend, Optional<InetSocketAddress> address) {
    public Target {
        Objects.requireNonNull(friend);
        Objects.requireNonNull(address);
    }
}
