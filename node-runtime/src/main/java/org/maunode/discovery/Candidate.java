package org.maunode.discovery;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Locale;
import java.util.Objects;
import org.maunode.identity.HostAndPort;

/**
 * An address where a peer might be, and how it was found. Nothing of it is proved.
 *
 * @param how the name of the resolver that found it first
 */
public record Candidate(InetSocketAddress address, String how) {
    public Candidate {
        Objects.requireNonNull(address);
        Objects.requireNonNull(how);
    }

    /** One text for one place, however its address is written. */
    String place() {
        return host() + " " + address.getPort();
    }

    private String host() {
        try {
            return InetAddress.ofLiteral(address.getHostString()).getHostAddress();
        } catch (IllegalArgumentException name) {
            return address.getHostString().toLowerCase(Locale.ROOT);
        }
    }

    @Override
    public String toString() {
        return HostAndPort.format(address) + " (" + how + ")";
    }
}
