package org.maunode.discovery.router;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;
import org.maunode.discovery.router.RouterException.Reason;
import org.maunode.discovery.router.RouterState.DoubleNat;
import org.maunode.discovery.router.RouterState.Mapped;
import org.maunode.discovery.router.RouterState.None;
import org.maunode.discovery.router.RouterState.Refused;
import org.maunode.discovery.router.RouterState.Searching;

/** Days of a node at a router, in no time. */
class KeeperTest {
    private static final int PORT = 6275;
    private static final Duration HOUR = Duration.ofHours(1);
    private static final MappingNonce NONCE = MappingNonce.of("secret".getBytes(StandardCharsets.UTF_8));

    private final FakeWires wires = new FakeWires();
    private final List<RouterState> told = new ArrayList<>();
    private final RandomGenerator random = new Random(6886);

    private void live(Duration until) {
        wires.stopAt(until);
        Keeper keeper = new Keeper(new MappingPlan(PORT, NONCE), wires, told::add, random);
        keeper.run();
        wires.farewell();
        keeper.giveBack();
    }

    private static Mapped mapped(int outside, MappingProtocol by) {
        return new Mapped(new InetSocketAddress(Ipv4.parse("11.22.33.1"), outside), by, HOUR);
    }

    private void speaks(MappingProtocol... protocols) {
        wires.router.speaks.clear();
        Collections.addAll(wires.router.speaks, protocols);
    }

    /** RT-3, RT-10, RT-15. */
    @Test
    void pcpIsPreferredAndTheSamePortOutsideAskedFor() {
        live(Duration.ofMinutes(10));
        assertEquals(List.of(new Searching(), mapped(PORT, MappingProtocol.PCP)), told);
        assertEquals(List.of("map", "unmap"), wires.router.asked);
    }

    /** RT-4. */
    @Test
    void aServerOfNatPmpAloneIsAskedByNatPmpAtOnce() {
        speaks(MappingProtocol.NAT_PMP);
        wires.at(Duration.ofMillis(1), () -> assertEquals(mapped(PORT, MappingProtocol.NAT_PMP), told.getLast()));
        live(Duration.ofMinutes(10));
        assertEquals(List.of("address", "map", "unmap"), wires.router.asked);
    }

    /** RT-3, RT-36. */
    @Test
    void aRouterWithUpnpAloneIsAskedByUpnpAtOnce() {
        speaks(MappingProtocol.UPNP);
        wires.at(Duration.ofMillis(1), () -> assertEquals(mapped(PORT, MappingProtocol.UPNP), told.getLast()));
        live(Duration.ofMinutes(10));
        assertEquals(
                List.of(
                        "search",
                        "GetExternalIPAddress",
                        "GetSpecificPortMappingEntry",
                        "AddPortMapping",
                        "DeletePortMapping"),
                wires.router.asked);
        assertEquals(Set.of(), wires.router.mapped());
    }

    /** RT-3: 1.75 s each for PCP and NAT-PMP, 2 s for UPnP. */
    @Test
    void silenceOfARouterIsWaitedForSomeSecondsAltogether() {
        wires.router.isSilent = true;
        List<Duration> when = new ArrayList<>();
        wires.stopAt(Duration.ofSeconds(30));
        new Keeper(new MappingPlan(PORT, NONCE), wires, _ -> when.add(wires.elapsed()), random).run();
        assertEquals(List.of(Duration.ZERO, Duration.ofMillis(5500)), when);
    }

    /** RT-5. */
    @Test
    void withoutARouterTheWaitsAreDoubledUpToTwoHours() {
        wires.router.isSilent = true;
        List<Duration> searches = new ArrayList<>();
        wires.stopAt(Duration.ofDays(1));
        MappingPlan plan = new MappingPlan(PORT, NONCE, HOUR, List.of(MappingProtocol.PCP));
        Keeper keeper = new Keeper(plan, new CountingGateways(wires, searches), told::add, random);
        keeper.run();
        assertEquals(List.of(new Searching(), new None()), told);
        assertTrue(searches.size() >= 17 && searches.size() <= 23, searches.toString());
        assertBetween(45, 77, searches.get(1).minus(searches.get(0)).toSeconds());
        assertBetween(90, 152, searches.get(2).minus(searches.get(1)).toSeconds());
        Duration last = searches.getLast().minus(searches.get(searches.size() - 2));
        assertBetween(90, 151, last.toMinutes());
    }

    private static void assertBetween(long least, long most, long value) {
        assertTrue(least <= value && value <= most, value + " is not in " + least + ".." + most);
    }

    /** RT-5. */
    @Test
    void ofSeveralRefusalsTheFirstIsTold() {
        wires.router.refusal = 8;
        live(Duration.ofSeconds(10));
        assertEquals(List.of(new Searching(), new Refused("PCP: it has no room for another mapping")), told);
        assertEquals(List.of("map", "address", "search", "GetExternalIPAddress"), wires.router.asked.subList(0, 4));
    }

    /** RT-5. */
    @Test
    void aRouterThatRefusedIsAskedAgain() {
        wires.router.refusal = 2;
        wires.at(Duration.ofSeconds(30), () -> wires.router.refusal = 0);
        live(Duration.ofMinutes(5));
        assertEquals(mapped(PORT, MappingProtocol.PCP), told.getLast());
    }

    /** RT-2. */
    @Test
    void aNodeInTheOpenAsksNobody() {
        wires.gateway = Optional.of(new Gateway("eth0", Ipv4.parse("11.22.33.1"), Ipv4.parse("11.22.33.7")));
        live(Duration.ofDays(1));
        wires.gateway = Optional.of(new Gateway("eth0", FakeRouter.ADDRESS, Ipv4.parse("11.22.33.7")));
        assertEquals(List.of(new Searching(), new None()), told);
        assertEquals(List.of(), wires.router.asked);
    }

    /** RT-10. */
    @Test
    void anotherPortOutsideIsToldAndAskedForAgain() {
        for (MappingProtocol protocol : List.of(MappingProtocol.PCP, MappingProtocol.NAT_PMP)) {
            KeeperTest other = new KeeperTest();
            other.speaks(protocol);
            other.wires.router.taken.add(PORT);
            other.wires.at(HOUR, () -> other.wires.router.taken.clear());
            other.live(Duration.ofHours(3));
            assertEquals(List.of(new Searching(), mapped(PORT + 1, protocol)), other.told);
        }
    }

    /** RT-11. */
    @Test
    void inUpnpAPortOfAnotherIsLeftToItEvenIfTheRouterWouldGiveItAway() {
        speaks(MappingProtocol.UPNP);
        wires.router.givesAwayTakenPorts = true;
        wires.router.taken.addAll(Set.of(PORT, PORT + 1));
        live(Duration.ofHours(3));
        assertEquals(List.of(new Searching(), mapped(PORT + 2, MappingProtocol.UPNP)), told);
    }

    /** RT-11. */
    @Test
    void inUpnpARouterThatDoesNotAnswerTheLookIsAskedForTheMapping() {
        speaks(MappingProtocol.UPNP);
        wires.router.isUpnpWithoutLook = true;
        wires.router.taken.add(PORT);
        live(Duration.ofMinutes(1));
        assertEquals(mapped(PORT + 1, MappingProtocol.UPNP), told.getLast());
    }

    /** RT-11: own, four behind it, five drawn. */
    @Test
    void inUpnpTenPortsAreTriedAndNoMore() {
        speaks(MappingProtocol.UPNP);
        for (int port = PORT; port <= IgdClient.LAST_PORT; port++) {
            wires.router.taken.add(port);
        }
        live(Duration.ofSeconds(30));
        assertEquals(new Refused("UPnP: others have every port outside that was tried"), told.getLast());
        assertEquals(10, Collections.frequency(wires.router.asked, "GetSpecificPortMappingEntry"));
    }

    /** RT-11: the drawn ones are tried last. */
    @Test
    void inUpnpADrawnPortIsTakenWhenAllNearOnesAreGone() {
        speaks(MappingProtocol.UPNP);
        for (int port = PORT; port <= PORT + IgdClient.NEXT_PORTS; port++) {
            wires.router.taken.add(port);
        }
        live(Duration.ofSeconds(30));
        Mapped mapped = (Mapped) told.getLast();
        assertTrue(mapped.external().getPort() >= IgdClient.FIRST_DYNAMIC_PORT, mapped.toString());
    }

    /** RT-12. */
    @Test
    void aRouterThatKeepsMappingsForEverIsAskedForThat() {
        speaks(MappingProtocol.UPNP);
        wires.router.isUpnpPermanentOnly = true;
        live(Duration.ofMinutes(1));
        assertEquals(mapped(PORT, MappingProtocol.UPNP), told.getLast());
        assertEquals(2, Collections.frequency(wires.router.asked, "AddPortMapping"));
        assertEquals(Set.of(), wires.router.mapped());
    }

    /** RT-13. */
    @Test
    void anOuterAddressThatIsPrivateIsDoubleNat() {
        for (String address : List.of("10.0.0.2", "172.31.255.255", "192.168.7.7", "100.64.0.1", "169.254.1.1")) {
            for (MappingProtocol protocol : MappingProtocol.values()) {
                KeeperTest other = new KeeperTest();
                other.speaks(protocol);
                other.wires.router.external = Ipv4.parse(address);
                other.live(Duration.ofHours(2));
                InetSocketAddress external = new InetSocketAddress(Ipv4.parse(address), PORT);
                assertEquals(List.of(new Searching(), new DoubleNat(external, protocol, HOUR)), other.told);
            }
        }
    }

    /** RT-13. */
    @Test
    void anOuterAddressThatNobodyCanConnectToIsARefusal() {
        for (String address : List.of("0.0.0.0", "127.0.0.1", "203.0.113.7", "224.0.0.1", "255.255.255.255")) {
            for (MappingProtocol protocol : MappingProtocol.values()) {
                KeeperTest other = new KeeperTest();
                other.speaks(protocol);
                other.wires.router.external = Ipv4.parse(address);
                other.live(Duration.ofSeconds(20));
                String reason = protocol + ": it has no address outside but " + address;
                assertEquals(List.of(new Searching(), new Refused(reason)), other.told);
            }
        }
    }

    /** RT-15, RT-20: 24 hours of leases of one, asked for at half to five eighths. */
    @Test
    void leasesAreRenewedInTimeAndSilently() {
        for (MappingProtocol protocol : MappingProtocol.values()) {
            KeeperTest other = new KeeperTest();
            other.speaks(protocol);
            for (int minute = 1; minute < 24 * 60; minute++) {
                other.wires.at(
                        Duration.ofMinutes(minute), () -> assertEquals(Set.of(PORT), other.wires.router.mapped()));
            }
            other.live(Duration.ofDays(1));
            assertEquals(List.of(new Searching(), mapped(PORT, protocol)), other.told);
            String word = protocol == MappingProtocol.UPNP ? "AddPortMapping" : "map";
            assertBetween(38, 49, Collections.frequency(other.wires.router.asked, word));
        }
    }

    /** RT-15: the router grants less and less; that is no news. */
    @Test
    void aLeaseOfAnotherLengthIsNoNews() {
        wires.at(HOUR, () -> wires.router.longestLease = Duration.ofMinutes(10));
        live(Duration.ofHours(5));
        assertEquals(List.of(new Searching(), mapped(PORT, MappingProtocol.PCP)), told);
    }

    /** RT-13, RT-15: the provider gave the router another address. */
    @Test
    void anotherOuterAddressIsNews() {
        wires.at(HOUR, () -> wires.router.external = Ipv4.parse("11.22.33.2"));
        live(Duration.ofHours(5));
        InetSocketAddress external = new InetSocketAddress(Ipv4.parse("11.22.33.2"), PORT);
        assertEquals(new Mapped(external, MappingProtocol.PCP, HOUR), told.getLast());
        assertEquals(3, told.size());
    }

    /** RT-21. */
    @Test
    void aLeaseUnderEightSecondsIsRefusedAndOneOfEightIsKept() {
        wires.router.longestLease = Duration.ofSeconds(8);
        live(Duration.ofMinutes(10));
        Duration eight = Duration.ofSeconds(8);
        assertEquals(mapped(PORT, MappingProtocol.PCP).external(), ((Mapped) told.getLast()).external());
        assertEquals(eight, ((Mapped) told.getLast()).lease());

        KeeperTest other = new KeeperTest();
        other.wires.router.speaks.remove(MappingProtocol.UPNP);
        other.wires.router.longestLease = Duration.ofSeconds(7);
        other.live(Duration.ofSeconds(20));
        assertEquals(new Refused("PCP: the router promises 7 s only"), other.told.getLast());
    }

    /** RT-20, RT-22. */
    @Test
    void aMappingThatCannotBeRenewedIsLostAndSearchedFor() {
        wires.at(Duration.ofMinutes(5), () -> wires.router.isSilent = true);
        wires.at(Duration.ofHours(3), () -> wires.router.isSilent = false);
        live(Duration.ofHours(8));
        assertEquals(
                List.of(
                        new Searching(),
                        mapped(PORT, MappingProtocol.PCP),
                        new Searching(),
                        new None(),
                        mapped(PORT, MappingProtocol.PCP)),
                told);
    }

    /** RT-20: half of what is left, again and again. */
    @Test
    void aRenewalThatFailedIsTriedAgainBeforeTheLeaseEnds() {
        wires.at(Duration.ofMinutes(5), () -> wires.router.isSilent = true);
        wires.at(Duration.ofMinutes(59), () -> wires.router.isSilent = false);
        live(Duration.ofHours(8));
        assertEquals(List.of(new Searching(), mapped(PORT, MappingProtocol.PCP)), told);
    }

    /** RT-23. */
    @Test
    void aRouterThatLostItsMappingsAndSaysSoIsAskedWithinSeconds() {
        for (MappingProtocol protocol : List.of(MappingProtocol.PCP, MappingProtocol.NAT_PMP)) {
            for (boolean isPcp : new boolean[] {true, false}) {
                KeeperTest other = new KeeperTest();
                FakeRouter router = other.wires.router;
                other.speaks(protocol);
                other.wires.at(Duration.ofMinutes(3), router::restart);
                other.wires.announceAt(Duration.ofMinutes(3), isPcp ? router::announcement : router::address);
                other.wires.at(Duration.ofSeconds(179), () -> assertEquals(Set.of(PORT), router.mapped()));
                other.wires.at(Duration.ofSeconds(180), () -> assertEquals(Set.of(), router.mapped()));
                other.wires.at(Duration.ofSeconds(186), () -> assertEquals(Set.of(PORT), router.mapped()));
                other.live(Duration.ofMinutes(4));
            }
        }
    }

    /** RT-23. */
    @Test
    void anAnnouncedOuterAddressIsAskedForAtOnce() {
        wires.at(Duration.ofMinutes(3), () -> wires.router.external = Ipv4.parse("11.22.33.2"));
        wires.announceAt(Duration.ofMinutes(3), wires.router::address);
        live(Duration.ofMinutes(4));
        assertEquals(
                "11.22.33.2", ((Mapped) told.getLast()).external().getAddress().getHostAddress());
    }

    /** RT-23: a liar on the network says each tenth of a second that the router has just started. */
    @Test
    void announcementsMakeTheNodeAskEachTenSecondsAtMost() {
        for (int tenth = 100; tenth < 3100; tenth++) {
            wires.announceAt(Duration.ofMillis(tenth * 100L), () ->
                    new byte[] {2, (byte) 0x80, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0});
        }
        live(Duration.ofSeconds(311));
        assertBetween(20, 31, Collections.frequency(wires.router.asked, "map"));
    }

    /** RT-23. */
    @Test
    void announcementsThatSayNothingNewOrNothingAtAllArePassedOver() {
        wires.announceAt(Duration.ofMinutes(1), wires.router::announcement);
        wires.announceAt(Duration.ofMinutes(2), wires.router::address);
        wires.announceAt(Duration.ofMinutes(3), () -> new byte[0]);
        wires.announceAt(Duration.ofMinutes(4), () -> new byte[2048]);
        wires.announceAt(
                Duration.ofMinutes(5),
                () -> wires.router.port5351(new byte[] {0, 0}).orElseThrow());
        live(Duration.ofMinutes(10));
        assertEquals(List.of("map", "address", "unmap"), wires.router.asked);
    }

    /** RT-23. */
    @Test
    void ofARouterThatSpeaksUpnpNoAnnouncementsAreHeard() {
        speaks(MappingProtocol.UPNP);
        wires.at(Duration.ofMinutes(1), () -> assertEquals(false, wires.isListening));
        live(Duration.ofMinutes(2));
    }

    /** RT-24. */
    @Test
    void aHundredChangesOfTheNetworkAreOneSearch() {
        for (int i = 0; i < 100; i++) {
            wires.changeAt(Duration.ofSeconds(60).plusMillis(i * 10L));
        }
        wires.at(Duration.ofSeconds(62), () -> assertEquals(1, wires.router.asked.size()));
        wires.at(Duration.ofSeconds(63), () -> assertEquals(2, wires.router.asked.size()));
        live(Duration.ofMinutes(10));
        assertEquals(List.of("map", "map", "unmap"), wires.router.asked);
        assertEquals(List.of(new Searching(), mapped(PORT, MappingProtocol.PCP)), told);
    }

    /** RT-24. */
    @Test
    void aNetworkThatNeverRestsIsSearchedEachHalfMinute() {
        for (int second = 1; second < 300; second++) {
            wires.changeAt(Duration.ofSeconds(second));
        }
        live(Duration.ofMinutes(5));
        assertBetween(8, 11, Collections.frequency(wires.router.asked, "map"));
    }

    /** RT-24: the cable is pulled, and back later. */
    @Test
    void whenTheNetworkIsGoneThereIsNoneAndWhenItIsBackThereIsAMapping() {
        wires.at(Duration.ofMinutes(1), () -> wires.gateway = Optional.empty());
        wires.changeAt(Duration.ofMinutes(1));
        wires.at(Duration.ofMinutes(9), () -> wires.gateway = Optional.of(FakeWires.GATEWAY));
        wires.changeAt(Duration.ofMinutes(9));
        wires.at(Duration.ofMinutes(9).plusSeconds(3), () -> assertEquals(4, told.size()));
        live(Duration.ofMinutes(10));
        assertEquals(
                List.of(
                        new Searching(),
                        mapped(PORT, MappingProtocol.PCP),
                        new None(),
                        mapped(PORT, MappingProtocol.PCP)),
                told);
    }

    /** RT-26. */
    @Test
    void atTheEndTheMappingIsGone() {
        for (MappingProtocol protocol : MappingProtocol.values()) {
            KeeperTest other = new KeeperTest();
            other.speaks(protocol);
            other.live(Duration.ofHours(7));
            assertEquals(Set.of(), other.wires.router.mapped());
            assertEquals(EnumSet.of(protocol), other.wires.router.speaks);
        }
    }

    /** RT-26: the answer to the first request does not come before the end. */
    @Test
    void whatWasAskedForAndNotGrantedYetIsGivenBackToo() {
        Keeper keeper = new Keeper(new MappingPlan(PORT, NONCE), new StoppedAtFirstAnswer(wires), told::add, random);
        keeper.run();
        assertEquals(Set.of(PORT), wires.router.mapped());
        keeper.giveBack();
        assertEquals(Set.of(), wires.router.mapped());
    }

    /** RT-26. */
    @Test
    void aRouterThatIsSilentAtTheEndIsLeftAlone() {
        wires.at(Duration.ofMinutes(1), () -> wires.router.isSilent = true);
        live(Duration.ofMinutes(2));
        assertEquals(List.of("map"), wires.router.asked);
    }

    /** RT-27. */
    @Test
    void aListenerThatThrowsDoesNotEndTheMapping() {
        Logger log = Logger.getLogger("org.maunode.discovery.router");
        log.setLevel(Level.OFF);
        try {
            wires.stopAt(Duration.ofHours(5));
            Keeper keeper = new Keeper(
                    new MappingPlan(PORT, NONCE),
                    wires,
                    _ -> {
                        throw new IllegalArgumentException("a listener's defect");
                    },
                    random);
            keeper.run();
            assertBetween(8, 10, Collections.frequency(wires.router.asked, "map"));
        } finally {
            log.setLevel(null);
        }
    }

    /** Notes when the gateway is looked for, which is at the start of each search. */
    private static final class CountingGateways extends ForwardingWires {
        private final List<Duration> searches;

        CountingGateways(Wires wires, List<Duration> searches) {
            super(wires);
            this.searches = searches;
        }

        @Override
        public Optional<Gateway> gateway() {
            searches.add(Duration.between(FakeWires.START, now()));
            return super.gateway();
        }
    }

    /** The node closes while it waits for the first answer. */
    private static final class StoppedAtFirstAnswer extends ForwardingWires {
        private boolean isStopped;

        StoppedAtFirstAnswer(Wires wires) {
            super(wires);
        }

        @Override
        public Datagrams open(Gateway gateway, InetSocketAddress to) {
            Datagrams datagrams = super.open(gateway, to);
            if (isStopped) {
                return datagrams;
            }
            isStopped = true;
            return new Datagrams() {
                @Override
                public void send(byte[] datagram) {
                    datagrams.send(datagram);
                }

                @Override
                public Optional<Received> receive(Instant until) {
                    throw new RouterException(Reason.STOPPED, "this node is closing");
                }

                @Override
                public void close() {
                    datagrams.close();
                }
            };
        }
    }
}
