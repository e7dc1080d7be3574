package org.maunode.discovery.mdns;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.maunode.discovery.mdns.Words.claim;
import static org.maunode.discovery.mdns.Words.contact;
import static org.maunode.discovery.mdns.Words.mention;
import static org.maunode.discovery.mdns.Words.peer;

import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.maunode.discovery.mdns.Lan.Host;
import org.maunode.discovery.mdns.Lan.Sent;

/** Who is asked what, and when: MD-14, MD-40 to MD-42, MD-46. */
class AskingTest {
    private static final String HERE = "192.168.1.7";
    private static final String THERE = "192.168.1.8";
    private static final String LIAR = "192.168.1.66";

    private final Lan lan = new Lan(1);

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
}
