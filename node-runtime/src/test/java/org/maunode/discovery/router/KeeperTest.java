package org.maunode.discovery.router;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.InetSocketAddress;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.junit.jupiter.api.Test;
import org.maunode.discovery.router.RouterException.Reason;
import org.maunode.discovery.router.RouterState.DoubleNat;
import org.maunode.discovery.router.RouterState.Mapped;
import org.maunode.discovery.router.RouterState.None;
import org.maunode.discovery.router.RouterState.Refused;
import org.maunode.discovery.router.RouterState.Searching;

/** Which mapping a node gets of which router, and how it gives it back. */
class KeeperTest {
    private final Life life = new Life();

    /** RT-3, RT-10, RT-15. */
    @Test
    void pcpIsPreferredAndTheSamePortOutsideAskedFor() {
        life.live(Duration.ofMinutes(10));
        assertEquals(List.of(new Searching(), Life.mapped(Life.PORT, MappingProtocol.PCP)), life.told);
        assertEquals(List.of("map", "unmap"), life.wires.router.asked);
    }

    /** RT-4. */
    @Test
    void aServerOfNatPmpAloneIsAskedByNatPmpAtOnce() {
        life.speaks(MappingProtocol.NAT_PMP);
        life.wires.at(
                Duration.ofMillis(1),
                () -> assertEquals(Life.mapped(Life.PORT, MappingProtocol.NAT_PMP), life.told.getLast()));
        life.live(Duration.ofMinutes(10));
        assertEquals(List.of("address", "map", "unmap"), life.wires.router.asked);
    }

    /** RT-3, RT-36. */
    @Test
    void aRouterWithUpnpAloneIsAskedByUpnpAtOnce() {
        life.speaks(MappingProtocol.UPNP);
        life.wires.at(
                Duration.ofMillis(1),
                () -> assertEquals(Life.mapped(Life.PORT, MappingProtocol.UPNP), life.told.getLast()));
        life.live(Duration.ofMinutes(10));
        assertEquals(
                List.of(
                        "search",
                        "GetExternalIPAddress",
                        "GetSpecificPortMappingEntry",
                        "AddPortMapping",
                        "DeletePortMapping"),
                life.wires.router.asked);
        assertEquals(Set.of(), life.wires.router.mapped());
    }

    /** RT-3: 1.75 s each for PCP and NAT-PMP, 2 s for UPnP. */
    @Test
    void silenceOfARouterIsWaitedForSomeSecondsAltogether() {
        life.wires.router.isSilent = true;
        List<Duration> when = new ArrayList<>();
        life.wires.stopAt(Duration.ofSeconds(30));
        new Keeper(new MappingPlan(Life.PORT, Life.NONCE), life.wires, _ -> when.add(life.wires.elapsed()), life.random)
                .run();
        assertEquals(List.of(Duration.ZERO, Duration.ofMillis(5500)), when);
    }

    /** RT-5. */
    @Test
    void ofSeveralRefusalsTheFirstIsTold() {
        life.wires.router.refusal = 8;
        life.live(Duration.ofSeconds(10));
        assertEquals(List.of(new Searching(), new Refused("PCP: it has no room for another mapping")), life.told);
        assertEquals(
                List.of("map", "address", "search", "GetExternalIPAddress"), life.wires.router.asked.subList(0, 4));
    }

    /** RT-5. */
    @Test
    void aRouterThatRefusedIsAskedAgain() {
        life.wires.router.refusal = 2;
        life.wires.at(Duration.ofSeconds(30), () -> life.wires.router.refusal = 0);
        life.live(Duration.ofMinutes(5));
        assertEquals(Life.mapped(Life.PORT, MappingProtocol.PCP), life.told.getLast());
    }

    /** RT-2. */
    @Test
    void aNodeInTheOpenAsksNobody() {
        life.wires.gateway = Optional.of(new Gateway("eth0", Ipv4.parse("11.22.33.1"), Ipv4.parse("11.22.33.7")));
        life.live(Duration.ofDays(1));
        life.wires.gateway = Optional.of(new Gateway("eth0", FakeRouter.ADDRESS, Ipv4.parse("11.22.33.7")));
        assertEquals(List.of(new Searching(), new None()), life.told);
        assertEquals(List.of(), life.wires.router.asked);
    }

    /** RT-10. */
    @Test
    void anotherPortOutsideIsToldAndAskedForAgain() {
        for (MappingProtocol protocol : List.of(MappingProtocol.PCP, MappingProtocol.NAT_PMP)) {
            Life other = new Life();
            other.speaks(protocol);
            other.wires.router.taken.add(Life.PORT);
            other.wires.at(Life.HOUR, () -> other.wires.router.taken.clear());
            other.live(Duration.ofHours(3));
            assertEquals(List.of(new Searching(), Life.mapped(Life.PORT + 1, protocol)), other.told);
        }
    }

    /** RT-14: the power was cut, and the mapping is still there. */
    @Test
    void aNodeThatComesBackRenewsWhatItLeftBehind() {
        Keeper first = new Keeper(new MappingPlan(Life.PORT, Life.NONCE), life.wires, life.told::add, life.random);
        life.wires.stopAt(Duration.ofMinutes(1));
        first.run();
        life.wires.farewell();
        assertEquals(Set.of(Life.PORT), life.wires.router.mapped());
        life.live(Duration.ofMinutes(2));
        assertEquals(Life.mapped(Life.PORT, MappingProtocol.PCP), life.told.getLast());

        Life other = new Life();
        other.wires.router.speaks.remove(MappingProtocol.UPNP);
        MappingNonce strange = MappingNonce.of(new byte[] {7});
        new PcpClient(new Asking(other.wires, FakeWires.GATEWAY), strange, Life.PORT).map(Life.HOUR);
        other.live(Duration.ofMinutes(2));
        assertEquals(new Refused("PCP: it does not allow that"), other.told.getLast());
    }

    /** RT-11. */
    @Test
    void inUpnpAPortOfAnotherIsLeftToItEvenIfTheRouterWouldGiveItAway() {
        life.speaks(MappingProtocol.UPNP);
        life.wires.router.givesAwayTakenPorts = true;
        life.wires.router.taken.addAll(Set.of(Life.PORT, Life.PORT + 1));
        life.live(Duration.ofHours(3));
        assertEquals(List.of(new Searching(), Life.mapped(Life.PORT + 2, MappingProtocol.UPNP)), life.told);
    }

    /** RT-11. */
    @Test
    void inUpnpARouterThatDoesNotAnswerTheLookIsAskedForTheMapping() {
        life.speaks(MappingProtocol.UPNP);
        life.wires.router.isUpnpWithoutLook = true;
        life.wires.router.taken.add(Life.PORT);
        life.live(Duration.ofMinutes(1));
        assertEquals(Life.mapped(Life.PORT + 1, MappingProtocol.UPNP), life.told.getLast());
    }

    /** RT-11: own, four behind it, five drawn. */
    @Test
    void inUpnpTenPortsAreTriedAndNoMore() {
        life.speaks(MappingProtocol.UPNP);
        for (int port = Life.PORT; port <= IgdClient.LAST_PORT; port++) {
            life.wires.router.taken.add(port);
        }
        life.live(Duration.ofSeconds(30));
        assertEquals(new Refused("UPnP: others have every port outside that was tried"), life.told.getLast());
        assertEquals(10, Collections.frequency(life.wires.router.asked, "GetSpecificPortMappingEntry"));
    }

    /** RT-11: the drawn ones are tried last. */
    @Test
    void inUpnpADrawnPortIsTakenWhenAllNearOnesAreGone() {
        life.speaks(MappingProtocol.UPNP);
        for (int port = Life.PORT; port <= Life.PORT + IgdClient.NEXT_PORTS; port++) {
            life.wires.router.taken.add(port);
        }
        life.live(Duration.ofSeconds(30));
        Mapped mapped = (Mapped) life.told.getLast();
        assertTrue(mapped.external().getPort() >= IgdClient.FIRST_DYNAMIC_PORT, mapped.toString());
    }

    /** RT-12. */
    @Test
    void aRouterThatKeepsMappingsForEverIsAskedForThat() {
        life.speaks(MappingProtocol.UPNP);
        life.wires.router.isUpnpPermanentOnly = true;
        life.live(Duration.ofMinutes(1));
        assertEquals(Life.mapped(Life.PORT, MappingProtocol.UPNP), life.told.getLast());
        assertEquals(2, Collections.frequency(life.wires.router.asked, "AddPortMapping"));
        assertEquals(Set.of(), life.wires.router.mapped());
    }

    /** RT-13. */
    @Test
    void anOuterAddressThatIsPrivateIsDoubleNat() {
        for (String address : List.of("10.0.0.2", "172.31.255.255", "192.168.7.7", "100.64.0.1", "169.254.1.1")) {
            for (MappingProtocol protocol : MappingProtocol.values()) {
                Life other = new Life();
                other.speaks(protocol);
                other.wires.router.external = Ipv4.parse(address);
                other.live(Duration.ofHours(2));
                InetSocketAddress external = new InetSocketAddress(Ipv4.parse(address), Life.PORT);
                assertEquals(List.of(new Searching(), new DoubleNat(external, protocol, Life.HOUR)), other.told);
            }
        }
    }

    /** RT-13. */
    @Test
    void anOuterAddressThatNobodyCanConnectToIsARefusal() {
        for (String address : List.of("0.0.0.0", "127.0.0.1", "203.0.113.7", "224.0.0.1", "255.255.255.255")) {
            for (MappingProtocol protocol : MappingProtocol.values()) {
                Life other = new Life();
                other.speaks(protocol);
                other.wires.router.external = Ipv4.parse(address);
                other.live(Duration.ofSeconds(20));
                String reason = protocol + ": it has no address outside but " + address;
                assertEquals(List.of(new Searching(), new Refused(reason)), other.told);
            }
        }
    }

    /** RT-26. */
    @Test
    void atTheEndTheMappingIsGone() {
        for (MappingProtocol protocol : MappingProtocol.values()) {
            Life other = new Life();
            other.speaks(protocol);
            other.live(Duration.ofHours(7));
            assertEquals(Set.of(), other.wires.router.mapped());
            assertEquals(EnumSet.of(protocol), other.wires.router.speaks);
        }
    }

    /** RT-13, RT-21, RT-26. */
    @Test
    void aMappingOfNoUseIsGivenBack() {
        life.speaks(MappingProtocol.PCP);
        life.wires.router.external = Ipv4.parse("0.0.0.0");
        life.live(Duration.ofSeconds(20));
        assertEquals(List.of("map", "unmap"), life.wires.router.asked);

        Life other = new Life();
        other.speaks(MappingProtocol.NAT_PMP);
        other.wires.router.longestLease = Duration.ofSeconds(7);
        other.live(Duration.ofSeconds(20));
        assertEquals(List.of("address", "map", "unmap"), other.wires.router.asked);
    }

    /** RT-26: the answer to the first request does not come before the end. */
    @Test
    void whatWasAskedForAndNotGrantedYetIsGivenBackToo() {
        Keeper keeper = new Keeper(
                new MappingPlan(Life.PORT, Life.NONCE),
                new StoppedAtFirstAnswer(life.wires),
                life.told::add,
                life.random);
        keeper.run();
        assertEquals(Set.of(Life.PORT), life.wires.router.mapped());
        keeper.giveBack();
        assertEquals(Set.of(), life.wires.router.mapped());
    }

    /** RT-26. */
    @Test
    void aRouterThatIsSilentAtTheEndIsLeftAlone() {
        life.wires.at(Duration.ofMinutes(1), () -> life.wires.router.isSilent = true);
        life.live(Duration.ofMinutes(2));
        assertEquals(List.of("map"), life.wires.router.asked);
    }

    /** RT-27. */
    @Test
    void aListenerThatThrowsDoesNotEndTheMapping() {
        Logger log = Logger.getLogger("org.maunode.discovery.router");
        log.setLevel(Level.OFF);
        try {
            life.wires.stopAt(Duration.ofHours(5));
            Keeper keeper = new Keeper(
                    new MappingPlan(Life.PORT, Life.NONCE),
                    life.wires,
                    _ -> {
                        throw new IllegalArgumentException("a listener's defect");
                    },
                    life.random);
            keeper.run();
            Life.assertBetween(8, 10, Collections.frequency(life.wires.router.asked, "map"));
        } finally {
            log.setLevel(null);
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
