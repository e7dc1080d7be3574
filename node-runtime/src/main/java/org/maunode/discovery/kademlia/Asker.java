package org.maunode.discovery.kademlia;

import java.net.InetAddress;
import java.util.Objects;
import org.maunode.identity.Fingerprint;

/**
 * Who called us.
 *
 * @param fingerprint proved by TLS
 * @param origin the address that the call came from
 */
public record Asker(Fingerprint fingerprint, InetAddress origin) {
    public Asker {
        Objects.requireNonNull(fingerprint);
        Objects.requireNonNull(origin);
    }
}
