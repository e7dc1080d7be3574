package org.maunode.discovery;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.maunode.discovery.Search.Step;
import org.maunode.identity.HostAndPort;

/** The order and the limits of a search, with time as a number. */
class SearchTest {
    private static final Duration HEAD_START = Duration.ofSeconds(1);
    private static final int PROVEN = 0;
    private static final int MDNS = 1;
    private static final int KADEMLIA = 2;

    private final Search search = new Search(List.of(
            Source.atOnce(new FakeResolver("proven")),
            Source.atOnce(new FakeResolver("mdns")),
            new Source(new FakeResolver("kademlia"), HEAD_START)));

    private static Duration ms(long millis) {
        return Duration.ofMillis(millis);
    }

    private static InetSocketAddress address(int number) {
        return HostAndPort.parse("10.0.0." + number + ":6275");
    }

    private void finds(int source, int... numbers) {
        for (int number : numbers) {
            search.found(source, address(number));
        }
    }

    private List<Integer> dialled(Duration now) {
        List<Integer> numbers = new ArrayList<>();
        for (Step step : search.due(now)) {
            if (step instanceof Step.Dial(Candidate candidate)) {
                String host = candidate.address().getHostString();
                numbers.add(Integer.parseInt(host.substring(host.lastIndexOf('.') + 1)));
            }
        }
        return numbers;
    }

    private List<Integer> asked(Duration now) {
        List<Integer> sources = new ArrayList<>();
        for (Step step : search.due(now)) {
            if (step instanceof Step.Ask(int source)) {
                sources.add(source);
            }
        }
        return sources;
    }

    private void fails(int source, int number, Duration now) {
        search.failed(
                new Candidate(
                        address(number), List.of("proven", "mdns", "kademlia").get(source)),
                now);
    }

    @Test
    void theCheapSourcesAreAskedAtOnceAndTheExpensiveOneAfterTheirHeadStart() {
        assertEquals(List.of(PROVEN, MDNS), asked(ms(0)));
        assertEquals(HEAD_START, search.rest(ms(0)));
        assertEquals(List.of(), asked(ms(999)));
        assertEquals(ms(1), search.rest(ms(999)));
        assertEquals(List.of(KADEMLIA), asked(ms(1000)));
        assertEquals(List.of(), asked(ms(5000)));
    }

    @Test
    void whereTheCheapSourcesKnowNothingTheExpensiveOneIsAskedAtOnce() {
        asked(ms(0));
        search.ended(PROVEN);
        assertEquals(List.of(), asked(ms(10)), "the other may still find something");
        search.ended(MDNS);
        assertEquals(List.of(KADEMLIA), asked(ms(10)));
    }

    @Test
    void whileACandidateIsTriedTheExpensiveSourceWaits() {
        asked(ms(0));
        finds(PROVEN, 1);
        search.ended(PROVEN);
        search.ended(MDNS);
        assertEquals(List.of(1), dialled(ms(5)));
        assertEquals(List.of(), asked(ms(10)));
        fails(PROVEN, 1, ms(20));
        assertEquals(List.of(KADEMLIA), asked(ms(20)));
    }

    @Test
    void aNewAttemptBeginsEveryPaceOrAsSoonAsOneFails() {
        search.due(ms(0));
        finds(PROVEN, 1, 2);
        finds(MDNS, 3);
        assertEquals(List.of(1), dialled(ms(0)));
        assertEquals(Search.PACE, search.rest(ms(0)));
        assertEquals(List.of(), dialled(ms(299)));
        assertEquals(List.of(3), dialled(ms(300)), "the first of each source before the second of any");
        fails(PROVEN, 1, ms(350));
        assertEquals(Duration.ZERO, search.rest(ms(350)));
        assertEquals(List.of(2), dialled(ms(350)));
    }

    @Test
    void theMorePromisingComesFirstAmongThoseThatWait() {
        search.due(ms(0));
        finds(KADEMLIA, 1);
        assertEquals(List.of(1), dialled(ms(0)));
        finds(KADEMLIA, 2);
        finds(MDNS, 3);
        finds(PROVEN, 4);
        assertEquals(List.of(4), dialled(ms(300)));
        assertEquals(List.of(3), dialled(ms(600)));
        assertEquals(List.of(2), dialled(ms(900)));
    }

    @Test
    void noMoreThanFourAreTriedAtOnceAndTwoOfOneSource() {
        search.due(ms(0));
        finds(PROVEN, 1, 2, 3);
        assertEquals(List.of(1), dialled(ms(0)));
        assertEquals(List.of(2), dialled(ms(300)));
        assertEquals(List.of(), dialled(ms(600)), "a third of the same source");
        assertEquals(ms(400), search.rest(ms(600)), "nothing but the head start to wait for");
        finds(MDNS, 11, 12, 13);
        finds(KADEMLIA, 21);
        assertEquals(List.of(11), dialled(ms(600)));
        assertEquals(List.of(21), dialled(ms(900)));
        assertEquals(List.of(), dialled(ms(1200)), "a fifth");
        fails(PROVEN, 1, ms(1300));
        assertEquals(List.of(12), dialled(ms(1300)), "the second of its source comes before the third of another");
    }

    @Test
    void aPlaceIsTriedOnceHoweverItIsWritten() {
        search.due(ms(0));
        assertTrue(search.found(PROVEN, HostAndPort.parse("[::1]:7000")).isPresent());
        assertTrue(
                search.found(MDNS, HostAndPort.parse("[0:0:0:0:0:0:0:1]:7000")).isEmpty());
        assertTrue(search.found(MDNS, new InetSocketAddress("::1", 7000)).isEmpty());
        assertTrue(search.found(MDNS, HostAndPort.parse("[::1]:7001")).isPresent());
        assertTrue(search.found(PROVEN, HostAndPort.parse("Home.example")).isPresent());
        assertTrue(search.found(MDNS, HostAndPort.parse("home.EXAMPLE:6275")).isEmpty());
        assertTrue(
                search.found(MDNS, InetSocketAddress.createUnresolved("h", 0)).isEmpty(), "no port");
    }

    @Test
    void oneSourceMayNameEightPlacesAndAllTogetherSixteen() {
        search.due(ms(0));
        IntStream.range(0, Search.MAX_OF_ONE_SOURCE)
                .forEach(i -> assertTrue(search.found(MDNS, address(i)).isPresent()));
        assertTrue(search.found(MDNS, address(100)).isEmpty());
        IntStream.range(0, Search.MAX_OF_ONE_SOURCE - 1)
                .forEach(i -> assertTrue(search.found(KADEMLIA, address(20 + i)).isPresent()));
        assertTrue(search.found(PROVEN, address(50)).isPresent(), "the sixteenth");
        assertTrue(search.found(PROVEN, address(51)).isEmpty(), "the seventeenth");
    }

    @Test
    void itIsOverWhenNothingIsLeftToAskOrTry() {
        search.due(ms(0));
        finds(MDNS, 1);
        search.ended(PROVEN);
        search.ended(MDNS);
        search.due(ms(0));
        assertFalse(search.isOver(ms(0)));
        fails(MDNS, 1, ms(10));
        assertFalse(search.isOver(ms(10)), "one source was not asked yet");
        search.due(ms(10));
        assertFalse(search.isOver(ms(10)));
        search.ended(KADEMLIA);
        assertTrue(search.isOver(ms(10)));
    }

    @Test
    void itIsOverAfterThirtySecondsThoughSomethingIsLeft() {
        search.due(ms(0));
        finds(PROVEN, 1);
        search.due(ms(0));
        search.due(Search.PATIENCE.minusMillis(1));
        assertFalse(search.isOver(Search.PATIENCE.minusMillis(1)));
        assertEquals(ms(1), search.rest(Search.PATIENCE.minusMillis(1)));
        assertTrue(search.isOver(Search.PATIENCE));
        assertEquals(1, search.dialling().size());
    }

    @Test
    void withoutAnybodyToAskItIsOverAtOnce() {
        Search empty = new Search(List.of());
        assertEquals(List.of(), empty.due(ms(0)));
        assertTrue(empty.isOver(ms(0)));
    }
}
