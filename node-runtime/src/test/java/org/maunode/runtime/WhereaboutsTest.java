package org.maunode.runtime;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.maunode.discovery.net.Link;
import org.maunode.discovery.net.Link.Trait;
import org.maunode.discovery.net.LinkAddress;
import org.maunode.discovery.net.Links;
import org.maunode.discovery.router.MappingProtocol;
import org.maunode.discovery.router.RouterState;

class WhereaboutsTest {
    private static final InetSocketAddress EVERYWHERE = new InetSocketAddress(6275);
    private static final InetSocketAddress OUTSIDE = new InetSocketAddress(InetAddress.ofLiteral("8.8.4.4"), 443);
    private static final Duration HOUR = Duration.ofHours(1);

    private final AtomicReference<Links> links = new AtomicReference<>(Links.NONE);

    private Whereabouts listening(InetSocketAddress bound) {
        Whereabouts whereabouts = new Whereabouts(Optional.empty(), links::get);
        whereabouts.listening(bound);
        return whereabouts;
    }

    private static Link link(String name, int index, String... addresses) {
        List<LinkAddress> all = Stream.of(addresses)
                .map(InetAddress::ofLiteral)
                .map(address -> new LinkAddress(address, address.getAddress().length == 4 ? 24 : 64))
                .toList();
        return new Link(name, index, Set.of(Trait.UP), all);
    }

    private void attachedTo(Link... all) {
        links.set(new Links(List.of(all), List.of()));
    }

    @Test
    void whatSomebodySaidComesFirst() {
        InetSocketAddress said = InetSocketAddress.createUnresolved("me.example", 443);
        Whereabouts whereabouts = new Whereabouts(Optional.of(said), links::get);
        assertEquals(List.of("me.example:443"), whereabouts.names(), "also before it listens");
        whereabouts.listening(EVERYWHERE);
        whereabouts.router(new RouterState.Mapped(OUTSIDE, MappingProtocol.PCP, HOUR));
        attachedTo(link("eth0", 2, "9.9.9.9"));
        assertEquals(List.of("me.example:443"), whereabouts.names());
    }

    @Test
    void thenTheRouterThenTheInternetThenThisNetwork() {
        Whereabouts whereabouts = listening(EVERYWHERE);
        attachedTo(link("lo", 1, "127.0.0.1", "::1"), link("eth0", 2, "192.168.1.5"), link("eth1", 3, "9.9.9.9"));
        whereabouts.router(new RouterState.Mapped(OUTSIDE, MappingProtocol.PCP, HOUR));
        assertEquals(List.of("8.8.4.4:443"), whereabouts.names());
        whereabouts.router(new RouterState.None());
        assertEquals(List.of("9.9.9.9:6275"), whereabouts.names());
        attachedTo(link("lo", 1, "127.0.0.1", "::1"), link("eth0", 2, "192.168.1.5"));
        assertEquals(List.of("192.168.1.5:6275"), whereabouts.names(), "it follows the network");
    }

    @Test
    void anotherAddressIsNewsOnce() {
        Whereabouts whereabouts = listening(EVERYWHERE);
        attachedTo(link("eth0", 2, "192.168.1.5"));
        assertTrue(whereabouts.isNews());
        assertFalse(whereabouts.isNews());
        whereabouts.router(new RouterState.Mapped(OUTSIDE, MappingProtocol.PCP, HOUR));
        assertTrue(whereabouts.isNews());
        attachedTo(link("eth0", 2, "192.168.1.6"));
        assertFalse(whereabouts.isNews(), "the router's address is still the one that is told");
    }

    @Test
    void aRouterThatIsNoWayInIsNotTold() {
        Whereabouts whereabouts = listening(EVERYWHERE);
        attachedTo(link("eth0", 2, "192.168.1.5"));
        InetSocketAddress between = new InetSocketAddress(InetAddress.ofLiteral("10.0.0.7"), 6275);
        for (RouterState state : List.of(
                new RouterState.DoubleNat(between, MappingProtocol.UPNP, HOUR),
                new RouterState.Refused("no"),
                new RouterState.Searching(),
                new RouterState.None())) {
            whereabouts.router(state);
            assertEquals(List.of("192.168.1.5:6275"), whereabouts.names(), state.toString());
        }
    }

    @Test
    void theShorterKindOfAddressComesFirst() {
        Whereabouts whereabouts = listening(EVERYWHERE);
        attachedTo(link("eth0", 2, "2a00::5", "9.9.9.9"));
        assertEquals(List.of("9.9.9.9:6275"), whereabouts.names());
        attachedTo(link("eth0", 2, "2a00::5", "192.168.1.5"));
        assertEquals(List.of("[2a00:0:0:0:0:0:0:5]:6275"), whereabouts.names(), "but the internet before that");
    }

    @Test
    void aNetworkThatLeadsOutComesBeforeABridgeThatDoesNot() {
        Link bridge = link("docker0", 2, "172.17.0.1");
        Link radio = link("wlan0", 3, "192.168.1.5");
        links.set(new Links(List.of(bridge, radio), List.of(InetAddress.ofLiteral("192.168.1.1"))));
        assertEquals(List.of("192.168.1.5:6275"), listening(EVERYWHERE).names());
    }

    @Test
    void anInterfaceThatIsDownOrReachesNobodyIsPassedOver() {
        Link down = new Link("eth0", 2, Set.of(), link("eth0", 2, "9.9.9.9").addresses());
        attachedTo(down, link("lo", 1, "127.0.0.1"), link("eth1", 3, "169.254.3.3", "fe80::1", "198.51.100.1"));
        assertEquals(List.of(), listening(EVERYWHERE).names());
    }

    @Test
    void oneThatListensAtOneAddressIsThere() {
        attachedTo(link("eth0", 2, "9.9.9.9"));
        for (String only : List.of("127.0.0.1", "10.1.2.3")) {
            assertEquals(
                    List.of(only + ":6275"),
                    listening(new InetSocketAddress(InetAddress.ofLiteral(only), 6275))
                            .names());
        }
        InetAddress scoped = InetAddress.ofLiteral("::1");
        assertEquals(
                List.of("[0:0:0:0:0:0:0:1]:6275"),
                listening(new InetSocketAddress(scoped, 6275)).names());
    }

    @Test
    void nobodyIsToldAnythingBeforeItListens() {
        attachedTo(link("eth0", 2, "9.9.9.9"));
        assertEquals(List.of(), new Whereabouts(Optional.empty(), links::get).names());
    }
}
