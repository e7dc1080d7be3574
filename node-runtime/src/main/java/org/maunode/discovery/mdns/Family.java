package org.maunode.discovery.mdns;

import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ProtocolFamily;
import java.net.StandardProtocolFamily;
import org.maunode.discovery.net.Link;
import org.maunode.discovery.net.LinkAddress;

/** A version of IP, and the group that multicast DNS has in it (RFC 6762, 3). */
enum Family {
    IPV4("224.0.0.251", "0.0.0.0", StandardProtocolFamily.INET),
    IPV6("ff02::fb", "::", StandardProtocolFamily.INET6);

    /** The port of multicast DNS. */
    static final int PORT = 5353;

    private final InetAddress group;
    private final InetAddress any;
    private final ProtocolFamily protocol;

    Family(String group, String any, ProtocolFamily protocol) {
        this.group = InetAddress.ofLiteral(group);
        this.any = InetAddress.ofLiteral(any);
        this.protocol = protocol;
    }

    static Family of(InetAddress address) {
        return address instanceof Inet4Address ? IPV4 : IPV6;
    }

    InetAddress group() {
        return group;
    }

    /** All addresses of this machine. */
    InetAddress any() {
        return any;
    }

    InetSocketAddress everybody() {
        return new InetSocketAddress(group, PORT);
    }

    ProtocolFamily protocol() {
        return protocol;
    }

    boolean isSpokenOn(Link link) {
        return link.addresses().stream().map(LinkAddress::address).anyMatch(address -> of(address) == this);
    }
}
