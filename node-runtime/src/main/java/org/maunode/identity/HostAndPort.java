package org.maunode.identity;

import java.net.InetSocketAddress;

/** An address as people write it: {@code host:port}, an IPv6 host in brackets. The port may be left out. */
public final class HostAndPort {
    /** The port of a Mau node that was told no other. */
    public static final int DEFAULT_PORT = 6275;

    private static final int MAX_PORT = 65535;

    private HostAndPort() {}

    /**
     * Reads an address, without asking the network for its name.
     *
     * @throws IllegalArgumentException if it is none; the message says what is wrong
     */
    public static InetSocketAddress parse(String text) {
        int bracket = text.lastIndexOf(']');
        int colon = text.lastIndexOf(':');
        boolean bareIpv6 = bracket < 0 && text.indexOf(':') != colon;
        String host = colon > bracket && !bareIpv6 ? text.substring(0, colon) : text;
        int port = colon > bracket && !bareIpv6 ? port(text, text.substring(colon + 1)) : DEFAULT_PORT;
        boolean bracketed = host.startsWith("[") && host.endsWith("]");
        if (!bracketed && (host.indexOf('[') >= 0 || bracket >= 0)) {
            throw new IllegalArgumentException("address \"" + text + "\" has a bracket out of place");
        }
        String bare = bracketed ? host.substring(1, host.length() - 1) : host;
        if (bare.isBlank()) {
            throw new IllegalArgumentException("address \"" + text + "\" has no host");
        }
        return InetSocketAddress.createUnresolved(bare, port);
    }

    private static int port(String text, String digits) {
        try {
            int port = Integer.parseInt(digits);
            if (port > 0 && port <= MAX_PORT) {
                return port;
            }
        } catch (NumberFormatException notANumber) {
            // Said below, as for a number out of range.
        }
        throw new IllegalArgumentException("address \"" + text + "\" has no port between 1 and " + MAX_PORT);
    }

    /** Writes an address as {@link #parse} reads it. */
    public static String format(InetSocketAddress address) {
        String host = address.getHostString();
        return (host.indexOf(':') >= 0 ? "[" + host + "]" : host) + ":" + address.getPort();
    }
}
