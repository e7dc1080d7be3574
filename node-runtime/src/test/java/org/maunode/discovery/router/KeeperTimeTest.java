package org.maunode.discovery.router;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.maunode.discovery.router.RouterState.Mapped;
import org.maunode.discovery.router.RouterState.None;
import org.maunode.discovery.router.RouterState.Refused;
import org.maunode.discovery.router.RouterState.Searching;

/** Days of a node at a router, in no time. */
class KeeperTimeTest {
    private final Life life = new Life();

    /** RT-5. */
    @Test
    void withoutARouterTheWaitsAreDoubledUpToTwoHours() {
        life.wires.router.isSilent = true;
        List<Duration> searches = new ArrayList<>();
        life.wires.stopAt(Duration.ofDays(1));
        MappingPlan plan = new MappingPlan(Life.PORT, Life.NONCE, Life.HOUR, List.of(MappingProtocol.PCP));
        Keeper keeper = new Keeper(plan, new CountingGateways(life.wires, searches), life.told::add, life.random);
        keeper.run();
        assertEquals(List.of(new Searching(), new None()), life.told);
        assertTrue(searches.size() >= 17 && searches.size() <= 23, searches.toString());
        Life.assertBetween(45, 77, searches.get(1).minus(searches.get(0)).toSeconds());
        Life.assertBetween(90, 152, searches.get(2).minus(searches.get(1)).toSeconds());
        Duration last = searches.getLast().minus(searches.get(searches.size() - 2));
        Life.assertBetween(90, 151, last.toMinutes());
    }

    /** RT-15, RT-20: 24 hours of leases of one, asked for at half to five eighths. */
    @Test
    void leasesAreRenewedInTimeAndSilently() {
        for (MappingProtocol protocol : MappingProtocol.values()) {
            Life other = new Life();
            other.speaks(protocol);
            for (int minute = 1; minute < 24 * 60; minute++) {
                other.wires.at(
                        Duration.ofMinutes(minute), () -> assertEquals(Set.of(Life.PORT), other.wires.router.mapped()));
            }
            other.live(Duration.ofDays(1));
            assertEquals(List.of(new Searching(), Life.mapped(Life.PORT, protocol)), other.told);
            String word = protocol == MappingProtocol.UPNP ? "AddPortMapping" : "map";
            Life.assertBetween(38, 49, Collections.frequency(other.wires.router.asked, word));
        }
    }

    /** RT-15: the router grants less and less; that is no news. */
    @Test
    void aLeaseOfAnotherLengthIsNoNews() {
        life.wires.at(Life.HOUR, () -> life.wires.router.longestLease = Duration.ofMinutes(10));
        life.live(Duration.ofHours(5));
        assertEquals(List.of(new Searching(), Life.mapped(Life.PORT, MappingProtocol.PCP)), life.told);
    }

    /** RT-13, RT-15: the provider gave the router another address. */
    @Test
    void anotherOuterAddressIsNews() {
        life.wires.at(Life.HOUR, () -> life.wires.router.external = Ipv4.parse("11.22.33.2"));
        life.live(Duration.ofHours(5));
        InetSocketAddress external = new InetSocketAddress(Ipv4.parse("11.22.33.2"), Life.PORT);
        assertEquals(new Mapped(external, MappingProtocol.PCP, Life.HOUR), life.told.getLast());
        assertEquals(3, life.told.size());
    }

    /** RT-21. */
    @Test
    void aLeaseUnderEightSecondsIsRefusedAndOneOfEightIsKept() {
        life.wires.router.longestLease = Duration.ofSeconds(8);
        life.live(Duration.ofMinutes(10));
        Duration eight = Duration.ofSeconds(8);
        assertEquals(Life.mapped(Life.PORT, MappingProtocol.PCP).external(), ((Mapped) life.told.getLast()).external());
        assertEquals(eight, ((Mapped) life.told.getLast()).lease());

        Life other = new Life();
        other.wires.router.speaks.remove(MappingProtocol.UPNP);
        other.wires.router.longestLease = Duration.ofSeconds(7);
        other.live(Duration.ofSeconds(20));
        assertEquals(new Refused("PCP: the router promises 7 s only"), other.told.getLast());
    }

    /** RT-20, RT-22. */
    @Test
    void aMappingThatCannotBeRenewedIsLostAndSearchedFor() {
        life.wires.at(Duration.ofMinutes(5), () -> life.wires.router.isSilent = true);
        life.wires.at(Duration.ofHours(3), () -> life.wires.router.isSilent = false);
        life.live(Duration.ofHours(8));
        assertEquals(
                List.of(
                        new Searching(),
                        Life.mapped(Life.PORT, MappingProtocol.PCP),
                        new Searching(),
                        new None(),
                        Life.mapped(Life.PORT, MappingProtocol.PCP)),
                life.told);
    }

    /** RT-22: a router that gives and does not keep. */
    @Test
    void aMappingThatIsLostAtOnceIsNotAskedForAgainAtOnce() {
        life.wires.router.longestLease = Duration.ofSeconds(8);
        for (int second = 1; second < 3600; second++) {
            boolean isGiving = second % 60 < 3;
            life.wires.at(Duration.ofSeconds(second), () -> life.wires.router.refusal = isGiving ? 0 : 8);
        }
        life.live(Life.HOUR);
        assertTrue(life.told.size() < 40, life.told.toString());
    }

    /** RT-20: half of what is left, again and again. */
    @Test
    void aRenewalThatFailedIsTriedAgainBeforeTheLeaseEnds() {
        life.wires.at(Duration.ofMinutes(5), () -> life.wires.router.isSilent = true);
        life.wires.at(Duration.ofMinutes(59), () -> life.wires.router.isSilent = false);
        life.live(Duration.ofHours(8));
        assertEquals(List.of(new Searching(), Life.mapped(Life.PORT, MappingProtocol.PCP)), life.told);
    }

    /** RT-23. */
    @Test
    void aRouterThatLostItsMappingsAndSaysSoIsAskedWithinSeconds() {
        for (MappingProtocol protocol : List.of(MappingProtocol.PCP, MappingProtocol.NAT_PMP)) {
            for (boolean isPcp : new boolean[] {true, false}) {
                Life other = new Life();
                FakeRouter router = other.wires.router;
                other.speaks(protocol);
                other.wires.at(Duration.ofMinutes(3), router::restart);
                other.wires.announceAt(Duration.ofMinutes(3), isPcp ? router::announcement : router::address);
                other.wires.at(Duration.ofSeconds(179), () -> assertEquals(Set.of(Life.PORT), router.mapped()));
                other.wires.at(Duration.ofSeconds(180), () -> assertEquals(Set.of(), router.mapped()));
                other.wires.at(Duration.ofSeconds(186), () -> assertEquals(Set.of(Life.PORT), router.mapped()));
                other.live(Duration.ofMinutes(4));
            }
        }
    }

    /** RT-23. */
    @Test
    void anAnnouncedOuterAddressIsAskedForAtOnce() {
        life.wires.at(Duration.ofMinutes(3), () -> life.wires.router.external = Ipv4.parse("11.22.33.2"));
        life.wires.announceAt(Duration.ofMinutes(3), life.wires.router::address);
        life.live(Duration.ofMinutes(4));
        assertEquals(
                "11.22.33.2",
                ((Mapped) life.told.getLast()).external().getAddress().getHostAddress());
    }

    /** RT-5, RT-23: without a mapping nobody is listened to. */
    @Test
    void announcementsDoNotMakeANodeWithoutAMappingSearch() {
        List<Duration> searches = new ArrayList<>();
        life.wires.at(Duration.ofMinutes(5), () -> life.wires.router.isSilent = true);
        for (int second = 3600; second < 7200; second++) {
            life.wires.announceAt(Duration.ofSeconds(second), life.wires.router::announcement);
        }
        life.wires.stopAt(Duration.ofHours(2));
        MappingPlan plan = new MappingPlan(Life.PORT, Life.NONCE);
        new Keeper(plan, new CountingGateways(life.wires, searches), life.told::add, life.random).run();
        Life.assertBetween(5, 9, searches.size());
    }

    /** RT-23: a liar on the network says each tenth of a second that the router has just started. */
    @Test
    void announcementsMakeTheNodeAskEachTenSecondsAtMost() {
        for (int tenth = 100; tenth < 3100; tenth++) {
            life.wires.announceAt(Duration.ofMillis(tenth * 100L), () ->
                    new byte[] {2, (byte) 0x80, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0});
        }
        life.live(Duration.ofSeconds(311));
        Life.assertBetween(20, 31, Collections.frequency(life.wires.router.asked, "map"));
    }

    /** RT-23. */
    @Test
    void announcementsThatSayNothingNewOrNothingAtAllArePassedOver() {
        life.wires.announceAt(Duration.ofMinutes(1), life.wires.router::announcement);
        life.wires.announceAt(Duration.ofMinutes(2), life.wires.router::address);
        life.wires.announceAt(Duration.ofMinutes(3), () -> new byte[0]);
        life.wires.announceAt(Duration.ofMinutes(4), () -> new byte[2048]);
        life.wires.announceAt(
                Duration.ofMinutes(5),
                () -> life.wires.router.port5351(new byte[] {0, 0}).orElseThrow());
        life.live(Duration.ofMinutes(10));
        assertEquals(List.of("map", "address", "unmap"), life.wires.router.asked);
    }

    /** RT-23. */
    @Test
    void ofARouterThatSpeaksUpnpNoAnnouncementsAreHeard() {
        life.speaks(MappingProtocol.UPNP);
        life.wires.at(Duration.ofMinutes(1), () -> assertEquals(false, life.wires.isListening));
        life.live(Duration.ofMinutes(2));
    }

    /** RT-24. */
    @Test
    void aHundredChangesOfTheNetworkAreOneSearch() {
        for (int i = 0; i < 100; i++) {
            life.wires.changeAt(Duration.ofSeconds(60).plusMillis(i * 10L));
        }
        life.wires.at(Duration.ofSeconds(62), () -> assertEquals(1, life.wires.router.asked.size()));
        life.wires.at(Duration.ofSeconds(63), () -> assertEquals(2, life.wires.router.asked.size()));
        life.live(Duration.ofMinutes(10));
        assertEquals(List.of("map", "map", "unmap"), life.wires.router.asked);
        assertEquals(List.of(new Searching(), Life.mapped(Life.PORT, MappingProtocol.PCP)), life.told);
    }

    /** RT-24. */
    @Test
    void aNetworkThatNeverRestsIsSearchedEachHalfMinute() {
        for (int second = 1; second < 300; second++) {
            life.wires.changeAt(Duration.ofSeconds(second));
        }
        life.live(Duration.ofMinutes(5));
        Life.assertBetween(8, 11, Collections.frequency(life.wires.router.asked, "map"));
    }

    /** RT-24: the cable is pulled, and back later. */
    @Test
    void whenTheNetworkIsGoneThereIsNoneAndWhenItIsBackThereIsAMapping() {
        life.wires.at(Duration.ofMinutes(1), () -> life.wires.gateway = Optional.empty());
        life.wires.changeAt(Duration.ofMinutes(1));
        life.wires.at(Duration.ofMinutes(9), () -> life.wires.gateway = Optional.of(FakeWires.GATEWAY));
        life.wires.changeAt(Duration.ofMinutes(9));
        life.wires.at(Duration.ofMinutes(9).plusSeconds(3), () -> assertEquals(4, life.told.size()));
        life.live(Duration.ofMinutes(10));
        assertEquals(
                List.of(
                        new Searching(),
                        Life.mapped(Life.PORT, MappingProtocol.PCP),
                        new None(),
                        Life.mapped(Life.PORT, MappingProtocol.PCP)),
                life.told);
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
}
