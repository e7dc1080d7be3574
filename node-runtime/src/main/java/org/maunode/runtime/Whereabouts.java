package org.maunode.runtime;

import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.maunode.discovery.net.AddressScope;
import org.maunode.discovery.net.Link;
import org.maunode.discovery.net.LinkAddress;
import org.maunode.discovery.net.Links;
import org.maunode.discovery.router.MappingProtocol;
import org.maunode.discovery.router.RouterState;
import org.maunode.identity.HostAndPort;

/**
 * Where this peer says that it can be reached. Whoever hears it calls back before believing it. Thread-safe.
 *
 * <pre>
 *   somebody said so ──► the router opened a port ──► an address of the internet ──► one of this network
 * </pre>
 */
final class Whereabouts {
    private static final Comparator<InetAddress> SHORT_FIRST =
            Comparator.comparing((InetAddress address) -> !(address instanceof Inet4Address));

    private final Optional<InetSocketAddress> announced;
    private final Supplier<Links> links;
    private volatile Optional<InetSocketAddress> listening = Optional.empty();
    private volatile RouterState router = new RouterState.None();
    private List<String> told = List.of();

    Whereabouts(Optional<InetSocketAddress> announced, Supplier<Links> links) {
        this.announced = announced;
        this.links = links;
    }

    /** It listens, at {@code bound}. */
    void listening(InetSocketAddress bound) {
        listening = Optional.of(bound);
    }

    void router(RouterState state) {
        router = state;
    }

    /** The best address, as a certificate says it; empty before it listens, or on a machine attached to nothing. */
    List<String> names() {
        return best().map(HostAndPort::format).stream().toList();
    }

    /**
     * The way in from outside, for people.
     *
     * @param by who opened it: a router's protocol, {@code announced} by somebody, or {@code own}: no router is between
     * @param lease for how long a router keeps it unless it is renewed, which happens in time
     * @param note what else there is to say; may be empty
     */
    record Outside(Optional<InetSocketAddress> address, Optional<String> by, Optional<Duration> lease, String note) {}

    /** Empty if nothing is known of one. */
    Optional<Outside> fromOutside() {
        if (announced.isPresent()) {
            return Optional.of(new Outside(announced, Optional.of("announced"), Optional.empty(), ""));
        }
        return switch (router) {
            case RouterState.Mapped mapped -> Optional.of(opened(mapped.external(), mapped.by(), mapped.lease(), ""));
            case RouterState.DoubleNat twice ->
                Optional.of(opened(
                        twice.external(),
                        twice.by(),
                        twice.lease(),
                        "another router stands before this one: not reachable from the internet"));
            case RouterState.Refused refused -> Optional.of(closed(refused.reason()));
            case RouterState.Searching() -> Optional.of(closed("routers are being asked"));
            case RouterState.None() ->
                listening
                        .flatMap(this::onTheInternet)
                        .map(own -> new Outside(Optional.of(own), Optional.of("own"), Optional.empty(), ""));
        };
    }

    private static Outside opened(InetSocketAddress external, MappingProtocol by, Duration lease, String note) {
        String protocol = by.toString().toLowerCase(Locale.ROOT);
        return new Outside(Optional.of(external), Optional.of(protocol), Optional.of(lease), note);
    }

    private static Outside closed(String why) {
        return new Outside(Optional.empty(), Optional.empty(), Optional.empty(), why);
    }

    private Optional<InetSocketAddress> onTheInternet(InetSocketAddress bound) {
        return own(bound)
                .filter(address ->
                        AddressScope.of(InetAddress.ofLiteral(address.getHostString())) == AddressScope.GLOBAL);
    }

    /** Whether {@link #names} changed since this was last asked. */
    synchronized boolean isNews() {
        List<String> now = names();
        boolean news = !now.equals(told);
        told = now;
        return news;
    }

    private Optional<InetSocketAddress> best() {
        return announced.or(this::outside).or(() -> listening.flatMap(this::own));
    }

    private Optional<InetSocketAddress> outside() {
        return router instanceof RouterState.Mapped mapped ? Optional.of(mapped.external()) : Optional.empty();
    }

    private Optional<InetSocketAddress> own(InetSocketAddress bound) {
        if (!bound.getAddress().isAnyLocalAddress()) {
            return Optional.of(unresolved(bound.getAddress(), bound.getPort()));
        }
        return in(AddressScope.GLOBAL)
                .or(() -> in(AddressScope.PRIVATE))
                .map(address -> unresolved(address, bound.getPort()));
    }

    private Optional<InetAddress> in(AddressScope scope) {
        return addresses().filter(address -> AddressScope.of(address) == scope).min(SHORT_FIRST);
    }

    private Stream<InetAddress> addresses() {
        Links now = links.get();
        return now.all().stream()
                .filter(link -> link.is(Link.Trait.UP))
                .sorted(Comparator.comparing(link -> !leadsOut(link, now)))
                .flatMap(link -> link.addresses().stream())
                .map(LinkAddress::address);
    }

    /** A bridge to containers has an address too, and nobody who calls from there. */
    private static boolean leadsOut(Link link, Links links) {
        return links.routers().stream().anyMatch(link::reaches);
    }

    private static InetSocketAddress unresolved(InetAddress address, int port) {
        return InetSocketAddress.createUnresolved(address.getHostAddress().replaceFirst("%.*", ""), port);
    }
}
