package org.maunode.discovery.kademlia;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.maunode.discovery.net.AddressScope;

/** KD-21: which addresses are told to whom, and tried for whom. KD-9: what counts as one network. */
class PlaceTest {
    @Test
    void literalsAreOfTheirScope() {
        assertEquals(AddressScope.GLOBAL, place("9.9.9.9").scope());
        assertEquals(AddressScope.GLOBAL, place("2620:fe::fe").scope());
        assertEquals(AddressScope.PRIVATE, place("192.168.1.4").scope());
        assertEquals(AddressScope.LOOPBACK, place("127.0.0.1").scope());
        assertEquals(AddressScope.LOOPBACK, place("::1").scope());
        assertEquals(AddressScope.LOOPBACK, place("::ffff:127.0.0.1").scope());
        assertEquals(AddressScope.LINK_LOCAL, place("169.254.1.1").scope());
        assertFalse(place("9.9.9.9").named());
    }

    @Test
    void namesAreTakenForTheInternetUnlessTheyCannotBe() {
        assertEquals(AddressScope.GLOBAL, place("peer.example.org").scope());
        assertTrue(place("peer.example.org").named());
        assertEquals(AddressScope.PRIVATE, place("localhost").scope());
        assertEquals(AddressScope.PRIVATE, place("board.local").scope());
    }

    @Test
    void numbersInDisguiseAndWhatIsNoHostAreUnusable() {
        for (String host : List.of(
                "0x7f.1",
                "0x7f000001",
                "example.0x7f",
                "999.1.1.1",
                "::g",
                "a b.org",
                "-a.b-",
                "a..b",
                "a.",
                ".",
                "fe80::1%zone9",
                "x".repeat(64) + ".org",
                "a.".repeat(126) + "org")) {
            assertEquals(AddressScope.UNUSABLE, place(host).scope(), host);
        }
    }

    @Test
    void aNameOf253LettersIsOne() {
        String longest = "a.".repeat(125) + "org";
        assertEquals(253, longest.length());
        assertEquals(AddressScope.GLOBAL, place(longest).scope());
        assertEquals(AddressScope.UNUSABLE, place("b" + longest).scope());
    }

    @Test
    void portZeroIsUnusable() {
        InetSocketAddress none = InetSocketAddress.createUnresolved("9.9.9.9", 0);
        assertEquals(AddressScope.UNUSABLE, Place.of(none).scope());
    }

    @Test
    void whoIsFartherAwayIsToldLess() {
        assertEquals(Reach.WORLD, Reach.of(InetAddress.ofLiteral("9.9.9.9")));
        assertEquals(Reach.SITE, Reach.of(InetAddress.ofLiteral("10.0.0.1")));
        assertEquals(Reach.HERE, Reach.of(InetAddress.ofLiteral("127.0.0.1")));
        assertEquals(Reach.WORLD, Reach.of(InetAddress.ofLiteral("169.254.0.1")));
        assertEquals(List.of(Reach.WORLD, Reach.SITE, Reach.HERE), admitting("9.9.9.9"));
        assertEquals(List.of(Reach.WORLD, Reach.SITE, Reach.HERE), admitting("peer.example.org"));
        assertEquals(List.of(Reach.SITE, Reach.HERE), admitting("10.0.0.1"));
        assertEquals(List.of(Reach.HERE), admitting("127.0.0.1"));
        assertEquals(List.of(), admitting("169.254.0.1"));
        assertEquals(List.of(), admitting("0.0.0.0"));
    }

    private static List<Reach> admitting(String host) {
        return List.of(Reach.values()).stream().filter(place(host)::admittedBy).toList();
    }

    @Test
    void oneNetworkIsA24OrA48() {
        assertEquals(prefix("9.9.9.1"), prefix("9.9.9.254"));
        assertNotEquals(prefix("9.9.9.1"), prefix("9.9.8.1"));
        assertEquals(prefix("2620:fe:1::1"), prefix("2620:fe:1:ffff::2"));
        assertNotEquals(prefix("2620:fe:1::1"), prefix("2620:fe:2::1"));
        assertNotEquals(prefix("0.0.0.0"), prefix("2000::"));
    }

    @Test
    void privateAddressesCountEachForItself() {
        assertNotEquals(prefix("10.0.0.1"), prefix("10.0.0.2"));
        assertNotEquals(prefix("fd00::1"), prefix("fd00::2"));
        assertEquals(prefix("10.0.0.1"), prefix("10.0.0.1"));
        assertEquals(prefix("127.0.0.1"), prefix("127.9.9.9"));
    }

    @Test
    void namesAreOneNetworkUntilItIsKnownWhereTheyLead() {
        assertEquals(prefix("a.example.org"), prefix("b.example.net"));
        Place led = place("a.example.org").seenAt(InetAddress.ofLiteral("9.9.9.9"));
        assertEquals(prefix("9.9.9.1"), led.prefix());
        assertEquals("a.example.org", led.address().getHostString());
        assertEquals(place("9.9.9.9"), place("9.9.9.9").seenAt(InetAddress.ofLiteral("8.8.8.8")));
    }

    private static Prefix prefix(String host) {
        return place(host).prefix();
    }

    private static Place place(String host) {
        return Place.of(InetSocketAddress.createUnresolved(host, 6275));
    }
}
