package org.maunode.runtime;

import java.net.InetSocketAddress;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.maunode.identity.Contact;
import org.maunode.identity.Fingerprint;

/**
 * How a peer takes part in the network.
 *
 * @param bind where it listens; the wildcard address for everywhere, port 0 for any
 * @param announced where others reach it, as somebody says who forwarded a port or has a name; empty to find out
 * @param ways by which it finds others and is found
 * @param bootstrap peers of the Kademlia network to begin with
 * @param given where peers are, as somebody wrote down
 * @param radios by which it is in touch where there is no network; empty for none
 */
public record NetworkOptions(
        InetSocketAddress bind,
        Optional<InetSocketAddress> announced,
        Set<Way> ways,
        List<Contact> bootstrap,
        Map<Fingerprint, InetSocketAddress> given,
        Optional<Radios> radios) {
    /** What reaches beyond the addresses that somebody wrote down. */
    public enum Way {
        /** mDNS: announced and found on the same network. */
        LOCAL_NETWORK,
        /** Kademlia: found by fingerprint across networks. */
        OVERLAY,
        /** A port on the home router, by PCP, NAT-PMP or UPnP. */
        ROUTER
    }

    public NetworkOptions {
        Objects.requireNonNull(bind);
        Objects.requireNonNull(announced);
        ways = ways.isEmpty() ? Set.of() : Set.copyOf(EnumSet.copyOf(ways));
        bootstrap = List.copyOf(bootstrap);
        given = Map.copyOf(given);
        Objects.requireNonNull(radios);
    }

    /** Without a radio. */
    public NetworkOptions(
            InetSocketAddress bind,
            Optional<InetSocketAddress> announced,
            Set<Way> ways,
            List<Contact> bootstrap,
            Map<Fingerprint, InetSocketAddress> given) {
        this(bind, announced, ways, bootstrap, given, Optional.empty());
    }

    /** The same with radios, if there are any. */
    public NetworkOptions with(Optional<Radios> changed) {
        return new NetworkOptions(bind, announced, ways, bootstrap, given, changed);
    }

    boolean uses(Way way) {
        return ways.contains(way);
    }
}
