package org.maunode.discovery.mdns;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.maunode.discovery.net.Link;
import org.maunode.identity.Contact;
import org.maunode.identity.Fingerprint;

/**
 * What one machine said of one peer. It proves nothing.
 *
 * @param addresses the most promising first, each reached on that link without a router
 * @param freshUntil until when they may be used
 */
record Claim(Key key, int port, Name host, List<InetAddress> addresses, long freshUntil, Mention mention) {
    /** Who said it, of whom, on which link. */
    record Key(Fingerprint peer, int link, InetAddress source) {}

    /**
     * That the machine named this peer among all.
     *
     * @param ttl seconds; 0 if it never did
     */
    record Mention(long saidAt, int ttl) {
        static final Mention NONE = new Mention(0, 0);

        /** Seconds for which others may leave the peer unmentioned; half of its life must be left (RFC 6762, 7.1). */
        OptionalInt knownFor(long now) {
            long left = ttl - TimeUnit.NANOSECONDS.toSeconds(now - saidAt);
            return ttl > Limits.LEGACY_TTL && left > ttl / 2 ? OptionalInt.of((int) left) : OptionalInt.empty();
        }
    }

    Claim {
        addresses = List.copyOf(addresses);
    }

    /** What {@code said} adds to what the machine said before; empty if it never said where the peer is. */
    static Optional<Claim> of(Key key, Statement said, Link link, Optional<Claim> before, long now) {
        Mention mention = said.pointerTtl().isPresent()
                ? new Mention(now, Math.min(said.pointerTtl().getAsInt(), Limits.SHARED_TTL))
                : before.map(Claim::mention).orElse(Mention.NONE);
        if (said.service().isEmpty()) {
            return before.map(old -> old.with(mention));
        }
        Statement.Location location = said.service().get();
        List<InetAddress> earlier = before.filter(old -> old.isFresh(now) && old.host.equals(location.host()))
                .map(Claim::addresses)
                .orElse(List.of());
        List<InetAddress> addresses = addresses(key.source(), said.addresses(), earlier, link);
        long freshUntil = now + TimeUnit.SECONDS.toNanos(Math.min(location.ttl(), Limits.SHARED_TTL));
        return location.port() == 0
                ? Optional.empty()
                : Optional.of(new Claim(key, location.port(), location.host(), addresses, freshUntil, mention));
    }

    private Claim with(Mention changed) {
        return new Claim(key, port, host, addresses, freshUntil, changed);
    }

    /**
     * Where the packet came from, then what it names: a machine that names the wrong addresses is found all the same, and
     * none can name others' on the internet. IPv4 goes first, and of IPv6 what needs no link to be named.
     */
    private static List<InetAddress> addresses(
            InetAddress source, List<InetAddress> named, List<InetAddress> earlier, Link link) {
        return Stream.of(List.of(source), named, earlier)
                .flatMap(List::stream)
                .filter(link::reaches)
                .map(address -> onLink(address, link))
                .distinct()
                .sorted(Comparator.comparing(Family::of).thenComparing(InetAddress::isLinkLocalAddress))
                .limit(Limits.ADDRESSES)
                .toList();
    }

    /** A link-local IPv6 address is one only together with its link. */
    private static InetAddress onLink(InetAddress address, Link link) {
        if (!(address instanceof Inet6Address && address.isLinkLocalAddress())) {
            return address;
        }
        try {
            return Inet6Address.getByAddress(null, address.getAddress(), link.index());
        } catch (UnknownHostException impossible) {
            throw new AssertionError(impossible);
        }
    }

    boolean isFresh(long now) {
        return now < freshUntil;
    }

    /** Whether whoever knows {@code old} can find the peer without this. */
    boolean addsNothingTo(Claim old) {
        return port == old.port && old.addresses.containsAll(addresses);
    }

    List<Contact> contacts() {
        return addresses.stream()
                .map(address -> InetSocketAddress.createUnresolved(address.getHostAddress(), port))
                .map(address -> new Contact(key.peer, address))
                .toList();
    }
}
