package org.maunode.discovery.router;

import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.maunode.discovery.router.RouterException.Reason;

/** IPv4 addresses as routers write them. Pure. */
final class Ipv4 {
    static final int BYTES = 4;

    private static final String PART = "(0|[1-9][0-9]{0,2})";
    private static final Pattern DOTTED = Pattern.compile(PART + "\\." + PART + "\\." + PART + "\\." + PART);

    private Ipv4() {}

    static Inet4Address of(byte[] bytes) {
        try {
            return (Inet4Address) InetAddress.getByAddress(bytes);
        } catch (UnknownHostException wrongLength) {
            throw new IllegalArgumentException(wrongLength);
        }
    }

    /**
     * Four decimal numbers: no names, no octal, none of the shorter forms that the JDK knows.
     *
     * @throws RouterException with {@code MALFORMED}
     */
    static Inet4Address parse(String text) {
        Matcher parts = DOTTED.matcher(text);
        if (!parts.matches()) {
            throw malformed();
        }
        byte[] bytes = new byte[BYTES];
        for (int i = 0; i < BYTES; i++) {
            bytes[i] = octet(Integer.parseInt(parts.group(i + 1)));
        }
        return of(bytes);
    }

    private static byte octet(int value) {
        if (value > 0xFF) {
            throw malformed();
        }
        return (byte) value;
    }

    private static RouterException malformed() {
        return new RouterException(Reason.MALFORMED, "not an IPv4 address");
    }
}
