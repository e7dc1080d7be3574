package org.maunode.discovery.mdns;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.maunode.discovery.mdns.Words.claim;
import static org.maunode.discovery.mdns.Words.contact;
import static org.maunode.discovery.mdns.Words.peer;

import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.maunode.discovery.mdns.Lan.Host;
import org.maunode.discovery.mdns.Lan.Sent;
import org.maunode.discovery.mdns.ResourceRecord.Ownership;
import org.maunode.discovery.net.Link;
import org.maunode.discovery.net.Link.Trait;
import org.maunode.discovery.net.LinkAddress;
import org.maunode.identity.Contact;

/** Who is believed to have said what, and who is told: MD-13, MD-43 to MD-45, MD-47, MD-61, MD-62. */
class HearingTest {
    private static final String HERE = "192.168.1.7";
    private static final String THERE = "192.168.1.8";
    private static final String LIAR = "192.168.1.66";

    private final Lan lan = new Lan(1);

    private Host hidden() {
        return lan.joined(HERE, new Presence.Hidden());
    }

    @Test
    void hearsInAnyCaseAndWithTheGoPeersEmptyTextAndBareHostName() {
        Host alice = hidden();
        Name instance = new Name(List.of("BB".repeat(20), "_MAU", "_tcp", "Local"));
        Message go = Message.response(
                List.of(
                        new ResourceRecord(ServiceName.SERVICE, Ownership.SHARED, 120, new Rdata.Pointer(instance)),
                        new ResourceRecord(
                                instance, Ownership.SHARED, 120, new Rdata.Service(10, 1, 80, Name.of("raspberrypi"))),
                        new ResourceRecord(
                                Name.of("raspberrypi"),
                                Ownership.SHARED,
                                120,
                                new Rdata.Address(InetAddress.ofLiteral("127.0.1.1"))),
                        new ResourceRecord(instance, Ownership.SHARED, 120, new Rdata.Opaque(RecordType.TXT, ""))),
                List.of());
        lan.inject(go, THERE, Family.PORT);
        assertEquals(List.of(contact(Lan.BOB, THERE, 80)), alice.seen, "MD-1, MD-44");
    }

    @Test
    void believesAnAnswerOnlyFromThePortOfMdnsAndFromTheLink() {
        Host alice = hidden();
        lan.inject(claim(Lan.BOB, 1, 120), THERE, 5354);
        lan.inject(claim(Lan.BOB, 1, 120), "192.168.2.8", Family.PORT);
        lan.inject(claim(Lan.BOB, 1, 120).withFlags(Message.RESPONSE | 3), THERE, Family.PORT);
        lan.inject(claim(Lan.BOB, 1, 120).withFlags(Message.RESPONSE | 0x0800), THERE, Family.PORT);
        assertEquals(List.of(), alice.seen, "MD-12, MD-13");
        lan.inject(claim(Lan.BOB, 1, 120), THERE, Family.PORT);
        assertEquals(1, alice.seen.size());
    }

    @Test
    void takesOnlyAddressesThatTheLinkReachesTheSourceFirst() {
        Host alice = hidden();
        lan.inject(
                claim(Lan.BOB, 9, 120, "8.8.8.8", "192.168.1.20", "127.0.0.1", "2001:db8::1", "fe80::20", "10.0.0.1"),
                THERE,
                Family.PORT);
        assertEquals(
                List.of(
                        contact(Lan.BOB, THERE, 9),
                        contact(Lan.BOB, "192.168.1.20", 9),
                        contact(Lan.BOB, "fe80:0:0:0:0:0:0:20%" + Lan.INDEX, 9)),
                alice.seen,
                "MD-44");
    }

    @Test
    void takesEightAddressesAndNoMore() {
        Host alice = hidden();
        String[] many =
                IntStream.range(0, 20).mapToObj(i -> "192.168.1." + (100 + i)).toArray(String[]::new);
        lan.inject(claim(Lan.BOB, 9, 120, many), THERE, Family.PORT);
        assertEquals(Limits.ADDRESSES, alice.seen.size(), "MD-43");
    }

    @Test
    void aPortOfNoneIsNoPlace() {
        Host alice = hidden();
        lan.inject(claim(Lan.BOB, 0, 120), THERE, Family.PORT);
        assertEquals(List.of(), alice.seen);
        assertEquals(List.of(), alice.engine.look(Lan.BOB, lan.now()));
    }

    @Test
    void aClaimIsUsedWhileItHoldsAndNoLongerThanMdnsRemembers() {
        Host alice = hidden();
        lan.inject(claim(Lan.BOB, 9, 120), THERE, Family.PORT);
        lan.runMillis(119_999);
        assertEquals(1, alice.engine.look(Lan.BOB, lan.now()).size(), "MD-45");
        lan.runMillis(1);
        assertEquals(0, alice.engine.look(Lan.BOB, lan.now()).size());
        lan.inject(claim(Lan.BOB, 9, Integer.MAX_VALUE), THERE, Family.PORT);
        lan.runMillis(4_500_000);
        assertEquals(0, alice.engine.look(Lan.BOB, lan.now()).size());
    }

    @Test
    void aLiarsWordStandsBesideTheOthersAndReplacesNone() {
        Host alice = hidden();
        lan.inject(claim(Lan.BOB, 6276, 120), THERE, Family.PORT);
        lan.inject(claim(Lan.BOB, 6666, 120, THERE), LIAR, Family.PORT);
        lan.inject(claim(Lan.BOB, 6666, 0), LIAR, Family.PORT);
        lan.inject(claim(Lan.BOB, 6667, 120), LIAR, Family.PORT);
        List<Contact> known = alice.engine.look(Lan.BOB, lan.now());
        assertEquals(Set.of(contact(Lan.BOB, THERE, 6276), contact(Lan.BOB, LIAR, 6667)), Set.copyOf(known), "MD-43");
    }

    @Test
    void ofOnePeerThoseWhoWereThereStayUntilTheyAreStale() {
        Host alice = hidden();
        lan.inject(claim(Lan.BOB, 6276, 120), THERE, Family.PORT);
        IntStream.range(0, 20)
                .forEach(i -> lan.inject(claim(Lan.BOB, 6666, 120), "192.168.1." + (100 + i), Family.PORT));
        List<Contact> known = alice.engine.look(Lan.BOB, lan.now());
        assertEquals(Limits.CLAIMS_OF_ONE_PEER, known.size(), "MD-43");
        assertTrue(known.contains(contact(Lan.BOB, THERE, 6276)));
        assertEquals(21, alice.heard.size(), "whoever looks hears them all");
        lan.runMillis(120_000);
        lan.inject(claim(Lan.BOB, 6277, 120), "192.168.1.99", Family.PORT);
        assertEquals(List.of(contact(Lan.BOB, "192.168.1.99", 6277)), alice.engine.look(Lan.BOB, lan.now()));
    }

    @Test
    void whoSaysMostLosesWhatItSaidFirst() {
        Claims claims = new Claims();
        Link link = Lan.link(InetAddress.ofLiteral(HERE));
        claims.heard(claim(Lan.BOB, 1, 120), link, InetAddress.ofLiteral(THERE), 0);
        InetAddress liar = InetAddress.ofLiteral(LIAR);
        for (int i = 0; i < 1_000; i++) {
            claims.heard(claim(peer(i), 1, 120), link, liar, 0);
        }
        assertEquals(Limits.CLAIMS, claims.size(), "MD-43");
        assertEquals(1, claims.fresh(Lan.BOB::equals, 0).size());
        assertEquals(0, claims.fresh(peer(0)::equals, 0).size());
        assertEquals(1, claims.fresh(peer(999)::equals, 0).size());
        assertEquals(1, claims.fresh(peer(1_000 - Limits.CLAIMS + 1)::equals, 0).size());
    }

    @Test
    void onePacketTellsOfSixteenPeers() {
        Host alice = hidden();
        List<ResourceRecord> many = new ArrayList<>();
        for (int i = 0; i < 17; i++) {
            Rdata.Service service = new Rdata.Service(0, 0, 1, Name.of("h.local"));
            many.add(new ResourceRecord(ServiceName.of(peer(i)), Ownership.UNIQUE, 120, service));
        }
        lan.inject(Message.response(many, List.of()), THERE, Family.PORT);
        assertEquals(16, alice.seen.size(), "MD-43");
    }

    @Test
    void tellsOncePerContactUntilSomethingChanges() {
        Host alice = hidden();
        for (int i = 0; i < 5; i++) {
            lan.inject(claim(Lan.BOB, 1, 120, "192.168.1.20"), THERE, Family.PORT);
            lan.runMillis(30_000);
            lan.inject(claim(Lan.BOB, 1, 120), THERE, Family.PORT);
            lan.runMillis(30_000);
        }
        assertEquals(2, alice.seen.size(), "MD-47");
        lan.inject(claim(Lan.BOB, 2, 120), THERE, Family.PORT);
        assertEquals(contact(Lan.BOB, THERE, 2), alice.seen.get(2));
    }

    @Test
    void tellsOfTheSamePeerAtMostOnceASecondHoweverItChanges() {
        Host alice = hidden();
        for (int i = 0; i < 100; i++) {
            lan.inject(claim(Lan.BOB, 1 + i % 2, 120), THERE, Family.PORT);
            lan.runMillis(100);
        }
        assertTrue(alice.seen.size() <= 11, "MD-47: " + alice.seen.size());
    }

    @Test
    void tellsOfWhoComesBackAfterAGoodbye() {
        Host alice = lan.joined(HERE, new Presence.Announced(Lan.ALICE, 6275));
        Host bob = lan.joined(THERE, new Presence.Announced(Lan.BOB, 6276));
        lan.runMillis(10_000);
        bob.engine.goodbye();
        lan.runMillis(1);
        assertEquals(List.of(), alice.engine.look(Lan.BOB, lan.now()), "MD-23");
        bob.engine.leave(Lan.SEGMENT);
        lan.runMillis(10_000);
        bob.join();
        lan.runMillis(2_000);
        assertEquals(2, alice.seen.size(), "MD-47");
    }

    @Test
    void tellsOfWhoLostPowerAndStartsAgain() {
        Host alice = lan.joined(HERE, new Presence.Announced(Lan.ALICE, 6275));
        Host bob = lan.joined(THERE, new Presence.Announced(Lan.BOB, 6276));
        lan.runMillis(10_000);
        bob.engine.leave(Lan.SEGMENT);
        lan.runMillis(5_000);
        bob.join();
        lan.runMillis(2_000);
        assertEquals(List.of(contact(Lan.BOB, THERE, 6276), contact(Lan.BOB, THERE, 6276)), alice.seen, "MD-47");
    }

    @Test
    void whatAMachineSaysOfAnotherIsNoNewsOfThatOne() {
        Host alice = hidden();
        lan.inject(claim(Lan.BOB, 6276, 120), THERE, Family.PORT);
        lan.runMillis(2_000);
        ResourceRecord service = new ResourceRecord(
                ServiceName.of(Lan.BOB), Ownership.UNIQUE, 120, new Rdata.Service(0, 0, 1, ServiceName.LOCAL));
        Message probe = new Message(
                0, 0, List.of(new Question(ServiceName.of(Lan.BOB), 255)), List.of(), List.of(service), List.of());
        lan.inject(probe, LIAR, Family.PORT);
        lan.inject(claim(Lan.BOB, 6276, 120), THERE, Family.PORT);
        assertEquals(1, alice.seen.size());
        lan.inject(probe, THERE, Family.PORT);
        lan.inject(claim(Lan.BOB, 6276, 120), THERE, Family.PORT);
        assertEquals(2, alice.seen.size());
    }

    @Test
    void isNotTakenInByWhoeverClaimsToBeItself() {
        Host alice = lan.joined(HERE, new Presence.Announced(Lan.ALICE, 6275));
        lan.runMillis(5_000);
        lan.inject(claim(Lan.ALICE, 6666, 120), LIAR, Family.PORT);
        assertEquals(List.of(), alice.seen, "MD-21");
        lan.take();
        lan.inject(Message.query(List.of(new Question(ServiceName.SERVICE, 12)), List.of()), THERE, Family.PORT);
        lan.runMillis(500);
        assertEquals(
                1,
                lan.takeFrom(alice).filter(sent -> sent.message().isResponse()).count());
    }

    @Test
    void aLinkThatGoesIsForgottenAndOneThatComesBackIsFoundOutAgain() {
        Host alice = lan.joined(HERE, new Presence.Announced(Lan.ALICE, 6275));
        Host bob = lan.joined(THERE, new Presence.Announced(Lan.BOB, 6276));
        lan.runMillis(60_000);
        lan.cut(alice);
        alice.engine.leave(Lan.SEGMENT);
        assertEquals(List.of(), alice.engine.look(Lan.BOB, lan.now()), "MD-61");
        alice.engine.endLook(Lan.BOB);
        lan.runMillis(60_000);
        lan.mend(alice);
        alice.join();
        lan.runMillis(2_000);
        assertEquals(2, alice.seen.size());
        assertEquals(2, bob.seen.size());
    }

    @Test
    void anotherAddressOfTheOtherIpIsAnnouncedAtOnceAndAnotherNetworkIsFoundOutAnew() {
        Host alice = lan.joined(HERE, new Presence.Announced(Lan.ALICE, 6275));
        lan.runMillis(60_000);
        lan.take();
        LinkAddress four = new LinkAddress(alice.address, 24);
        LinkAddress six = new LinkAddress(InetAddress.ofLiteral("fe80::7"), 64);
        Set<Trait> traits = Set.of(Trait.UP, Trait.MULTICAST);
        alice.engine.change(Lan.SEGMENT, new Link("eth0", Lan.INDEX, traits, List.of(four, six)), lan.now());
        lan.runMillis(2_000);
        List<Sent> announced = lan.take();
        assertEquals(2, announced.size(), "MD-62");
        assertEquals(5, announced.getFirst().message().answers().size());
        LinkAddress moved = new LinkAddress(InetAddress.ofLiteral("10.0.0.7"), 24);
        alice.engine.change(Lan.SEGMENT, new Link("eth0", Lan.INDEX, traits, List.of(moved, six)), lan.now());
        lan.runMillis(2_100);
        List<Sent> said = lan.take();
        assertEquals(3, said.stream().filter(sent -> sent.message().isProbe()).count());
        assertTrue(said.stream().anyMatch(sent -> sent.message().questions().stream()
                .anyMatch(question -> question.name().equals(ServiceName.SERVICE))));
        alice.engine.change(Lan.SEGMENT, new Link("eth0", Lan.INDEX, traits, List.of(moved, six)), lan.now());
        lan.runMillis(1_000);
        assertEquals(
                List.of(),
                lan.take().stream().filter(sent -> sent.message().isProbe()).toList());
    }

    @Test
    void anAddressThatIsGoneIsSaidNoMoreAndOneThatCameIsSaidASecondAfterTheLastWordAtTheEarliest() {
        Host alice = lan.joined(HERE, new Presence.Announced(Lan.ALICE, 6275));
        lan.runMillis(60_000);
        lan.inject(Message.query(List.of(new Question(ServiceName.SERVICE, 12)), List.of()), THERE, Family.PORT);
        InetAddress first = InetAddress.ofLiteral("fe80::7");
        InetAddress second = InetAddress.ofLiteral("fe80::8");
        lan.take();
        alice.engine.change(Lan.SEGMENT, Lan.link(alice.address, first), lan.now());
        lan.runMillis(100);
        alice.engine.change(Lan.SEGMENT, Lan.link(alice.address, second), lan.now());
        lan.runMillis(3_000);
        List<Sent> said =
                lan.take().stream().filter(sent -> sent.message().isResponse()).toList();
        List<Long> apart = IntStream.range(1, said.size())
                .mapToObj(i -> (said.get(i).at() - said.get(i - 1).at()) / 1_000_000)
                .toList();
        assertEquals(List.of(1_100L, 1_000L), apart, "MD-26");
        Rdata gone = new Rdata.Address(first);
        assertTrue(said.getLast().message().answers().stream()
                .noneMatch(record -> record.data().equals(gone)));
    }

    @Test
    void whoIsNotReachedFromTheNewAddressIsForgotten() {
        Host alice = hidden();
        lan.inject(claim(Lan.BOB, 1, 120), THERE, Family.PORT);
        alice.engine.change(Lan.SEGMENT, Lan.link(InetAddress.ofLiteral("10.0.0.7")), lan.now());
        assertEquals(List.of(), alice.engine.everybody(lan.now()), "MD-62");
    }

    @Test
    void whatIsHeardOnOneLinkIsOfThatLinkAlone() {
        Claims claims = new Claims();
        InetAddress there = InetAddress.ofLiteral(THERE);
        Link other = new Link("eth1", 3, Set.of(), List.of(new LinkAddress(InetAddress.ofLiteral(HERE), 24)));
        claims.heard(claim(Lan.BOB, 1, 120), Lan.link(InetAddress.ofLiteral(HERE)), there, 0);
        claims.heard(claim(Lan.BOB, 1, 120), other, there, 0);
        assertEquals(2, claims.size(), "MD-60");
        claims.forget(key -> key.link() == 3);
        assertEquals(1, claims.size());
    }
}
