package org.maunode.discovery.net;

import java.net.Inet4Address;
import java.net.InetAddress;
import java.util.List;

/**
 * How far an address reaches (the registries of special-purpose addresses, RFC 6890). An address that a peer named is
 * handed on, or dialled, according to this. Pure.
 */
public enum AddressScope {
    /** This machine: 127.0.0.0/8, ::1. */
    LOOPBACK,
    /** One link: 169.254.0.0/16 (RFC 3927), fe80::/10. */
    LINK_LOCAL,
    /** One site or one provider's customers: RFC 1918, 100.64.0.0/10 (RFC 6598), fc00::/7 (RFC 4193). */
    PRIVATE,
    /** The internet. Of IPv6 that is what was ever given out, 2000::/3, without what hides an IPv4 address. */
    GLOBAL,
    /** Nobody, everybody, several, documentation, reserved, or a translator's: nothing to connect to. */
    UNUSABLE;

    private static final List<Range> IPV4 = List.of(
            new Range("127.0.0.0", 8, LOOPBACK),
            new Range("169.254.0.0", 16, LINK_LOCAL),
            new Range("10.0.0.0", 8, PRIVATE),
            new Range("172.16.0.0", 12, PRIVATE),
            new Range("192.168.0.0", 16, PRIVATE),
            new Range("100.64.0.0", 10, PRIVATE),
            new Range("0.0.0.0", 8, UNUSABLE),
            new Range("192.0.0.0", 24, UNUSABLE),
            new Range("192.0.2.0", 24, UNUSABLE),
            new Range("192.88.99.0", 24, UNUSABLE),
            new Range("198.18.0.0", 15, UNUSABLE),
            new Range("198.51.100.0", 24, UNUSABLE),
            new Range("203.0.113.0", 24, UNUSABLE),
            new Range("224.0.0.0", 3, UNUSABLE),
            new Range("0.0.0.0", 0, GLOBAL));

    private static final List<Range> IPV6 = List.of(
            new Range("::1", 128, LOOPBACK),
            new Range("fe80::", 10, LINK_LOCAL),
            new Range("fc00::", 7, PRIVATE),
            new Range("2001::", 23, UNUSABLE),
            new Range("2001:db8::", 32, UNUSABLE),
            new Range("2002::", 16, UNUSABLE),
            new Range("3fff::", 20, UNUSABLE),
            new Range("2000::", 3, GLOBAL),
            new Range("::", 0, UNUSABLE));

    /** What an address is. IPv4 inside IPv6 ({@code ::ffff:a.b.c.d}) is the IPv4 address, as Java reads it. */
    public static AddressScope of(InetAddress address) {
        byte[] bytes = address.getAddress();
        List<Range> ranges = address instanceof Inet4Address ? IPV4 : IPV6;
        return ranges.stream()
                .filter(range -> range.prefix.covers(bytes))
                .findFirst()
                .orElseThrow()
                .scope;
    }

    /** Addresses of one prefix; the first that fits decides. */
    private record Range(Prefix prefix, AddressScope scope) {
        Range(String first, int bits, AddressScope scope) {
            this(new Prefix(InetAddress.ofLiteral(first).getAddress(), bits), scope);
        }
    }
}
