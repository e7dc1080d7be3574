package org.maunode.discovery.kademlia;

import java.net.InetAddress;
import org.maunode.discovery.net.AddressScope;

/** How far a peer sees, and so which addresses it may be told, and which it may send us to. */
enum Reach {
    /** The internet, and no more: global addresses. */
    WORLD,
    /** Our own site: private addresses besides. */
    SITE,
    /** This very machine: all but link-local ones, which mean nothing without their link. */
    HERE;

    static Reach of(AddressScope scope) {
        return switch (scope) {
            case LOOPBACK -> HERE;
            case PRIVATE -> SITE;
            case GLOBAL, LINK_LOCAL, UNUSABLE -> WORLD;
        };
    }

    static Reach of(InetAddress origin) {
        return of(AddressScope.of(origin));
    }

    boolean admits(AddressScope scope) {
        return switch (scope) {
            case GLOBAL -> true;
            case PRIVATE -> this != WORLD;
            case LOOPBACK -> this == HERE;
            case LINK_LOCAL, UNUSABLE -> false;
        };
    }
}
