package org.maunode.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CountDownLatch;
import java.util.function.Consumer;
import java.util.function.IntSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.maunode.exchange.Answer;
import org.maunode.exchange.Caller;
import org.maunode.exchange.Exchange;
import org.maunode.exchange.ExchangeException;
import org.maunode.exchange.ExchangeException.Reason;
import org.maunode.exchange.FakeExchange;
import org.maunode.exchange.RemotePeer;
import org.maunode.exchange.RemotePeer.Behind;
import org.maunode.exchange.RemotePeer.From;
import org.maunode.exchange.Request;
import org.maunode.exchange.Waiters.Attention;
import org.maunode.identity.Fingerprint;
import org.maunode.store.StoredFile;

/** EX-60 to EX-66 where the wire matters: limits, deadlines, connections that end. */
@ExtendWith(OwnThreads.class)
@Timeout(60)
final class WaitingTest {
    private static final TlsIdentity NODE = TestIdentities.ed25519();
    private static final TlsIdentity ANN = TestIdentities.ed25519();
    private static final TlsIdentity BOB = TestIdentities.rsa();
    private static final Duration LONG = Duration.ofSeconds(60);
    private static final Instant T = Instant.parse("2026-11-23T10:00:00Z");

    /** Deadlines that a wait of a second outlasts. */
    private static final Limits HASTY = Limits.DEFAULT.with(new Limits.Waits(
            Duration.ofSeconds(10),
            Duration.ofSeconds(10),
            Duration.ofMillis(300),
            Duration.ofMillis(300),
            Duration.ofMillis(20)));

    @TempDir
    Path directory;

    private FakeExchange exchange;
    private PeerServer server;
    private final PeerDialer ann = new PeerDialer(ANN, DialerOptions.DEFAULT);
    private final PeerDialer bob = new PeerDialer(BOB, DialerOptions.DEFAULT);
    private final PeerDialer annInHttp1 = new PeerDialer(ANN, DialerOptions.DEFAULT.withProtocols(Tls.HTTP_1_1));

    @BeforeEach
    void makeExchange() throws IOException {
        exchange = new FakeExchange(directory, NODE.fingerprint(), 100);
        start(Limits.DEFAULT);
    }

    private void start(Limits limits) throws IOException {
        stop();
        server = PeerServer.start(
                NODE,
                exchange,
                ServerOptions.at(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))
                        .with(limits));
    }

    private void stop() {
        Optional.ofNullable(server).ifPresent(PeerServer::close);
    }

    @AfterEach
    void nothingIsLeft() throws InterruptedException {
        List.of(ann, bob, annInHttp1).forEach(PeerDialer::close);
        try {
            assertTrue(server.connections().awaitNone(Duration.ofSeconds(20)), "connections are left");
            // A thread of the disk may be looking on behalf of a wait whose caller is gone; a wait leaves before its
            // place is free.
            awaitHeld(0);
            awaitAtMost(0, () -> held().placesTaken(), "places of waits");
            assertEquals(0, server.connections().bodiesUnderWay(), "bodies are left");
        } finally {
            stop();
        }
    }

    private HeldRequests held() {
        return server.connections().held();
    }

    private RemotePeer dial(PeerDialer dialer) {
        return dialer.dial(NODE.fingerprint(), server.address());
    }

    private static From behindAll(RemotePeer peer) {
        Behind.Nothing nothing = (Behind.Nothing)
                peer.list(NODE.fingerprint(), new From.Since(Instant.MIN)).behind();
        return new From.Next(nothing.cursor().orElseThrow());
    }

    private static RemotePeer.Watch watch(RemotePeer peer, Duration wait) {
        return peer.watch(NODE.fingerprint(), behindAll(peer), wait);
    }

    /** Counts the looks that the server takes from now on. */
    private CountDownLatch looks(int count) {
        CountDownLatch looks = new CountDownLatch(count);
        exchange.beforeAnswer(looks::countDown);
        return looks;
    }

    private void isToldOf(String name, RemotePeer.Watch watch) {
        assertEquals(
                List.of(name),
                watch.page().files().stream().map(file -> file.name().value()).toList());
    }

    @Test
    void manyWaitOnOneConnectionBesideOtherCalls() throws Exception {
        StoredFile file = exchange.publish("a.pgp", new byte[300_000], T, Optional.empty());
        try (RemotePeer peer = dial(ann)) {
            From behind = behindAll(peer);
            CountDownLatch looks = looks(ClientConnection.WAITS);
            List<RemotePeer.Watch> watches = new ArrayList<>();
            for (int i = 0; i < ClientConnection.WAITS; i++) {
                watches.add(peer.watch(NODE.fingerprint(), behind, LONG));
            }
            ExchangeException full =
                    assertThrows(ExchangeException.class, () -> peer.watch(NODE.fingerprint(), behind, LONG));
            assertEquals(Reason.OVER_LIMIT, full.reason());
            looks.await();
            ByteArrayOutputStream got = new ByteArrayOutputStream();
            peer.fetch(NODE.fingerprint(), file.name(), 0, file.sum(), (offset, total) -> got);
            assertEquals(300_000, got.size());
            assertTrue(watches.stream().noneMatch(watch -> watch.answered().isDone()));
            exchange.publish("b.pgp", "b", T.plusSeconds(1));
            watches.forEach(watch -> isToldOf("b.pgp", watch));
            watches.forEach(RemotePeer.Watch::close);
            peer.watch(NODE.fingerprint(), behind, LONG).close();
        }
    }

    @Test
    void itIsKnownWhoWaitsAndForWhom() throws Exception {
        try (RemotePeer peer = dial(ann)) {
            From behind = behindAll(peer);
            CountDownLatch looks = looks(1);
            assertEquals(Attention.NONE, server.attention(ANN.fingerprint(), NODE.fingerprint()));
            RemotePeer.Watch watch = peer.watch(NODE.fingerprint(), behind, LONG);
            looks.await();
            assertEquals(Attention.NOW, server.attention(ANN.fingerprint(), NODE.fingerprint()));
            assertEquals(Attention.NONE, server.attention(BOB.fingerprint(), NODE.fingerprint()));
            assertEquals(Attention.NONE, server.attention(ANN.fingerprint(), ANN.fingerprint()));
            exchange.publish("a.pgp", "a", T);
            isToldOf("a.pgp", watch);
            watch.close();
        }
    }

    private static Limits atMost(int inAll, int perPeer, int perConnection) {
        return Limits.DEFAULT.with(new Limits.Waiters(inAll, perPeer, perConnection, Duration.ofSeconds(300)));
    }

    /** Whether the server lets as many wait as {@code most}, and not one more. */
    private void letsWait(int most, RemotePeer... peers) throws Exception {
        List<RemotePeer.Watch> watches = new ArrayList<>();
        From behind = behindAll(peers[0]);
        CountDownLatch looks = looks(most);
        for (int i = 0; i < most; i++) {
            watches.add(peers[i % peers.length].watch(NODE.fingerprint(), behind, LONG));
        }
        looks.await();
        try (RemotePeer.Watch more = peers[most % peers.length].watch(NODE.fingerprint(), behind, LONG)) {
            assertFalse(more.waited(), "over the limit");
            assertEquals(List.of(), more.page().files());
        }
        exchange.publish("new.pgp", "n", T);
        for (RemotePeer.Watch watch : watches) {
            assertTrue(watch.waited(), "at the limit");
            isToldOf("new.pgp", watch);
            watch.close();
        }
    }

    /** EX-62. */
    @Test
    void noMoreWaitOnOneConnectionThanTheLimit() throws Exception {
        start(atMost(100, 100, 3));
        try (RemotePeer peer = dial(ann)) {
            letsWait(3, peer);
        }
    }

    /** EX-62. */
    @Test
    void noMoreOfOnePeerWaitThanTheLimit() throws Exception {
        start(atMost(100, 3, 2));
        try (RemotePeer first = dial(ann);
                RemotePeer second = dial(ann)) {
            letsWait(3, first, second);
        }
    }

    /** EX-62. */
    @Test
    void noMoreWaitInAllThanTheLimit() throws Exception {
        start(atMost(3, 3, 3));
        try (RemotePeer first = dial(ann);
                RemotePeer second = dial(bob)) {
            letsWait(3, first, second);
        }
    }

    /** EX-66. */
    @Test
    void noDeadlineOfTheConnectionCutsAWait() throws Exception {
        start(HASTY);
        for (PeerDialer dialer : List.of(ann, annInHttp1)) {
            try (RemotePeer peer = dial(dialer);
                    RemotePeer.Watch watch = watch(peer, Duration.ofSeconds(1))) {
                assertEquals(List.of(), watch.page().files());
                assertTrue(watch.waited());
            }
        }
    }

    /** EX-66. */
    @Test
    void aCallLateInAWaitHasItsTimeToo() throws Exception {
        start(HASTY);
        try (RemotePeer peer = dial(ann);
                RemotePeer.Watch first = watch(peer, Duration.ofSeconds(1));
                RemotePeer.Watch second = watch(peer, Duration.ofSeconds(2))) {
            assertEquals(List.of(), first.page().files());
            assertEquals(
                    List.of(), peer.list(NODE.fingerprint(), new From.Since(T)).files());
            assertEquals(List.of(), second.page().files());
        }
    }

    @Test
    void whoDoesNotReadIsCutThoughItWaitsBeside() throws Exception {
        start(HASTY);
        exchange.publish("large.pgp", new byte[8 << 20], T, Optional.empty());
        try (RawClient client = RawClient.http2(server.address())) {
            client.send(wait(1, "?after=1999999999.0.x", 60), Frames.request("GET", 3, path("/large.pgp")));
            assertTrue(server.connections().awaitNone(Duration.ofSeconds(10)), "it is let wait for ever");
        }
    }

    private static String path(String rest) {
        return "/p2p/" + NODE + rest;
    }

    private static byte[] wait(int stream, String query, int seconds) {
        byte[] block = Frames.block("GET", path(query));
        byte[] prefer = Frames.header("prefer", "wait=" + seconds);
        byte[] both = new byte[block.length + prefer.length];
        System.arraycopy(block, 0, both, 0, block.length);
        System.arraycopy(prefer, 0, both, block.length, prefer.length);
        return Frames.of(Frames.HEADERS, Frames.END_HEADERS | Frames.END_STREAM, stream, both);
    }

    private static String wait(String query, int seconds) {
        return "GET " + path(query) + " HTTP/1.1\r\nHost: x\r\nPrefer: wait=" + seconds + "\r\n\r\n";
    }

    /** A wait that a disk thread is just beginning ends there. */
    private void awaitHeld(int most) {
        awaitAtMost(most, () -> held().count(), "waits");
    }

    private static void awaitAtMost(int most, IntSupplier counted, String what) {
        long end = System.nanoTime() + Duration.ofSeconds(10).toNanos();
        while (counted.getAsInt() > most) {
            assertTrue(System.nanoTime() < end, counted.getAsInt() + " " + what + " are left");
            Thread.onSpinWait();
        }
    }

    /** EX-66. */
    @Test
    void connectionsThatBreakFreeTheirWaitsAtOnce() throws Exception {
        for (int round = 0; round < 10; round++) {
            CountDownLatch looks = looks(8 + 1);
            try (RawClient two = RawClient.http2(server.address());
                    RawClient one = RawClient.http1(server.address())) {
                for (int i = 0; i < 8; i++) {
                    two.send(wait(2 * i + 1, "", 300));
                }
                one.send(wait("", 300));
                looks.await();
                assertEquals(9, held().count());
            }
            assertTrue(server.connections().awaitNone(Duration.ofSeconds(5)), "connections are left");
            awaitHeld(0);
        }
    }

    /** EX-66. */
    @Test
    void streamsThatAreResetFreeTheirWaitsAtOnce() throws Exception {
        Limits.Rate generous = new Limits.Rate(100_000, 1000);
        start(Limits.DEFAULT.with(new Limits.Rates(generous, generous, generous)));
        try (RawClient client = RawClient.http2(server.address())) {
            for (int stream = 1; stream < 2000; stream += 2) {
                CountDownLatch look = looks(1);
                client.send(wait(stream, "", 300));
                look.await();
                client.send(Frames.reset(stream));
            }
            client.send(Frames.ping());
            for (Frames.Frame frame = client.frame().orElseThrow(); frame.type() != Frames.PING; ) {
                frame = client.frame().orElseThrow();
            }
            awaitHeld(1);
        }
    }

    /** EX-65. */
    @Test
    void inHttp1ARequestBehindAWaitEndsItAndBehindARequestNobodyWaits() throws Exception {
        exchange.publish("small.pgp", "small", T);
        CountDownLatch look = looks(1);
        try (RawClient client = RawClient.http1(server.address())) {
            client.send(wait("?after=1999999999.0.x", 60));
            look.await();
            client.send(HostileClient.get(path("/small.pgp")));
            assertTrue(untilEmptyList(client).contains("preference-applied: wait=60"));
            assertEquals("HTTP/1.1 200 OK small", client.answer());
            client.send(HostileClient.get(path("/small.pgp")) + wait("?after=1999999999.0.x", 60));
            assertEquals("HTTP/1.1 200 OK small", client.answer());
            untilEmptyList(client);
            client.send(HostileClient.get(path("/small.pgp")));
            assertEquals("HTTP/1.1 200 OK small", client.answer());
        }
    }

    /** The header of a listing without files, in lower case, read to its end. */
    private static String untilEmptyList(RawClient client) throws IOException {
        StringBuilder header = new StringBuilder();
        for (String line; !(line = client.line()).isEmpty(); ) {
            header.append(line.toLowerCase(java.util.Locale.ROOT)).append('\n');
        }
        assertEquals(List.of("2", "[]", "0", ""), List.of(client.line(), client.line(), client.line(), client.line()));
        return header.toString();
    }

    /** EX-65. */
    @Test
    void inHttp1AWaitHasTheConnectionForItself() {
        try (RemotePeer peer = dial(annInHttp1)) {
            RemotePeer.Watch watch = watch(peer, LONG);
            for (int i = 0; i < 2; i++) {
                ExchangeException busy =
                        assertThrows(ExchangeException.class, () -> peer.list(NODE.fingerprint(), new From.Since(T)));
                assertEquals(Reason.BUSY, busy.reason());
            }
            exchange.publish("a.pgp", "a", T);
            isToldOf("a.pgp", watch);
            watch.close();
            assertEquals(
                    1, peer.list(NODE.fingerprint(), new From.Since(T)).files().size());
        }
    }

    /** EX-62. */
    @Test
    void whereChangesCannotBeToldNobodyIsLetWait() throws Exception {
        Exchange blind = new Exchange() {
            @Override
            public Answer answer(Request request, Caller caller) {
                return exchange.answer(request, caller);
            }

            @Override
            public AutoCloseable onChange(Consumer<Fingerprint> listener) {
                throw new IllegalStateException("no watches left");
            }
        };
        server.close();
        server = PeerServer.start(
                NODE, blind, ServerOptions.at(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0)));
        try (RemotePeer peer = dial(ann);
                RemotePeer.Watch watch = watch(peer, LONG)) {
            assertFalse(watch.waited());
            assertEquals(List.of(), watch.page().files());
        }
    }

    @Test
    void aServerThatStopsEndsItsWaitsAtOnce() throws Exception {
        CountDownLatch looks = looks(2);
        try (RemotePeer peer = dial(ann);
                RemotePeer.Watch watch = watch(peer, LONG)) {
            looks.await();
            server.close();
            CompletionException ended = assertThrows(
                    CompletionException.class, () -> watch.answered().join());
            assertEquals(Reason.UNREACHABLE, ((ExchangeException) ended.getCause()).reason());
        }
    }

    /** EX-66. */
    @Test
    void manyAreToldThoughFewAnswersMayBeUnderWay() throws Exception {
        Limits.Counts d = Limits.Counts.DEFAULT;
        start(atMost(100, 100, 12)
                .with(new Limits.Counts(
                        d.connections(), d.perOrigin(), d.handshakes(), d.streams(), 2, 2, d.waiting())));
        List<RemotePeer> peers = new ArrayList<>();
        List<RemotePeer.Watch> watches = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            peers.add(dial(ann));
        }
        From behind = behindAll(peers.getFirst());
        CountDownLatch looks = looks(40);
        for (int i = 0; i < 40; i++) {
            watches.add(peers.get(i % 4).watch(NODE.fingerprint(), behind, LONG));
        }
        looks.await();
        exchange.publish("a.pgp", "a", T);
        for (RemotePeer.Watch watch : watches) {
            isToldOf("a.pgp", watch);
            watch.close();
        }
        peers.forEach(RemotePeer::close);
    }

    @Test
    void aFailureOfTheExchangeEndsAWaitWithItsStatus() throws Exception {
        try (RemotePeer peer = dial(ann)) {
            From behind = behindAll(peer);
            CountDownLatch look = looks(1);
            try (RemotePeer.Watch watch = peer.watch(NODE.fingerprint(), behind, LONG)) {
                look.await();
                exchange.beforeAnswer(() -> {
                    throw new IllegalStateException("disk");
                });
                exchange.publish("for-bob.pgp", new byte[1], T, Optional.of(BOB.fingerprint()));
                assertEquals(
                        Reason.BUSY,
                        assertThrows(ExchangeException.class, watch::page).reason());
            }
        }
    }

    /** A peer that answers each request with {@code answer}. */
    private static RemotePeer.Watch scripted(ScriptedServer peer, PeerDialer dialer, Duration wait) {
        Fingerprint who = NODE.fingerprint();
        return dialer.dial(who, peer.address()).watch(who, new From.Since(T), wait);
    }

    /** EX-62. */
    @Test
    void aPeerThatKnowsNoWaitingHasAnsweredAtOnce() throws Exception {
        try (ScriptedServer peer = ScriptedServer.start(
                        TestTls.context(TestTls.honest(NODE)),
                        head -> "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n[]");
                RemotePeer.Watch watch = scripted(peer, ann, LONG)) {
            assertFalse(watch.waited());
            assertEquals(new Behind.Untold(), watch.page().behind());
            assertTrue(peer.firstRequest().orElseThrow().contains("\nPrefer: wait=60\n"));
        }
    }

    @Test
    void aPeerThatKeepsSilentBeyondTheWaitIsGivenUp() throws Exception {
        try (PeerDialer impatient = new PeerDialer(ANN, DialerOptions.DEFAULT.withIdle(Duration.ofMillis(100)));
                ScriptedServer mute = ScriptedServer.start(TestTls.context(TestTls.honest(NODE)), head -> "");
                RemotePeer.Watch watch = scripted(mute, impatient, Duration.ofSeconds(1))) {
            long before = System.nanoTime();
            CompletionException silent = assertThrows(
                    CompletionException.class, () -> watch.answered().join());
            assertEquals(Reason.TIMED_OUT, ((ExchangeException) silent.getCause()).reason());
            assertTrue(System.nanoTime() - before > 1_000_000_000L, "given up within the wait");
            assertEquals(
                    Reason.TIMED_OUT,
                    assertThrows(ExchangeException.class, watch::page).reason());
        }
    }

    @Test
    void aListingThatIsNoneIsToldAsSuch() throws Exception {
        byte[] junk = "junk".getBytes(StandardCharsets.US_ASCII);
        try (ScriptedServer peer = ScriptedServer.start(
                        TestTls.context(TestTls.honest(NODE)),
                        head -> "HTTP/1.1 200 OK\r\nPreference-Applied: wait=1\r\nContent-Length: " + junk.length
                                + "\r\n\r\njunk");
                RemotePeer.Watch watch = scripted(peer, ann, LONG)) {
            assertTrue(watch.waited());
            assertEquals(
                    Reason.PROTOCOL,
                    assertThrows(ExchangeException.class, watch::page).reason());
        }
    }
}
