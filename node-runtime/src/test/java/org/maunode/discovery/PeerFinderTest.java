package org.maunode.discovery;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.function.Consumer;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.maunode.exchange.ExchangeException;
import org.maunode.exchange.ExchangeException.Reason;
import org.maunode.exchange.RemotePeer;
import org.maunode.identity.Fingerprint;

/** Searches in a network that does what the test says, when it says so. */
@ExtendWith(FindThreads.class)
@Timeout(60)
class PeerFinderTest {
    private static final Fingerprint PEER = Fingerprint.of("00112233445566778899aabbccddeeff00112233");
    private static final Fingerprint OTHER = Fingerprint.of("ff112233445566778899aabbccddeeff00112233");
    private static final Duration NEVER = Duration.ofDays(1);

    private final FakeNetwork network = new FakeNetwork();
    private final List<PeerFinder> finders = new ArrayList<>();
    private final BlockingQueue<String> trail = new LinkedBlockingQueue<>();

    @AfterEach
    void close() {
        finders.forEach(PeerFinder::close);
    }

    private PeerFinder finder(Source... sources) {
        PeerFinder finder = new PeerFinder(List.of(sources), network, new Written());
        finders.add(finder);
        return finder;
    }

    private PeerFinder finder(Resolver... resolvers) {
        return finder(Stream.of(resolvers).map(Source::atOnce).toArray(Source[]::new));
    }

    /** A trail as lines. */
    private final class Written implements Trail {
        @Override
        public void found(Fingerprint peer, Candidate candidate) {
            trail.add("found " + candidate);
        }

        @Override
        public void failed(Fingerprint peer, Candidate candidate, ExchangeException why) {
            trail.add("failed " + candidate);
        }

        @Override
        public void proved(Fingerprint peer, Candidate candidate, Duration took) {
            assertFalse(took.isNegative());
            trail.add("proved " + candidate);
        }
    }

    private static InetSocketAddress address(int number) {
        return FakeNetwork.address(number);
    }

    private static InetSocketAddress where(RemotePeer remote) {
        return assertInstanceOf(FakeNetwork.Connected.class, remote).address;
    }

    /** A search on a thread of its own. */
    private static final class Elsewhere {
        private final CompletableFuture<RemotePeer> outcome = new CompletableFuture<>();
        private final Thread thread;

        Elsewhere(PeerFinder finder) {
            thread = Thread.ofPlatform().start(() -> {
                try {
                    outcome.complete(finder.connect(PEER));
                } catch (RuntimeException failed) {
                    outcome.completeExceptionally(failed);
                }
            });
        }

        ExchangeException failure() {
            return assertInstanceOf(
                    ExchangeException.class,
                    assertThrows(ExecutionException.class, outcome::get).getCause());
        }
    }

    @Test
    void theFirstThatProvesTheFingerprintWinsAndIsToldToTheMemory() {
        network.answers(address(1), OTHER).answers(address(2), PEER);
        PeerFinder finder = finder(FakeResolver.knowing("given", address(1)), FakeResolver.knowing("mdns", address(2)));
        try (RemotePeer remote = finder.connect(PEER)) {
            assertEquals(address(2), where(remote));
        }
        assertTrue(trail.contains("proved 10.0.0.2:6275 (mdns)"), trail.toString());
        assertFalse(trail.contains("proved 10.0.0.1:6275 (given)"), trail.toString());
    }

    @Test
    void whoeverAnswersForSomebodyElseIsOneLineInTheLogAndStopsNobody() throws Exception {
        network.answers(address(1), OTHER).answers(address(2), PEER);
        try (Events events = Events.of("org.maunode.discovery", Level.INFO)) {
            FakeResolver late = new FakeResolver("kademlia");
            Elsewhere search = new Elsewhere(finder(FakeResolver.knowing("mdns", address(1)), late));
            assertEquals(address(1), network.dialled.take());
            LogRecord line = events.take();
            late.finds(address(2)).ends();
            assertEquals(address(2), where(search.outcome.get()));
            assertEquals(Level.INFO, line.getLevel());
            assertEquals("looked for " + PEER + " at 10.0.0.1:6275 (mdns): " + OTHER + " answers", Events.words(line));
            assertEquals(List.of(), events.rest());
        }
    }

    @Test
    void aSourceThatNeverEndsHoldsUpNobodyAndIsInterrupted() throws Exception {
        network.answers(address(1), PEER);
        FakeResolver endless = new FakeResolver("mdns");
        PeerFinder finder = finder(endless, FakeResolver.knowing("given", address(1)));
        assertEquals(address(1), where(finder.connect(PEER)));
        // Who was not begun yet when it was over is never asked.
        if (endless.asked.isDone()) {
            assertEquals(PEER, endless.interrupted.get());
        }
    }

    @Test
    void theExpensiveSourceIsNotAskedWhereACheapOneLeadsToThePeer() {
        network.answers(address(1), PEER);
        FakeResolver expensive = new FakeResolver("kademlia");
        PeerFinder finder =
                finder(Source.atOnce(FakeResolver.knowing("proven", address(1))), new Source(expensive, NEVER));
        assertEquals(address(1), where(finder.connect(PEER)));
        assertFalse(expensive.asked.isDone());
    }

    @Test
    void theExpensiveSourceIsAskedAtOnceWhereNothingElseIsLeft() {
        network.answers(address(2), PEER);
        PeerFinder finder = finder(
                Source.atOnce(FakeResolver.knowing("proven", address(1))),
                new Source(FakeResolver.knowing("kademlia", address(2)), NEVER));
        assertEquals(address(2), where(finder.connect(PEER)));
        assertEquals(List.of(address(1), address(2)), List.copyOf(network.dialled));
    }

    @Test
    void anAttemptThatHangsIsOvertakenAndInterrupted() throws Exception {
        network.holds(address(1));
        network.answers(address(2), PEER);
        FakeResolver resolver = new FakeResolver("given").finds(address(1));
        Elsewhere search = new Elsewhere(finder(resolver));
        assertEquals(address(1), network.dialled.take());
        resolver.finds(address(2));
        assertEquals(address(2), where(search.outcome.get()));
        assertEquals(address(1), network.interrupted.take());
    }

    @Test
    void aLoserThatConnectsLateIsClosedAndTheWinnerIsNot() throws Exception {
        CountDownLatch mayConnect = network.holdsStubbornly(address(1));
        network.answers(address(1), PEER).answers(address(2), PEER);
        FakeResolver resolver = new FakeResolver("given").finds(address(1));
        Elsewhere search = new Elsewhere(finder(resolver));
        assertEquals(address(1), network.dialled.take());
        resolver.finds(address(2));
        RemotePeer winner = search.outcome.get();
        assertEquals(address(2), where(winner));
        mayConnect.countDown();
        assertEquals(address(1), network.closed.take());
        assertFalse(((FakeNetwork.Connected) winner).isClosed.isDone());
    }

    @Test
    void aPlaceThatSeveralSourcesNameIsTriedOnce() {
        PeerFinder finder = finder(FakeResolver.knowing("given", address(1)), FakeResolver.knowing("mdns", address(1)));
        assertThrows(ExchangeException.class, () -> finder.connect(PEER));
        assertEquals(List.of(address(1)), List.copyOf(network.dialled));
    }

    @Test
    void whoeverFloodsASourceDoesNotKeepTheOthersFromBeingHeard() throws Exception {
        FakeResolver flood = new FakeResolver("mdns");
        IntStream.rangeClosed(1, 250).forEach(i -> {
            network.answers(address(i), OTHER);
            flood.finds(address(i));
        });
        flood.ends();
        network.answers(address(253), PEER);
        PeerFinder finder =
                finder(Source.atOnce(flood), new Source(FakeResolver.knowing("kademlia", address(253)), NEVER));
        assertEquals(address(253), where(finder.connect(PEER)));
        assertEquals(Search.MAX_OF_ONE_SOURCE + 1, network.dialled.size());
    }

    @Test
    void aSourceThatBreaksIsToldAndStopsNobody() throws Exception {
        network.answers(address(1), PEER);
        Resolver broken = new Resolver() {
            @Override
            public String name() {
                return "broken";
            }

            @Override
            public void resolve(Fingerprint peer, Consumer<InetSocketAddress> found) {
                throw new IllegalStateException("out of order");
            }
        };
        try (Events events = Events.of("org.maunode.discovery", Level.WARNING)) {
            PeerFinder finder =
                    finder(Source.atOnce(broken), new Source(FakeResolver.knowing("given", address(1)), NEVER));
            assertEquals(address(1), where(finder.connect(PEER)));
            assertEquals(
                    "looking for " + PEER + " by broken failed: java.lang.IllegalStateException: out of order",
                    Events.words(events.take()));
        }
    }

    @Test
    void aMemoryThatBreaksLeavesNoConnectionOpen() throws Exception {
        network.answers(address(1), PEER);
        Trail broken = new Trail() {
            @Override
            public void proved(Fingerprint peer, Candidate candidate, Duration took) {
                throw new IllegalStateException("forgetful");
            }
        };
        PeerFinder finder = finder(FakeResolver.knowing("given", address(1)));
        assertThrows(IllegalStateException.class, () -> finder.connect(PEER, broken));
        assertEquals(address(1), network.closed.take());
    }

    @Test
    void whoIsInterruptedEndsEveryAttempt() throws Exception {
        network.holds(address(1));
        FakeResolver endless = new FakeResolver("mdns");
        Elsewhere search = new Elsewhere(finder(FakeResolver.knowing("given", address(1)), endless));
        endless.asked.get();
        network.dialled.take();
        search.thread.interrupt();
        assertEquals("interrupted", search.failure().getMessage());
        assertEquals(address(1), network.interrupted.take());
        assertEquals(PEER, endless.interrupted.get());
    }

    @Test
    void closingEndsEverySearchAndEveryThread() throws Exception {
        network.holds(address(1));
        PeerFinder finder = finder(FakeResolver.knowing("given", address(1)));
        Elsewhere search = new Elsewhere(finder);
        network.dialled.take();
        finder.close();
        assertEquals(Reason.UNREACHABLE, search.failure().reason());
        assertEquals("the search was stopped", search.failure().getMessage());
        assertEquals(
                "the search was stopped",
                assertThrows(ExchangeException.class, () -> finder.connect(PEER))
                        .getMessage());
    }

    @Test
    void manySearchesAtOnceShareTheThreads() throws Exception {
        network.answers(address(1), PEER);
        PeerFinder finder = finder(FakeResolver.knowing("given", address(1)));
        List<Elsewhere> searches = new ArrayList<>();
        FakeResolver endless = new FakeResolver("mdns");
        PeerFinder crowded = finder(endless);
        IntStream.range(0, 3 * PeerFinder.THREADS).forEach(_ -> searches.add(new Elsewhere(crowded)));
        endless.asked.get();
        assertEquals(address(1), where(finder.connect(PEER)));
        searches.forEach(search -> search.thread.interrupt());
        for (Elsewhere search : searches) {
            assertEquals(Reason.UNREACHABLE, search.failure().reason());
        }
        assertTrue(FindThreads.alive().size() <= 2 * PeerFinder.THREADS);
        for (Elsewhere search : searches) {
            assertTrue(search.thread.join(Duration.ofSeconds(10)));
        }
    }

    @Test
    void theFailureTellsTheFirstFourAttemptsAndCountsTheRest() {
        IntStream.rangeClosed(1, 6).forEach(i -> network.answers(address(i), OTHER));
        PeerFinder finder = finder(FakeResolver.knowing(
                "given",
                IntStream.rangeClosed(1, 6).mapToObj(FakeNetwork::address).toArray(InetSocketAddress[]::new)));
        ExchangeException failure = assertThrows(ExchangeException.class, () -> finder.connect(PEER));
        assertEquals(Reason.WRONG_IDENTITY, failure.reason());
        assertTrue(failure.getMessage().endsWith("; and 2 more"), failure.getMessage());
        assertEquals(6, failure.getMessage().split("; ").length - 1 + 2);
    }

    @Test
    void aLongReasonIsCutShort() {
        Failed failed = new Failed(PEER);
        failed.add(
                new Candidate(address(1), "given"),
                new ExchangeException(Reason.UNREACHABLE, "x".repeat(Failed.MAX_WHY + 1)));
        failed.add(
                new Candidate(address(2), "given"),
                new ExchangeException(Reason.UNREACHABLE, "y".repeat(Failed.MAX_WHY)));
        assertEquals(
                "10.0.0.1:6275: " + "x".repeat(Failed.MAX_WHY) + "...; 10.0.0.2:6275: " + "y".repeat(Failed.MAX_WHY),
                failed.summary(List.of(), List.of()).getMessage());
    }

    @Test
    void whatWasStillTriedWhenTimeWasUpIsToldToo() {
        ExchangeException failure = new Failed(PEER).summary(List.of(), List.of(new Candidate(address(1), "given")));
        assertEquals("10.0.0.1:6275: no answer", failure.getMessage());
        assertEquals(Reason.UNREACHABLE, failure.reason());
    }

    @Test
    void threadsEndWhenNobodyIsSought() throws Exception {
        network.answers(address(1), PEER);
        Source source = Source.atOnce(FakeResolver.knowing("given", address(1)));
        try (PeerFinder finder = new PeerFinder(List.of(source), network, Trail.SILENT, Duration.ofMillis(1))) {
            finder.connect(PEER);
            for (Thread thread : FindThreads.alive()) {
                thread.join();
            }
            assertEquals(List.of(), FindThreads.alive());
        }
    }
}
