package org.maunode.discovery.mdns;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.maunode.discovery.mdns.Lan.Host;
import org.maunode.discovery.mdns.Lan.Sent;
import org.maunode.discovery.mdns.Question.Reply;
import org.maunode.discovery.mdns.ResourceRecord.Ownership;

/** What a peer states, to whom, and when: MD-1 to MD-7, MD-20 to MD-30. */
class SpeakingTest {
    private static final String HERE = "192.168.1.7";
    private static final String ASKER = "192.168.1.9";
    private static final Question WHO = new Question(ServiceName.SERVICE, RecordType.PTR);
    private static final Name INSTANCE = Name.of("aa".repeat(20) + "._mau._tcp.local");
    private static final Name HOST = Name.of("mau-aaaaaaaaaaaa.local");

    private static final ResourceRecord PTR =
            new ResourceRecord(ServiceName.SERVICE, Ownership.SHARED, 4500, new Rdata.Pointer(INSTANCE));
    private static final ResourceRecord SRV =
            new ResourceRecord(INSTANCE, Ownership.UNIQUE, 120, new Rdata.Service(0, 0, 6275, HOST));
    private static final ResourceRecord TXT =
            new ResourceRecord(INSTANCE, Ownership.UNIQUE, 4500, new Rdata.Opaque(RecordType.TXT, "\0"));
    private static final ResourceRecord A =
            new ResourceRecord(HOST, Ownership.UNIQUE, 120, new Rdata.Address(InetAddress.ofLiteral(HERE)));
    private static final ResourceRecord KINDS = new ResourceRecord(
            ServiceName.ALL_SERVICES, Ownership.SHARED, 4500, new Rdata.Pointer(ServiceName.SERVICE));

    private final Lan lan = new Lan(1);
    private final Host alice = lan.host(HERE, new Presence.Announced(Lan.ALICE, 6275));

    /** Alice has announced herself, and nobody has asked anything for long. */
    @BeforeEach
    void settle() {
        alice.join();
        lan.runMillis(200_000);
        lan.take();
    }

    private void ask(Message question) {
        lan.inject(question, ASKER, Family.PORT);
    }

    private void ask(Question... questions) {
        ask(Message.query(List.of(questions), List.of()));
    }

    /** What Alice sends within two seconds; her own questions, which she repeats ever more rarely, left out. */
    private List<Sent> answers() {
        lan.runMillis(2_000);
        return lan.take().stream().filter(sent -> sent.message().isResponse()).toList();
    }

    private Sent onlyAnswer() {
        List<Sent> answers = answers();
        assertEquals(1, answers.size(), answers.toString());
        return answers.getFirst();
    }

    @Test
    void probesThreeTimesThenAnnouncesTwice() {
        Lan another = new Lan(2);
        Host bob = another.joined("192.168.1.8", new Presence.Announced(Lan.BOB, 1));
        another.runMillis(10_000);
        List<Sent> said = another.takeFrom(bob)
                .filter(sent -> sent.message().isProbe() || sent.message().isResponse())
                .toList();
        assertEquals(5, said.size());
        assertTrue(said.getFirst().millis() <= 250, "MD-20");
        List<Long> apart = IntStream.range(1, 5)
                .mapToObj(i -> Math.round((said.get(i).at() - said.get(i - 1).at()) / 1e6))
                .toList();
        assertEquals(List.of(250L, 250L, 250L, 1000L), apart);
        assertTrue(said.subList(0, 3).stream().allMatch(sent -> sent.message().isProbe()));
        assertTrue(said.subList(3, 5).stream().allMatch(sent -> sent.message().isResponse()), "MD-22");
    }

    @Test
    void aProbeAsksForBothNamesAndSaysWhatItIsAboutToState() {
        Lan another = new Lan(2);
        another.joined(HERE, new Presence.Announced(Lan.ALICE, 6275));
        another.runMillis(260);
        Message probe = another.take().stream()
                .map(Sent::message)
                .filter(Message::isProbe)
                .findFirst()
                .orElseThrow();
        assertEquals(
                List.of(new Question(INSTANCE, RecordType.ANY), new Question(HOST, RecordType.ANY)), probe.questions());
        assertEquals(List.of(SRV, TXT, A), probe.authorities());
    }

    @Test
    void answersNothingWhileItProbes() {
        Lan another = new Lan(2);
        another.joined(HERE, new Presence.Announced(Lan.ALICE, 6275));
        another.runMillis(100);
        another.inject(Message.query(List.of(WHO), List.of()), ASKER, Family.PORT);
        another.inject(Message.query(List.of(WHO), List.of()), ASKER, 55_555);
        another.runMillis(400);
        assertTrue(another.take().stream().noneMatch(sent -> sent.message().isResponse()));
    }

    @Test
    void announcesInTheOrderThatTheGoPeerSurvivesWithTheLifetimesOfTheRfc() {
        Lan another = new Lan(2);
        another.joined(HERE, new Presence.Announced(Lan.ALICE, 6275));
        another.runMillis(1_100);
        Message announcement = another.take().stream()
                .map(Sent::message)
                .filter(Message::isResponse)
                .findFirst()
                .orElseThrow();
        assertEquals(List.of(PTR, SRV, TXT, A), announcement.answers(), "MD-1, MD-2, MD-3, MD-5");
        assertEquals(List.of(), announcement.questions());
    }

    @Test
    void statesOnlyTheAddressesOfTheLinkAndAtMostEight() {
        List<InetAddress> many = new ArrayList<>();
        many.add(InetAddress.ofLiteral("fe80::7"));
        IntStream.range(0, 8).forEach(i -> many.add(InetAddress.ofLiteral("192.168.1." + (10 + i))));
        OwnRecords own =
                OwnRecords.of(new Presence.Announced(Lan.ALICE, 1), Lan.link(many.toArray(InetAddress[]::new)));
        List<InetAddress> stated = own.peer().stream()
                .flatMap(each -> each.data() instanceof Rdata.Address(InetAddress address)
                        ? List.of(address).stream()
                        : List.<InetAddress>of().stream())
                .toList();
        assertEquals(many.subList(1, 9), stated, "MD-4");
    }

    @Test
    void answersAllWithWhatTheyWillWantNextAfterAMoment() {
        long asked = lan.now();
        ask(WHO);
        Sent answer = onlyAnswer();
        assertTrue(answer.isToAll());
        assertEquals(List.of(PTR), answer.message().answers());
        assertEquals(List.of(SRV, TXT, A), answer.message().additionals(), "MD-6");
        long waited = (answer.at() - asked) / 1_000_000;
        assertTrue(waited >= 20 && waited <= 120, "MD-24: " + waited);
    }

    @Test
    void answersForItsOwnNameAtOnceInAnyCase() {
        long asked = lan.now();
        ask(new Question(Name.of("AA".repeat(20) + "._MAU._Tcp.LOCAL"), RecordType.SRV));
        Sent answer = onlyAnswer();
        assertEquals(asked, answer.at(), "MD-24");
        assertEquals(List.of(SRV), answer.message().answers());
        assertEquals(List.of(A), answer.message().additionals());
    }

    @Test
    void answersWithAllThatAnyIs() {
        ask(new Question(INSTANCE, RecordType.ANY));
        assertEquals(List.of(SRV, TXT), onlyAnswer().message().answers());
    }

    @Test
    void tellsWhichKindOfServiceItIs() {
        ask(new Question(ServiceName.ALL_SERVICES, RecordType.PTR));
        Message answer = onlyAnswer().message();
        assertEquals(List.of(KINDS), answer.answers(), "MD-6");
        assertEquals(List.of(), answer.additionals());
    }

    @Test
    void saysWhatItsOwnNamesDoNotHave() {
        ask(new Question(HOST, RecordType.AAAA));
        ResourceRecord answer = onlyAnswer().message().answers().getFirst();
        assertEquals(RecordType.NSEC, answer.type(), "MD-7");
        String bits = "\0\1\100";
        assertEquals(
                new Rdata.Opaque(RecordType.NSEC, "\20mau-aaaaaaaaaaaa\5local\0" + bits), answer.data(), "A alone");
        ask(new Question(INSTANCE, RecordType.A));
        assertEquals(
                RecordType.NSEC, onlyAnswer().message().answers().getFirst().type());
    }

    @Test
    void doesNotSpeakForOthers() {
        ask(new Question(Name.of("bb".repeat(20) + "._mau._tcp.local"), RecordType.ANY));
        ask(new Question(Name.of("_http._tcp.local"), RecordType.PTR));
        ask(new Question(Name.of("mau-aaaaaaaaaaaa.example"), RecordType.A));
        assertEquals(List.of(), answers());
    }

    @Test
    void doesNotRepeatWhatTheAskerKnowsForHalfOfItsLife() {
        ask(Message.query(List.of(WHO), List.of(PTR.withTtl(2250))));
        assertEquals(List.of(), answers(), "MD-25");
        ask(Message.query(List.of(WHO), List.of(PTR.withTtl(2249))));
        onlyAnswer();
    }

    @Test
    void waitsForTheRestOfWhatAnAskerKnows() {
        ask(Message.query(List.of(WHO), List.of()).withFlags(Message.TRUNCATED));
        lan.runMillis(399);
        assertTrue(lan.take().stream().noneMatch(sent -> sent.message().isResponse()), "MD-24");
        ask(Message.query(List.of(), List.of(PTR)));
        assertEquals(List.of(), answers(), "MD-25");
    }

    @Test
    void whatOneAskerKnowsIsNoReasonToLetAnotherWait() {
        ask(Message.query(List.of(WHO), List.of()).withFlags(Message.TRUNCATED));
        lan.inject(Message.query(List.of(WHO), List.of()).withFlags(Message.TRUNCATED), "192.168.1.10", Family.PORT);
        ask(Message.query(List.of(), List.of(PTR)));
        onlyAnswer();
    }

    @Test
    void aCrowdOfAskersIsAnsweredWhateverOneOfThemKnows() {
        Answers answers = new Answers();
        IntStream.rangeClosed(0, Limits.ASKERS)
                .forEach(i -> answers.want(PTR, new InetSocketAddress(HERE, 1000 + i), 0, Limits.RECORD_INTERVAL));
        IntStream.range(0, Limits.ASKERS).forEach(i -> answers.isKnown(PTR, new InetSocketAddress(HERE, 1000 + i)));
        assertEquals(List.of(PTR), answers.take(0));
    }

    @Test
    void saysARecordToAllOnceASecondAndThenMakesUpForIt() {
        Question question = new Question(INSTANCE, RecordType.SRV);
        ask(question);
        lan.runMillis(300);
        ask(question);
        lan.runMillis(300);
        ask(question);
        List<Sent> answers = answers();
        assertEquals(2, answers.size(), "MD-26");
        assertEquals(1_000_000_000L, answers.get(1).at() - answers.get(0).at());
        assertEquals(List.of(A), answers.get(1).message().additionals());
    }

    @Test
    void defendsItselfAgainstProbesFourTimesASecond() {
        Message probe = new Message(
                0,
                0,
                List.of(new Question(INSTANCE, RecordType.ANY)),
                List.of(),
                List.of(new ResourceRecord(INSTANCE, Ownership.SHARED, 120, new Rdata.Service(0, 0, 1, HOST))),
                List.of());
        for (int i = 0; i < 10; i++) {
            ask(probe);
            lan.runMillis(100);
        }
        List<Sent> answers = answers();
        assertEquals(5, answers.size(), "MD-26: " + answers);
        assertTrue(answers.getFirst().message().answers().contains(SRV), "MD-21");
    }

    @Test
    void answersOneAloneOnlyWhatAllWereToldLately() {
        Question alone = new Question(INSTANCE, RecordType.SRV, Reply.UNICAST);
        ask(alone);
        assertTrue(onlyAnswer().isToAll(), "MD-27: 120 s ago is too long");
        ask(alone);
        Sent direct = onlyAnswer();
        assertEquals(new Outgoing.Route.ToOne(new InetSocketAddress(ASKER, Family.PORT)), direct.route());
        assertEquals(List.of(SRV), direct.message().answers());
        lan.runMillis(29_000);
        lan.take();
        ask(alone);
        assertTrue(onlyAnswer().isToAll(), "a quarter of 120 s is over");
    }

    @Test
    void answersAnOldAskerDirectlyByteForByte() {
        lan.inject(Message.query(List.of(WHO), List.of()).withId(0x1234), ASKER, 55_555);
        Sent answer = onlyAnswer();
        assertEquals(new Outgoing.Route.ToOne(new InetSocketAddress(ASKER, 55_555)), answer.route());
        String instance = "28" + "61".repeat(40);
        String expected = "1234" + "8400" + "0001" + "0004" + "0000" + "0000"
                + "045f6d6175045f746370056c6f63616c00" + "000c" + "0001"
                + "c00c" + "000c" + "0001" + "0000000a" + "002b" + instance + "c00c"
                + "c02d" + "0021" + "0001" + "0000000a" + "001e" + "0000" + "0000" + "1883"
                + "106d61752d616161616161616161616161" + "056c6f63616c" + "00"
                + "c02d" + "0010" + "0001" + "0000000a" + "0001" + "00"
                + "106d61752d616161616161616161616161" + "c016" + "0001" + "0001" + "0000000a" + "0004" + "c0a80107";
        assertEquals(expected, HexFormat.of().formatHex(answer.message().bytes()), "MD-28");
    }

    @Test
    void repeatsAnOldAskersOwnSpelling() {
        Question spelt = new Question(Name.of("_MAU._tcp.Local"), RecordType.PTR);
        lan.inject(Message.query(List.of(spelt), List.of()), ASKER, 55_555);
        assertEquals(
                spelt.name().labels(),
                onlyAnswer().message().questions().getFirst().name().labels());
    }

    @Test
    void doesNotShowerWhoeverAnAskerSaysToBe() {
        for (int i = 0; i < 2 * Limits.DIRECT_BURST; i++) {
            lan.inject(Message.query(List.of(WHO), List.of()), ASKER, 55_555);
        }
        assertEquals(Limits.DIRECT_BURST, lan.take().size(), "MD-29");
        lan.runMillis(1_000);
        lan.take();
        for (int i = 0; i < 2 * Limits.DIRECT_BURST; i++) {
            lan.inject(Message.query(List.of(WHO), List.of()), ASKER, 55_555);
        }
        assertEquals(Limits.DIRECT_PER_SECOND, lan.take().size());
    }

    @Test
    void leavesToOthersWhatTheySayOfTheKindsOfServices() {
        ask(new Question(ServiceName.ALL_SERVICES, RecordType.PTR));
        lan.inject(Message.response(List.of(KINDS), List.of()), "192.168.1.10", Family.PORT);
        assertEquals(List.of(), answers(), "MD-30");
    }

    @Test
    void letsNobodyElseSpeakForItself() {
        ask(WHO);
        lan.inject(Message.response(List.of(PTR, SRV, TXT, A), List.of()), "192.168.1.10", Family.PORT);
        assertEquals(List.of(PTR), onlyAnswer().message().answers(), "MD-30, MD-21");
    }

    @Test
    void takesEverythingBackInTheEndAndIsSilent() {
        alice.engine.goodbye();
        Message goodbye = onlyAnswer().message();
        assertEquals(
                List.of(PTR, SRV, TXT, A).stream().map(each -> each.withTtl(0)).toList(), goodbye.answers(), "MD-23");
        ask(WHO);
        assertEquals(List.of(), answers());
    }

    @Test
    void whoNeverSpokeSaysNoGoodbye() {
        Lan another = new Lan(2);
        Host bob = another.joined(HERE, new Presence.Announced(Lan.BOB, 1));
        another.runMillis(10);
        bob.engine.goodbye();
        assertTrue(another.take().stream().noneMatch(sent -> sent.message().isResponse()));
    }

    @Test
    void aHiddenPeerStatesNothing() {
        Lan another = new Lan(2);
        Host hidden = another.joined(HERE, new Presence.Hidden());
        another.runMillis(5_000);
        another.inject(Message.query(List.of(WHO), List.of()), ASKER, 55_555);
        another.inject(Message.query(List.of(WHO), List.of()), ASKER, Family.PORT);
        another.runMillis(1_000);
        hidden.engine.goodbye();
        List<Sent> said = another.take();
        assertFalse(said.isEmpty());
        assertTrue(
                said.stream().map(Sent::message).allMatch(message -> !message.isResponse() && !message.isProbe()),
                "MD-64");
    }

    @Test
    void theQuotaFillsUpAgainAndNoFurther() {
        DirectQuota quota = new DirectQuota();
        int taken = 0;
        while (quota.take(Long.MAX_VALUE / 2)) {
            taken++;
        }
        assertEquals(Limits.DIRECT_BURST, taken);
    }

    @Test
    void thoseWhoGotPowerTogetherDoNotSpeakTogether() {
        long[] first =
                IntStream.range(0, 20).mapToLong(SpeakingTest::firstProbe).toArray();
        assertEquals(20, Arrays.stream(first).distinct().count(), "MD-20");
        assertTrue(Arrays.stream(first).allMatch(at -> at <= 250_000_000));
    }

    private static long firstProbe(int seed) {
        Lan another = new Lan(seed);
        another.joined(HERE, new Presence.Announced(Lan.ALICE, 1));
        another.runMillis(300);
        return another.take().stream()
                .filter(sent -> sent.message().isProbe())
                .findFirst()
                .orElseThrow()
                .at();
    }
}
