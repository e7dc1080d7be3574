package org.maunode.discovery.router;

import java.net.Inet4Address;
import java.net.InetSocketAddress;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.maunode.discovery.router.RouterException.Reason;

/**
 * An address of the web, narrowed to what a router in a home needs: {@code http}, an IPv4 literal, a port, a path. No names,
 * no user, no fragment, nothing that could end a line of HTTP.
 */
record Location(Inet4Address host, int port, String path) {
    static final int MAX_CHARS = 512;

    private static final int HTTP_PORT = 80;
    private static final int MAX_PORT = 65_535;
    /** Visible ASCII without what RFC 3986 keeps out of a path and a query, and without the fragment's mark. */
    private static final String PATH = "/[!$-;=?-Z_a-z~\\[\\]]*";

    private static final Pattern ABSOLUTE =
            Pattern.compile("(?i:http)://([0-9.]{7,15})(?::([0-9]{1,5}))?(" + PATH + ")?");
    private static final Pattern RELATIVE = Pattern.compile("[!$-;=?-Z_a-z~\\[\\]]+");

    /** @throws RouterException with {@code MALFORMED} or {@code OVER_LIMIT} */
    static Location parse(String text) {
        requireShort(text);
        Matcher parts = ABSOLUTE.matcher(text);
        if (!parts.matches()) {
            throw malformed();
        }
        int port = parts.group(2) == null ? HTTP_PORT : Integer.parseInt(parts.group(2));
        if (port == 0 || port > MAX_PORT) {
            throw malformed();
        }
        return new Location(Ipv4.parse(parts.group(1)), port, parts.group(3) == null ? "/" : parts.group(3));
    }

    /**
     * Where {@code reference} leads from here.
     *
     * @throws RouterException with {@code MALFORMED} if that is another host, port or scheme
     */
    Location resolve(String reference) {
        requireShort(reference);
        if (reference.contains("://")) {
            Location other = parse(reference);
            if (!other.address().equals(address())) {
                throw new RouterException(Reason.MALFORMED, "an address that leads elsewhere");
            }
            return other;
        }
        if (!RELATIVE.matcher(reference).matches() || reference.startsWith("//")) {
            throw malformed();
        }
        return new Location(host, port, reference.startsWith("/") ? reference : directory() + reference);
    }

    InetSocketAddress address() {
        return new InetSocketAddress(host, port);
    }

    /** Host and port as in a request's {@code Host}. */
    String authority() {
        return host.getHostAddress() + ":" + port;
    }

    private String directory() {
        return path.substring(0, path.lastIndexOf('/') + 1);
    }

    private static void requireShort(String text) {
        if (text.length() > MAX_CHARS) {
            throw new RouterException(Reason.OVER_LIMIT, "an address of " + text.length() + " characters");
        }
    }

    private static RouterException malformed() {
        return new RouterException(Reason.MALFORMED, "not an address of a router's own web server");
    }
}
