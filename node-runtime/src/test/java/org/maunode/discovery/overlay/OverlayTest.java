package org.maunode.discovery.overlay;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.FutureTask;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.maunode.exchange.Answer;
import org.maunode.exchange.Caller;
import org.maunode.exchange.ContactsJson;
import org.maunode.exchange.ExchangeException;
import org.maunode.exchange.ExchangeException.Reason;
import org.maunode.exchange.Refusal;
import org.maunode.exchange.RemotePeer;
import org.maunode.exchange.Request;
import org.maunode.identity.Contact;
import org.maunode.identity.Fingerprint;
import org.maunode.identity.HostAndPort;

/** The shell over a network that is a table: who answers at which address. */
@ExtendWith(NoThreadsLeft.class)
class OverlayTest {
    private static final Fingerprint SELF = Fingerprint.of("caeb72ddee0703e1b0d0334f88afa037955d532a");
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    @TempDir
    Path directory;

    private final Map<Contact, StubPeer> there = new ConcurrentHashMap<>();
    private final AtomicInteger dials = new AtomicInteger();
    private Path file;
    private Overlay overlay;

    @BeforeEach
    void open() {
        file = directory.resolve("contacts.json");
        overlay = new Overlay(SELF, this::dial, file, new Random(1));
    }

    @AfterEach
    void close() {
        overlay.close();
    }

    private RemotePeer dial(Fingerprint who, InetSocketAddress address) {
        dials.incrementAndGet();
        String at = address.getAddress().getHostAddress() + ":" + address.getPort();
        StubPeer peer = there.get(new Contact(who, HostAndPort.parse(at)));
        if (peer == null) {
            throw new ExchangeException(Reason.UNREACHABLE, "nobody at " + address);
        }
        return peer;
    }

    private Contact somebody(int number) {
        Contact contact = absent(number);
        there.put(contact, new StubPeer(contact.fingerprint()));
        return contact;
    }

    private static Contact absent(int number) {
        return new Contact(
                Fingerprint.of("%040x".formatted(number + 1)), HostAndPort.parse("127.0.0.1:" + (2000 + number)));
    }

    private boolean knows(Contact contact) throws InterruptedException {
        return overlay.await(
                table -> table.stream().anyMatch(known -> known.contact().equals(contact) && Overlay.isAlive(known)),
                PATIENCE);
    }

    private static Caller caller(Contact who, String claim) {
        return new Caller(
                Optional.of(who.fingerprint()), Optional.of(InetAddress.getLoopbackAddress()), Optional.of(claim));
    }

    private static Answer find(Overlay at, Caller caller) {
        return at.answer(new Request.FindPeer(SELF), caller);
    }

    /** KW-32. */
    @Test
    void nobodyIsCalledWithoutATableAndABootstrap() {
        overlay.start(List.of());
        assertEquals(List.of(), overlay.addressesOf(absent(1).fingerprint()));
        overlay.close();
        assertEquals(0, dials.get());
        assertTrue(Files.notExists(file));
    }

    /** KW-32. */
    @Test
    void aBootstrapIsCalledAndKept() throws InterruptedException {
        Contact bootstrap = somebody(1);
        overlay.start(List.of(absent(2), bootstrap));
        assertTrue(knows(bootstrap));
        overlay.close();
        assertEquals(List.of(bootstrap), new SavedTable(file).load());
    }

    /** KW-31, KW-32. */
    @Test
    void aTableOfTheLastRunIsEnoughToBegin() throws Exception {
        Contact known = somebody(1);
        Files.writeString(file, ContactsJson.write(List.of(absent(2), known)));
        overlay.start(List.of());
        assertTrue(knows(known));
        assertEquals(List.of(known.address()), overlay.addressesOf(known.fingerprint()));
    }

    /** KW-31. */
    @Test
    void aBrokenTableIsPassedOver() throws IOException, InterruptedException {
        Files.writeString(file, "[{");
        Contact bootstrap = somebody(1);
        overlay.start(List.of(bootstrap));
        assertTrue(knows(bootstrap));
    }

    /** KW-21. */
    @Test
    void aCallerIsNotedAfterItWasCalledBackAtItsClaim() throws InterruptedException {
        Contact caller = somebody(1);
        overlay.start(List.of());
        assertEquals(new Answer.Pong(), overlay.answer(new Request.Ping(), caller(caller, "127.0.0.1:2001")));
        assertTrue(knows(caller));
        Contact second = somebody(2);
        assertEquals(new Answer.Contacts(List.of(caller)), find(overlay, caller(second, "127.0.0.1:2002")));
        assertTrue(knows(second));
        assertEquals(new Answer.Contacts(List.of(second)), find(overlay, caller(caller, "127.0.0.1:2001")));
    }

    @Test
    void whoComesFromNowhereIsAnsweredAPingAndNoMore() {
        Caller nowhere = Caller.of(absent(1).fingerprint());
        assertEquals(new Answer.Pong(), overlay.answer(new Request.Ping(), nowhere));
        assertEquals(new Answer.Refused(Refusal.BAD_REQUEST), find(overlay, nowhere));
        Request file = new Request.ListFiles(SELF, Optional.empty(), Optional.empty());
        assertInstanceOf(Answer.Refused.class, overlay.answer(file, nowhere));
    }

    @Test
    void ourOwnFingerprintIsNeitherSoughtNorNoted() {
        overlay.start(List.of());
        assertEquals(List.of(), overlay.addressesOf(SELF));
        Contact self = new Contact(SELF, HostAndPort.parse("127.0.0.1:2001"));
        overlay.answer(new Request.Ping(), caller(self, "127.0.0.1:2001"));
        overlay.proved(self);
        overlay.close();
        assertEquals(0, dials.get());
        assertEquals(List.of(), overlay.contacts());
    }

    /** KW-32. */
    @Test
    void whoProvedItselfOverAnotherConnectionIsAsked() throws InterruptedException {
        Contact friend = somebody(1);
        overlay.start(List.of());
        overlay.proved(friend);
        assertTrue(knows(friend));
        assertTrue(overlay.await(_ -> there.get(friend).pings.get() > 0, PATIENCE));
    }

    @Test
    void questionsToOnePeerShareALineThatIsHungUpInTheEnd() throws InterruptedException {
        Contact bootstrap = somebody(1);
        overlay.start(List.of(bootstrap));
        assertTrue(knows(bootstrap));
        for (int i = 0; i < 5; i++) {
            assertEquals(List.of(bootstrap.address()), overlay.addressesOf(bootstrap.fingerprint()));
        }
        assertEquals(1, dials.get());
        assertTrue(there.get(bootstrap).pings.get() > 5);
        overlay.close();
        assertEquals(1, there.get(bootstrap).closings.get());
    }

    /** KW-23. */
    @Test
    void aLineThatWasCutMeanwhileIsDialledAnew() throws InterruptedException {
        Contact bootstrap = somebody(1);
        overlay.start(List.of(bootstrap));
        assertTrue(knows(bootstrap));
        StubPeer first = there.get(bootstrap);
        there.put(bootstrap, new StubPeer(bootstrap.fingerprint()));
        first.cut();
        assertEquals(List.of(bootstrap.address()), overlay.addressesOf(bootstrap.fingerprint()));
        assertEquals(2, dials.get());
    }

    @Test
    void aDialerThatBreaksIsAFailedCallAndNoMore() throws InterruptedException {
        Contact bootstrap = somebody(1);
        try (LogLines log = new LogLines();
                Overlay broken = new Overlay(
                        SELF,
                        (who, address) -> {
                            throw new IllegalStateException("broken");
                        },
                        directory.resolve("none.json"),
                        new Random(1))) {
            broken.start(List.of(bootstrap));
            assertTrue(broken.await(_ -> !log.lines().isEmpty(), PATIENCE));
            assertTrue(
                    log.lines().getFirst().contains("met a defect"), log.lines().toString());
        }
    }

    private Overlay overSilence(CountDownLatch dialing) {
        return new Overlay(
                SELF,
                (who, address) -> {
                    dialing.countDown();
                    try {
                        new CountDownLatch(1).await();
                    } catch (InterruptedException stop) {
                        Thread.currentThread().interrupt();
                    }
                    throw new ExchangeException(Reason.UNREACHABLE, "interrupted");
                },
                directory.resolve("silence.json"),
                new Random(1));
    }

    @Test
    void closingEndsCallsAndSearchesThatAreUnderWay() throws Exception {
        CountDownLatch dialing = new CountDownLatch(1);
        Overlay silent = overSilence(dialing);
        silent.start(List.of(absent(1)));
        FutureTask<List<InetSocketAddress>> search =
                new FutureTask<>(() -> silent.addressesOf(absent(1).fingerprint()));
        Thread.ofVirtual().start(search);
        dialing.await();
        assertTimeoutPreemptively(PATIENCE, silent::close);
        assertEquals(List.of(), search.get());
        assertEquals(List.of(), silent.addressesOf(absent(2).fingerprint()));
    }

    @Test
    void aSearchThatIsInterruptedReturnsAtOnce() throws Exception {
        CountDownLatch dialing = new CountDownLatch(1);
        try (Overlay silent = overSilence(dialing)) {
            silent.start(List.of(absent(1)));
            FutureTask<Boolean> search = new FutureTask<>(() -> {
                silent.resolve(absent(1).fingerprint(), _ -> {});
                return Thread.currentThread().isInterrupted();
            });
            Thread searcher = Thread.ofVirtual().start(search);
            dialing.await();
            searcher.interrupt();
            assertTrue(search.get());
        }
    }

    @Test
    void callsAreMadeOnFewThreadsThatEndWhenIdle() throws InterruptedException {
        List<Contact> many = IntStream.range(0, 30).mapToObj(this::somebody).toList();
        overlay.start(many);
        assertTrue(
                overlay.await(table -> table.stream().filter(Overlay::isAlive).count() > 10, PATIENCE));
        long threads = NoThreadsLeft.alive().stream()
                .filter(thread -> thread.getName().matches("mau-kad-\\d+"))
                .count();
        assertTrue(threads <= Calls.THREADS, threads + " threads");
    }
}
