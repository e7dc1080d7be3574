package org.maunode.discovery.mdns;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
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
import org.maunode.identity.Fingerprint;

/** Who is asked, who is believed to have said what, and who is told: MD-13, MD-14, MD-40 to MD-47, MD-61, MD-62. */
class FindingTest {
    private static final String HERE = "192.168.1.7";
    private static final String THERE = "192.168.1.8";
    private static final String LIAR = "192.168.1.66";

    private final Lan lan = new Lan(1);

    private static Contact contact(Fingerprint peer, String address, int port) {
        return new Contact(peer, InetSocketAddress.createUnresolved(address, port));
    }

    /** What a machine says that is not one of ours. */
    private static Message claim(Fingerprint peer, int port, int ttl, String... addresses) {
        Name host = Name.of("somebody");
        List<ResourceRecord> answers = new ArrayList<>();
        answers.add(mention(peer, ttl));
        Rdata.Service service = new Rdata.Service(10, 1, port, host);
        answers.add(new ResourceRecord(ServiceName.of(peer), Ownership.SHARED, ttl, service));
        for (String address : addresses) {
            Rdata data = new Rdata.Address(InetAddress.ofLiteral(address));
            answers.add(new ResourceRecord(host, Ownership.SHARED, ttl, data));
        }
        return Message.response(answers, List.of());
    }

    private static ResourceRecord mention(Fingerprint peer, int ttl) {
        return new ResourceRecord(ServiceName.SERVICE, Ownership.SHARED, ttl, new Rdata.Pointer(ServiceName.of(peer)));
    }

    private static Fingerprint peer(int number) {
        byte[] bytes = new byte[Fingerprint.LENGTH];
        bytes[0] = (byte) (number >> 8);
        bytes[1] = (byte) number;
        return Fingerprint.of(bytes);
    }

    private Host hidden() {
        return lan.joined(HERE, new Presence.Hidden());
    }

    private List<Sent> questions() {
        return lan.take().stream()
                .filter(sent -> !sent.message().isResponse() && !sent.message().isProbe())
                .toList();
    }

    @Test
    void twoThatStartTogetherFindEachOtherWithinTwoSeconds() {
        Host alice = lan.joined(HERE, new Presence.Announced(Lan.ALICE, 6275));
        Host bob = lan.joined(THERE, new Presence.Announced(Lan.BOB, 6276));
        lan.runMillis(2_000);
        assertEquals(List.of(contact(Lan.BOB, THERE, 6276)), alice.seen);
        assertEquals(List.of(contact(Lan.ALICE, HERE, 6275)), bob.seen);
    }

    @Test
    void whoComesLateFindsThoseWhoAreSettledAtOnce() {
        lan.joined(HERE, new Presence.Announced(Lan.ALICE, 6275));
        lan.runMillis(100_000);
        Host late = lan.joined(THERE, new Presence.Hidden());
        lan.runMillis(250);
        assertEquals(List.of(contact(Lan.ALICE, HERE, 6275)), late.seen);
    }

    @Test
    void asksAtOnceThenEverMoreRarelyUpToAnHour() {
        hidden();
        lan.run(Duration.ofHours(5));
        List<Sent> toAll = questions().stream().filter(Sent::isToAll).toList();
        assertTrue(toAll.getFirst().millis() >= 20 && toAll.getFirst().millis() <= 120, "MD-40");
        List<Long> apart = IntStream.range(1, toAll.size())
                .mapToObj(i -> (toAll.get(i).at() - toAll.get(i - 1).at()) / 1_000_000_000L)
                .toList();
        assertEquals(
                List.of(1L, 2L, 4L, 8L, 16L, 32L, 64L, 128L, 256L, 512L, 1024L, 2048L, 3600L), apart.subList(0, 13));
        assertEquals(Set.of(3600L), Set.copyOf(apart.subList(13, apart.size())));
    }

    @Test
    void asksTwiceFromItsOwnPortAsWellAndNeverForUnicast() {
        hidden();
        lan.runMillis(10_000);
        List<Sent> questions = questions();
        assertEquals(2, questions.stream().filter(sent -> !sent.isToAll()).count(), "MD-41");
        assertTrue(questions.stream()
                .flatMap(sent -> sent.message().questions().stream())
                .allMatch(question -> question.reply() == Question.Reply.MULTICAST));
        assertTrue(questions.stream()
                .filter(sent -> !sent.isToAll())
                .allMatch(sent -> sent.message().id() != 0));
        assertTrue(questions.stream()
                .filter(Sent::isToAll)
                .allMatch(sent -> sent.message().id() == 0));
    }

    @Test
    void namesWhomItKnowsTwentyAPacket() {
        hidden();
        for (int i = 0; i < 41; i++) {
            lan.inject(claim(peer(i), 1, 4500), "192.168.1." + (100 + i), Family.PORT);
        }
        lan.runMillis(150);
        List<Message> packets =
                questions().stream().filter(Sent::isToAll).map(Sent::message).toList();
        assertEquals(
                List.of(20, 20, 1),
                packets.stream().map(each -> each.answers().size()).toList(),
                "MD-40");
        assertEquals(
                List.of(1, 0, 0),
                packets.stream().map(each -> each.questions().size()).toList());
        assertEquals(
                List.of(true, true, false),
                packets.stream().map(Message::isTruncated).toList());
        assertTrue(packets.stream().allMatch(each -> each.bytes().length <= Limits.OWN_MESSAGE));
    }

    @Test
    void asksAgainForWhomItKnowsWhenHalfOfTheLifeIsOver() {
        Host alice = hidden();
        lan.inject(claim(Lan.BOB, 1, 4500), THERE, Family.PORT);
        lan.inject(claim(Lan.ALICE, 1, Limits.LEGACY_TTL), THERE, Family.PORT);
        assertEquals(List.of(mention(Lan.BOB, 4500)), known(alice));
        lan.runMillis(2_249_000);
        assertEquals(List.of(mention(Lan.BOB, 2251)), known(alice));
        lan.runMillis(1_000);
        assertEquals(List.of(), known(alice));
    }

    private List<ResourceRecord> known(Host host) {
        return host.engine.claims().known(Lan.INDEX, lan.now());
    }

    @Test
    void asksThreeTimesForOneWhoIsUnknown() {
        Host alice = hidden();
        lan.runMillis(60_000);
        lan.take();
        long began = lan.now();
        assertEquals(List.of(), alice.engine.look(Lan.BOB, began));
        lan.runMillis(1_500);
        List<Sent> asked = questions().stream()
                .filter(sent -> !sent.message().questions().getFirst().name().equals(ServiceName.SERVICE))
                .toList();
        List<Long> times =
                asked.stream().map(sent -> (sent.at() - began) / 1_000_000).toList();
        assertEquals(List.of(0L, 0L, 250L, 250L, 1000L, 1000L), times, "MD-41, MD-42");
        Question forBob = new Question(ServiceName.of(Lan.BOB), RecordType.SRV);
        assertEquals(List.of(forBob), asked.getFirst().message().questions());
        Question forAll = new Question(ServiceName.SERVICE, RecordType.PTR);
        assertEquals(List.of(forBob, forAll), asked.getLast().message().questions());
    }

    @Test
    void givesWhatIsKnownAndAsksAMomentLaterForItMayBeALie() {
        Host alice = hidden();
        lan.inject(claim(Lan.BOB, 6666, 120), LIAR, Family.PORT);
        lan.joined(THERE, new Presence.Announced(Lan.BOB, 6276));
        lan.cut(alice);
        lan.runMillis(60_000);
        lan.mend(alice);
        lan.take();
        assertEquals(List.of(contact(Lan.BOB, LIAR, 6666)), alice.engine.look(Lan.BOB, lan.now()));
        lan.runMillis(249);
        assertEquals(List.of(), lan.take());
        lan.runMillis(10);
        assertTrue(alice.heard.contains(contact(Lan.BOB, THERE, 6276)), "MD-42");
    }

    @Test
    void whoeverLooksStopsTheQuestionsAndTheLastOneOnly() {
        Host alice = hidden();
        lan.runMillis(60_000);
        lan.take();
        alice.engine.look(Lan.BOB, lan.now());
        alice.engine.look(Lan.BOB, lan.now());
        lan.runMillis(10);
        assertEquals(2, lan.take().size(), "one question for both");
        alice.engine.endLook(Lan.BOB);
        lan.runMillis(300);
        assertEquals(2, lan.take().size());
        alice.engine.endLook(Lan.BOB);
        lan.runMillis(2_000);
        assertEquals(List.of(), lan.take());
    }

    @Test
    void whoLooksWhenAllIsAskedMakesItAskedAgain() {
        Host alice = hidden();
        lan.runMillis(60_000);
        alice.engine.look(Lan.BOB, lan.now());
        lan.runMillis(1_200);
        lan.take();
        alice.engine.look(Lan.BOB, lan.now());
        lan.runMillis(300);
        assertEquals(2, lan.take().size());
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
    void answersNobodyWhoIsNotOnTheLink() {
        lan.joined(HERE, new Presence.Announced(Lan.ALICE, 6275));
        lan.runMillis(10_000);
        lan.take();
        Question who = new Question(ServiceName.SERVICE, RecordType.PTR);
        lan.inject(Message.query(List.of(who), List.of()), "192.168.2.8", 55_555);
        lan.inject(Message.query(List.of(who), List.of()), "8.8.8.8", Family.PORT);
        lan.runMillis(500);
        assertEquals(List.of(), lan.take(), "MD-13");
    }

    @Test
    void doesNotAnswerItsOwnQuestionsButThoseOfAnotherProgramAtItsAddress() {
        lan.joined(HERE, new Presence.Announced(Lan.ALICE, 6275));
        lan.runMillis(3_500);
        assertEquals(
                2,
                lan.take().stream().filter(sent -> sent.message().isResponse()).count(),
                "MD-14");
        lan.inject(Message.query(List.of(new Question(ServiceName.SERVICE, RecordType.PTR)), List.of()), HERE, 5353);
        lan.runMillis(1_500);
        assertEquals(
                1,
                lan.take().stream().filter(sent -> sent.message().isResponse()).count());
    }

    @Test
    void oneEchoIsPassedOverForEachPacketAndOnlySoManyAreRemembered() {
        Echoes echoes = new Echoes();
        byte[] first = {1};
        IntStream.rangeClosed(1, Limits.ECHOES).forEach(i -> echoes.sent(new byte[] {(byte) i}));
        assertTrue(echoes.isEcho(first.clone()));
        assertTrue(!echoes.isEcho(first));
        echoes.sent(first);
        echoes.sent(new byte[] {100});
        assertTrue(!echoes.isEcho(new byte[] {2}));
        assertTrue(echoes.isEcho(new byte[] {3}));
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
        assertEquals(1, claims.fresh(Lan.BOB, 0).size());
        assertEquals(0, claims.fresh(peer(0), 0).size());
        assertEquals(1, claims.fresh(peer(999), 0).size());
        assertEquals(1, claims.fresh(peer(1_000 - Limits.CLAIMS + 1), 0).size());
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
    void asksWhereSomebodyIsWhoWasOnlyNamed() {
        hidden();
        lan.runMillis(10_000);
        lan.take();
        long named = lan.now();
        lan.inject(Message.response(List.of(mention(Lan.BOB, 4500)), List.of()), THERE, Family.PORT);
        lan.runMillis(500);
        lan.inject(Message.response(List.of(mention(Lan.ALICE, 4500)), List.of()), THERE, Family.PORT);
        lan.runMillis(1_500);
        List<Sent> asked = questions();
        assertEquals(2, asked.size(), "MD-46");
        assertEquals(
                List.of(new Question(ServiceName.of(Lan.BOB), RecordType.SRV)),
                asked.get(0).message().questions());
        assertEquals(120, (asked.get(0).at() - named) / 1_000_000);
        assertEquals(1_000, (asked.get(1).at() - asked.get(0).at()) / 1_000_000);
    }

    @Test
    void doesNotAskWhereSomebodyIsWhoSaidItMeanwhileOrBefore() {
        hidden();
        lan.runMillis(10_000);
        lan.take();
        Message name = Message.response(List.of(mention(Lan.BOB, 4500)), List.of());
        lan.inject(name, THERE, Family.PORT);
        lan.inject(claim(Lan.BOB, 1, 120), THERE, Family.PORT);
        lan.inject(name, THERE, Family.PORT);
        lan.runMillis(1_000);
        assertEquals(List.of(), lan.take());
    }

    @Test
    void aFloodOfNamesIsAskedForSixteenASecond() {
        hidden();
        lan.runMillis(10_000);
        lan.take();
        for (int i = 0; i < 500; i++) {
            lan.inject(Message.response(List.of(mention(peer(i), 4500)), List.of()), LIAR, Family.PORT);
            lan.runMillis(10);
        }
        List<Sent> asked = questions().stream()
                .filter(sent -> sent.message().questions().getFirst().type() == RecordType.SRV)
                .toList();
        assertTrue(asked.size() <= 5, "MD-46: " + asked.size());
        assertTrue(asked.stream().allMatch(sent -> sent.message().questions().size() <= 16));
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
