package org.maunode.discovery.kademlia;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.regex.Pattern;
import org.maunode.discovery.net.AddressScope;

/**
 * An address that somebody told us, looked at without asking the network: a literal of some scope, or a name.
 *
 * @param scope of a name, until it is known where it leads: {@code GLOBAL}, or {@code PRIVATE} if it has no dot
 */
record Place(InetSocketAddress address, boolean named, AddressScope scope, Prefix prefix) {
    private static final int MAX_NAME = 253;
    private static final Pattern NAME = Pattern.compile(
            "(?:[A-Za-z0-9_](?:[A-Za-z0-9_-]{0,61}[A-Za-z0-9_])?\\.)*" + "[A-Za-z](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?");

    static Place of(InetSocketAddress address) {
        String host = address.getHostString();
        if (address.getPort() == 0 || host.length() > MAX_NAME) {
            return unusable(address);
        }
        if (looksLikeAName(host)) {
            return NAME.matcher(host).matches() ? name(address, host) : unusable(address);
        }
        try {
            InetAddress literal = InetAddress.ofLiteral(host);
            AddressScope scope = AddressScope.of(literal);
            return new Place(address, false, scope, Prefix.of(literal, scope));
        } catch (IllegalArgumentException neither) {
            return unusable(address);
        }
    }

    /** A number, in whatever disguise, begins its last label with a digit; of IPv6 there is a colon. */
    private static boolean looksLikeAName(String host) {
        int last = host.lastIndexOf('.') + 1;
        return host.indexOf(':') < 0 && last < host.length() && !isDigit(host.charAt(last));
    }

    private static boolean isDigit(char letter) {
        return letter >= '0' && letter <= '9';
    }

    private static Place unusable(InetSocketAddress address) {
        return new Place(address, false, AddressScope.UNUSABLE, Prefix.NAMES);
    }

    /** A name of one label, as {@code localhost} or a router's, is of this site at best. */
    private static Place name(InetSocketAddress address, String host) {
        boolean local = host.indexOf('.') < 0 || host.endsWith(".local") || host.endsWith(".localhost");
        return new Place(address, true, local ? AddressScope.PRIVATE : AddressScope.GLOBAL, Prefix.NAMES);
    }

    /** The same, where a connection showed what is behind a name. */
    Place seenAt(InetAddress behind) {
        return named ? new Place(address, true, AddressScope.of(behind), Prefix.of(behind)) : this;
    }

    boolean admittedBy(Reach reach) {
        return reach.admits(scope);
    }
}
