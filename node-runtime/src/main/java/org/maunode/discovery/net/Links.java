package org.maunode.discovery.net;

import java.net.InetAddress;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * What this machine is attached to, at one moment. Two that are equal say that nothing changed.
 *
 * @param all in the order of their index
 * @param routers the IPv4 routers to the rest of the world, the preferred one first; empty where that cannot be told
 */
public record Links(List<Link> all, List<InetAddress> routers) {
    /** A machine attached to nothing. */
    public static final Links NONE = new Links(List.of(), List.of());

    public Links {
        all = all.stream().sorted(Comparator.comparingInt(Link::index)).toList();
        routers = List.copyOf(routers);
    }

    public Optional<Link> at(int index) {
        return all.stream().filter(link -> link.index() == index).findFirst();
    }
}
