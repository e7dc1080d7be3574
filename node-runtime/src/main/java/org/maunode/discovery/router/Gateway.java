package org.maunode.discovery.router;

import java.net.Inet4Address;
import org.maunode.discovery.net.AddressScope;

/**
 * The router of this network.
 *
 * @param link the name of the network interface that leads to it
 * @param router its address here
 * @param local this node's address towards it
 */
record Gateway(String link, Inet4Address router, Inet4Address local) {
    /** Whether both ends are addresses of a home: with others there is no translation, and strangers are not asked. */
    boolean isAtHome() {
        return isOfHome(router) && isOfHome(local);
    }

    private static boolean isOfHome(Inet4Address address) {
        AddressScope scope = AddressScope.of(address);
        return scope == AddressScope.PRIVATE || scope == AddressScope.LINK_LOCAL;
    }
}
