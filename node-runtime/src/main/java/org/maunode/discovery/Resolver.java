package org.maunode.discovery;

import java.net.InetSocketAddress;
import java.util.List;
import org.maunode.identity.Fingerprint;

/** Knows where peers might be reached. An answer proves nothing: identity comes from TLS. May block; thread-safe. */
@FunctionalInterface
public interface Resolver {
    /** Addresses to try, in order of promise; names are not resolved yet; empty if none is known. */
    List<InetSocketAddress> resolve(Fingerprint peer);
}
