package org.maunode.identity;

import java.net.InetSocketAddress;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/** An address as people write it: {@code host:port}, an IPv6 host in brackets. The port may be left out. */
public final class HostAndPort {
    /** The port of a Mau node that was told no other. */
    public static final int DEFAULT_PORT = 6275;

    /** Characters of an address that a stranger tells: a DNS name is no longer (RFC 1035, 2.3.4). */
    public static final int MAX_TOLD = 255;

    /** How names end that are no hosts but Bluetooth addresses (CA-10); no such domain exists in the DNS. */
    public static final String BLE = ".ble";

    private static final int MAX_PORT = 65535;
    private static final String IPV6 = "\\[[0-9A-Fa-f.]*:[0-9A-Fa-f:.]*]";
    private static final String BYTE = "(?:25[0-5]|2[0-4]\\d|1\\d\\d|[1-9]?\\d)";
    private static final String IPV4 = "(?:" + BYTE + "\\.){3}" + BYTE;
    /** One whose last label is no number: systems take {@code 2130706433} and {@code 127.1} for 127.0.0.1. */
    private static final String NAME = "(?:[0-9A-Za-z_][0-9A-Za-z_-]*\\.)*[A-Za-z][0-9A-Za-z-]*";

    private static final Pattern TOLD = Pattern.compile("(?:" + IPV6 + "|" + IPV4 + "|" + NAME + "):[1-9]\\d{0,4}");

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

    /**
     * Reads an address as strangers tell it: exactly as {@link #format} writes it, port included, and nothing in it that a
     * name or an IP literal does not have, and no Bluetooth address: whom this machine's radio calls is nobody else's to
     * say. Asks the network nothing.
     */
    public static Optional<InetSocketAddress> told(String text) {
        if (text.length() > MAX_TOLD || !TOLD.matcher(text).matches()) {
            return Optional.empty();
        }
        try {
            return Optional.of(parse(text)).filter(address -> !isBle(address.getHostString()));
        } catch (IllegalArgumentException portOutOfRange) {
            return Optional.empty();
        }
    }

    /** Whether {@code host} names a Bluetooth address, well formed or not. */
    public static boolean isBle(String host) {
        return host.toLowerCase(Locale.ROOT).endsWith(BLE);
    }

    /** Writes an address as {@link #parse} reads it. */
    public static String format(InetSocketAddress address) {
        String host = address.getHostString();
        return (host.indexOf(':') >= 0 ? "[" + host + "]" : host) + ":" + address.getPort();
    }
}
