package org.maunode.http;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.maunode.exchange.FakeExchange;
import org.maunode.exchange.RemotePeer;
import org.maunode.exchange.RemotePeer.From;

/**
 * What a stranger may try, in HTTP/1.1 and TLS and in HTTP/2 frame by frame. After each attempt the server answers a good
 * caller, holds nothing for the bad one, and its heap is where it was.
 */
@ExtendWith(OwnThreads.class)
@Timeout(60)
final class HostileClientTest {
    private static final TlsIdentity NODE = TestIdentities.ed25519();
    private static final TlsIdentity GOOD = TestIdentities.ed25519();
    private static final long LARGE = 64L << 20;
    private static final long HEAP_TOLERANCE = 8L << 20;

    /** As a board would have them, with shorter waits. */
    private static final Limits LIMITS = Limits.DEFAULT.with(new Limits.Waits(
            Duration.ofMillis(700),
            Duration.ofMillis(400),
            Duration.ofMillis(500),
            Duration.ofMillis(500),
            Duration.ofMillis(50)));

    @TempDir
    Path directory;

    private final AtomicInteger asked = new AtomicInteger();
    private FakeExchange exchange;
    private PeerServer server;
    private PeerDialer good;
    private long heapBefore;

    @BeforeEach
    void serve() throws IOException {
        exchange = new FakeExchange(directory, NODE.fingerprint(), 100);
        exchange.publish("small.pgp", "small", Instant.EPOCH);
        Path large = directory.resolve("large");
        try (RandomAccessFile sparse = new RandomAccessFile(large.toFile(), "rw")) {
            sparse.setLength(LARGE);
        }
        exchange.publish("large.pgp", large, FakeExchange.digest(new byte[0]), Instant.EPOCH, Optional.empty());
        good = new PeerDialer(GOOD, DialerOptions.DEFAULT);
        start(LIMITS);
        askWell();
        heapBefore = heap();
        asked.set(0);
    }

    private void start(Limits limits) throws IOException {
        server = PeerServer.start(
                NODE,
                (request, caller) -> {
                    asked.incrementAndGet();
                    return exchange.answer(request, caller);
                },
                ServerOptions.at(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))
                        .with(limits));
    }

    private void restart(Limits limits) throws IOException {
        server.close();
        start(limits);
    }

    @AfterEach
    void isUnharmed() throws Exception {
        assertTrue(server.connections().awaitNone(Duration.ofSeconds(10)), "connections are left");
        askWell();
        assertEquals(0, server.connections().bodiesUnderWay(), "bodies are left");
        good.close();
        server.close();
        long grown = heap() - heapBefore;
        assertTrue(grown < HEAP_TOLERANCE, "the heap grew by " + grown);
    }

    private static long heap() {
        System.gc();
        return Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory();
    }

    private void askWell() {
        try (RemotePeer peer = good.dial(NODE.fingerprint(), server.address())) {
            assertEquals(
                    2,
                    peer.list(NODE.fingerprint(), new From.Since(Instant.MIN))
                            .files()
                            .size());
        }
    }

    private String path(String rest) {
        return "/p2p/" + NODE + rest;
    }

    private RawClient http1() throws IOException {
        return RawClient.http1(server.address());
    }

    private RawClient http2() throws IOException {
        return RawClient.http2(server.address());
    }

    private static String get(String path) {
        return "GET " + path + " HTTP/1.1\r\nHost: x\r\n\r\n";
    }

    private Limits withCounts(int connections, int perOrigin, int handshakes) {
        Limits.Counts d = Limits.Counts.DEFAULT;
        return LIMITS.with(new Limits.Counts(
                connections, perOrigin, handshakes, d.streams(), d.bodies(), d.bodiesPerPeer(), d.waiting()));
    }

    // TLS and TCP

    @Test
    void halfOpenHandshakesAreCutAndAnswerNobodyElseLess() throws Exception {
        List<Socket> halfOpen = new ArrayList<>();
        for (int i = 0; i < 10; i++) {
            halfOpen.add(
                    new Socket(server.address().getAddress(), server.address().getPort()));
        }
        askWell();
        for (Socket socket : halfOpen) {
            try (socket) {
                assertClosed(socket);
            }
        }
    }

    private static void assertClosed(Socket socket) throws IOException {
        socket.setSoTimeout(20_000);
        try {
            while (socket.getInputStream().read() >= 0) {
                // What it says on the way does not matter.
            }
        } catch (SocketException reset) {
            // Closed the hard way.
        }
    }

    @Test
    void connectionsThatAreResetAtOnceHurtNobody() throws Exception {
        for (int i = 0; i < 40; i++) {
            try (Socket socket =
                    new Socket(server.address().getAddress(), server.address().getPort())) {
                socket.setSoLinger(true, 0);
            }
        }
        askWell();
    }

    @Test
    void aHandshakeThatDripsIsCutAllTheSame() throws Exception {
        try (Socket socket =
                new Socket(server.address().getAddress(), server.address().getPort())) {
            socket.getOutputStream().write(new byte[] {22, 3, 1, 2, 0});
            Thread dripping = Thread.ofVirtual().start(() -> drip(socket));
            assertClosed(socket);
            dripping.join();
        }
    }

    private static void drip(Socket socket) {
        try {
            while (true) {
                socket.getOutputStream().write(0);
                Thread.onSpinWait();
            }
        } catch (IOException cut) {
            // What was waited for.
        }
    }

    @Test
    void noMoreHandshakesAtOnceThanTheLimit() throws Exception {
        restart(withCounts(100, 100, 3));
        List<Socket> sockets = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            sockets.add(
                    new Socket(server.address().getAddress(), server.address().getPort()));
        }
        try (Socket fourth = sockets.get(3)) {
            assertClosed(fourth);
            for (Socket first : sockets.subList(0, 3)) {
                assertTrue(first.getInputStream().available() == 0 && !first.isClosed());
                first.close();
            }
        }
    }

    @Test
    void noMoreConnectionsOfOneOriginThanTheLimit() throws Exception {
        restart(withCounts(100, 2, 100));
        try (RawClient first = http1();
                RawClient second = http1()) {
            assertThrows(IOException.class, this::http1);
            first.send(get(path("/small.pgp")));
            second.send(get(path("/small.pgp")));
            assertEquals("HTTP/1.1 200 OK small", first.answer());
            assertEquals("HTTP/1.1 200 OK small", second.answer());
        }
    }

    @Test
    void noMoreNewConnectionsPerSecondThanTheRate() throws Exception {
        Limits.Rates rates = new Limits.Rates(
                LIMITS.rates().requests(),
                new Limits.Rate(3, 10),
                LIMITS.rates().control());
        restart(LIMITS.with(rates));
        for (int i = 0; i < 3; i++) {
            http1().close();
        }
        assertThrows(IOException.class, () -> {
            for (int i = 0; i < 20; i++) {
                http1().close();
            }
        });
        restart(LIMITS);
    }

    @Test
    void olderVersionsOfTlsAreRefused() throws Exception {
        try (SSLSocket socket = (SSLSocket) Anonymous.tls()
                .getSocketFactory()
                .createSocket(server.address().getAddress(), server.address().getPort())) {
            socket.setEnabledProtocols(new String[] {"TLSv1.2"});
            assertThrows(SSLException.class, socket::startHandshake);
        }
    }

    @Test
    void whatIsNotTlsIsClosed() throws Exception {
        for (String first : List.of(get("/"), "\0\0\0\0\0\0\0\0\0\0\0", "SSH-2.0-OpenSSH\r\n")) {
            try (Socket socket =
                    new Socket(server.address().getAddress(), server.address().getPort())) {
                socket.getOutputStream().write(first.getBytes(StandardCharsets.ISO_8859_1));
                assertClosed(socket);
            }
        }
    }

    @Test
    void garbageBehindTheHandshakeIsClosed() throws Exception {
        byte[] garbage = new byte[5000];
        java.util.Arrays.fill(garbage, (byte) 'x');
        for (String protocol : Tls.PROTOCOLS) {
            try (RawClient client = RawClient.open(server.address(), Anonymous.tls(), protocol)) {
                client.send(garbage);
                client.untilClosed();
            }
        }
        assertEquals(0, asked.get());
    }

    // HTTP/1.1

    @Test
    void whoNeverAsksIsCut() throws Exception {
        for (String protocol : Tls.PROTOCOLS) {
            try (RawClient client = RawClient.open(server.address(), Anonymous.tls(), protocol)) {
                client.untilClosed();
            }
        }
    }

    @Test
    void aHeaderThatNeverEndsInTimeIsCut() throws Exception {
        try (RawClient client = http1()) {
            client.send("GET " + path("") + " HTTP/1.1\r\nHost: x\r\n");
            Thread dripping =
                    Thread.ofVirtual().start(() -> client.sendUntilCut("a".getBytes(StandardCharsets.US_ASCII)));
            client.untilClosed();
            dripping.join();
        }
        assertEquals(0, asked.get());
    }

    @Test
    void theSecondHeaderHasADeadlineToo() throws Exception {
        try (RawClient client = http1()) {
            client.send(get(path("/small.pgp")));
            assertEquals("HTTP/1.1 200 OK small", client.answer());
            client.send("GET / HTTP/1.1\r\nHo");
            client.untilClosed();
        }
    }

    @Test
    void endlessHeadersAreRefused() throws Exception {
        try (RawClient client = http1()) {
            client.send("GET " + path("") + " HTTP/1.1\r\nHost: x\r\n");
            client.sendUntilCut("A: b\r\n".repeat(200).getBytes(StandardCharsets.US_ASCII));
        }
        assertEquals(0, asked.get());
    }

    @Test
    void asManyHeadersAsTheLimitAreTakenAndOneMoreIsNot() throws Exception {
        assertTrue(withHeaders(LIMITS.sizes().headers() - 1).startsWith("HTTP/1.1 200"));
        assertTrue(withHeaders(LIMITS.sizes().headers()).startsWith("HTTP/1.1 431"));
    }

    private String withHeaders(int besidesHost) throws IOException {
        try (RawClient client = http1()) {
            client.send(
                    "GET " + path("/small.pgp") + " HTTP/1.1\r\nHost: x\r\n" + "A: b\r\n".repeat(besidesHost) + "\r\n");
            return client.answer();
        }
    }

    @Test
    void hugeAddressesAreRefused() throws Exception {
        try (RawClient client = http1()) {
            client.send(get(path("?" + "a".repeat(LIMITS.sizes().uri()))));
            assertTrue(client.answer().startsWith("HTTP/1.1 414"));
        }
        try (RawClient client = http1()) {
            client.sendUntilCut(("GET /" + "a".repeat(1000)).getBytes(StandardCharsets.US_ASCII));
        }
        assertEquals(0, asked.get());
    }

    @Test
    void noRequestIsSmuggledBehindAnother() throws Exception {
        String hidden = get(path("/small.pgp"));
        List<String> shapes = List.of(
                "Content-Length: 4\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
                "Transfer-Encoding: chunked\r\nContent-Length: 4\r\n\r\n0\r\n\r\n",
                "Content-Length: 0\r\nContent-Length: " + hidden.length() + "\r\n\r\n",
                "Content-Length: " + hidden.length() + "\r\n\r\n",
                "Content-Length: +0\r\n\r\n",
                "Transfer-Encoding: chunked, chunked\r\n\r\n0\r\n\r\n",
                "Transfer-Encoding: xchunked\r\n\r\n0\r\n\r\n",
                "Transfer-Encoding : chunked\r\n\r\n0\r\n\r\n");
        for (String shape : shapes) {
            for (String method : List.of("GET", "POST")) {
                try (RawClient client = http1()) {
                    client.send(method + " " + path("/small.pgp") + " HTTP/1.1\r\nHost: x\r\n" + shape + hidden);
                    String all = new String(client.untilClosed(), StandardCharsets.ISO_8859_1);
                    assertFalse(all.contains(" 200 "), method + " with " + shape + " gave " + all);
                    assertEquals(0, asked.get(), method + " with " + shape + " gave " + all);
                }
            }
        }
    }

    @Test
    void requestsWithoutOrWithTwoHostsAreRefused() throws Exception {
        for (String hosts : List.of("", "Host: a\r\nHost: b\r\n")) {
            try (RawClient client = http1()) {
                client.send("GET " + path("") + " HTTP/1.1\r\n" + hosts + "\r\n");
                assertTrue(client.answer().startsWith("HTTP/1.1 400"));
            }
        }
        assertEquals(0, asked.get());
    }

    @Test
    void pipelinedRequestsAreAnsweredInOrderUpToTheLimit() throws Exception {
        try (RawClient client = http1()) {
            client.send(get(path("/small.pgp")).repeat(10));
            for (int i = 0; i < 10; i++) {
                assertEquals("HTTP/1.1 200 OK small", client.answer());
            }
        }
        try (RawClient client = http1()) {
            client.sendUntilCut(get(path("/large.pgp")).getBytes(StandardCharsets.US_ASCII));
        }
        assertTrue(asked.get() < 200, "asked " + asked.get());
    }

    @Test
    void noMoreConnectionsInAllThanTheLimit() throws Exception {
        restart(withCounts(2, 100, 100));
        try (RawClient first = http1();
                RawClient second = http1()) {
            assertThrows(IOException.class, this::http1);
            first.send(get(path("/small.pgp")));
            assertEquals("HTTP/1.1 200 OK small", first.answer());
            second.send(get(path("/small.pgp")));
            assertEquals("HTTP/1.1 200 OK small", second.answer());
        }
    }

    @Test
    void noMoreBodiesOfOnePeerThanTheLimit() throws Exception {
        Limits.Counts d = Limits.Counts.DEFAULT;
        restart(LIMITS.with(new Limits.Counts(
                d.connections(), d.perOrigin(), d.handshakes(), d.streams(), d.bodies(), 2, d.waiting())));
        List<RawClient> readers = new ArrayList<>();
        for (int i = 0; i < 2; i++) {
            RawClient reader = RawClient.open(server.address(), Anonymous.tls(), Tls.HTTP_1_1, 8192);
            reader.send(get(path("/large.pgp")));
            assertTrue(reader.line().contains("200"));
            readers.add(reader);
        }
        try (RawClient third = http1()) {
            third.send(get(path("/small.pgp")));
            assertEquals("HTTP/1.1 503 Service Unavailable ", third.answer());
        }
        askWell();
        for (RawClient reader : readers) {
            reader.close();
        }
    }

    @Test
    void aReaderWhoStopsReadingIsCut() throws Exception {
        try (RawClient client = RawClient.open(server.address(), Anonymous.tls(), Tls.HTTP_1_1, 8192)) {
            client.send(get(path("/large.pgp")));
            assertTrue(client.line().contains("200"));
            assertTrue(server.connections().awaitNone(Duration.ofSeconds(10)));
        }
    }

    // HTTP/2

    @Test
    void continuationsWithoutEndAreCut() throws Exception {
        try (RawClient client = http2()) {
            client.send(Frames.of(Frames.HEADERS, Frames.END_STREAM, 1, Frames.block("GET", path(""))));
            client.sendUntilCut(Frames.of(Frames.CONTINUATION, 0, 1, Frames.header("a", "b")));
        }
        assertEquals(0, asked.get());
    }

    @Test
    void headersThatUnpackToTooMuchAreRefused() throws Exception {
        try (RawClient client = http2()) {
            byte[] block = Frames.block("GET", path(""));
            byte[] fat = Frames.header("a", "b".repeat(LIMITS.sizes().headerList()));
            byte[] both = java.util.Arrays.copyOf(block, block.length + fat.length);
            System.arraycopy(fat, 0, both, block.length, fat.length);
            client.send(Frames.of(Frames.HEADERS, Frames.END_HEADERS | Frames.END_STREAM, 1, both));
            client.untilClosed();
        }
        assertEquals(0, asked.get());
    }

    @Test
    void rapidResetIsCut() throws Exception {
        try (RawClient client = http2()) {
            assertThrows(IOException.class, () -> {
                for (int stream = 1; ; stream += 2) {
                    client.send(Frames.request("GET", stream, path("/large.pgp")), Frames.reset(stream));
                }
            });
        }
        assertTrue(asked.get() <= 2 * LIMITS.rates().control().burst(), "asked " + asked.get());
    }

    @Test
    void pingsWhoseAnswersAreNotReadAreCut() throws Exception {
        try (RawClient client = http2()) {
            client.sendUntilCut(Frames.ping());
        }
    }

    @Test
    void floodsOfFramesThatCarryNothingAreCut() throws Exception {
        List<byte[]> floods = List.of(
                Frames.settings(),
                Frames.settings(3, 100),
                Frames.of(2, 0, 1, new byte[5]),
                Frames.settingsAck(),
                Frames.of(Frames.DATA, 0, 1, new byte[0]));
        for (byte[] frame : floods) {
            try (RawClient client = http2()) {
                client.send(Frames.of(Frames.HEADERS, Frames.END_HEADERS, 1, Frames.block("POST", path(""))));
                client.sendUntilCut(frame);
            }
        }
    }

    @Test
    void streamsThatAreNotReadAreCutAllTogether() throws Exception {
        try (RawClient client = http2()) {
            client.send(Frames.settings(4, 1));
            for (int stream = 1; stream < 2 * LIMITS.counts().streams(); stream += 2) {
                client.send(Frames.request("GET", stream, path("/large.pgp")));
            }
            client.untilClosed();
        }
    }

    @Test
    void manyConnectionsOfStalledStreamsCostNoMoreThanTheirPlaces() throws Exception {
        List<RawClient> clients = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            RawClient client = http2();
            clients.add(client);
            client.send(Frames.settings(4, 1));
            for (int stream = 1; stream < 2 * LIMITS.counts().streams(); stream += 2) {
                client.send(Frames.request("GET", stream, path("/large.pgp")));
            }
        }
        assertTrue(server.connections().bodiesUnderWay() <= LIMITS.counts().bodiesPerPeer());
        for (RawClient client : clients) {
            client.untilClosed();
            client.close();
        }
    }

    @Test
    void requestsBehindAClosedWindowAreCut() throws Exception {
        try (RawClient client = http2()) {
            client.send(Frames.request("GET", 1, path("/large.pgp")));
            client.send(Frames.windowUpdate(1, 1 << 20));
            for (int taken = 0; taken < 65535; ) {
                Frames.Frame frame = client.frame().orElseThrow();
                taken += frame.type() == Frames.DATA ? frame.payload().length : 0;
            }
            assertThrows(IOException.class, () -> {
                for (int stream = 3; ; stream += 2) {
                    client.send(Frames.request("HEAD", stream, path("/small.pgp")));
                }
            });
        }
        assertTrue(asked.get() < 6 * LIMITS.counts().streams(), "asked " + asked.get());
    }

    @Test
    void aPeerThatAsksMoreOftenThanTheRateIsToldSo() throws Exception {
        Limits.Rates rates = new Limits.Rates(
                new Limits.Rate(5, 100),
                LIMITS.rates().connects(),
                LIMITS.rates().control());
        restart(LIMITS.with(rates));
        try (RawClient client = http1()) {
            for (int i = 0; i < 5; i++) {
                client.send(get(path("/small.pgp")));
            }
            for (int i = 0; i < 5; i++) {
                assertEquals("HTTP/1.1 200 OK small", client.answer());
            }
            client.send(get(path("/small.pgp")).repeat(10));
            List<String> answers = new ArrayList<>();
            for (int i = 0; i < 10; i++) {
                answers.add(client.answer());
            }
            assertTrue(answers.contains("HTTP/1.1 429 Too Many Requests "), answers.toString());
        }
        restart(LIMITS);
    }

    @Test
    void whoIsIdleIsToldGoodbye() throws Exception {
        try (RawClient client = RawClient.open(server.address(), Anonymous.tls(), Tls.H2)) {
            client.send(Frames.PREFACE, Frames.settings(), Frames.request("GET", 1, path("/small.pgp")));
            Optional<Frames.Frame> last = Optional.empty();
            for (Optional<Frames.Frame> frame; (frame = client.frame()).isPresent(); ) {
                last = frame;
            }
            assertEquals(Frames.GOAWAY, last.orElseThrow().type());
        }
    }

    @Test
    void legalSettingsThatTheLibraryWouldRefuseAreTaken() throws Exception {
        try (RawClient client = RawClient.open(server.address(), Anonymous.tls(), Tls.H2)) {
            client.send(Frames.PREFACE);
            client.send(Frames.settings(3, 0, 1, -1), Frames.request("GET", 1, path("/small.pgp")));
            Optional<Frames.Frame> frame;
            do {
                frame = client.frame();
            } while (frame.orElseThrow().type() != Frames.DATA);
            assertArrayEquals(
                    "small".getBytes(StandardCharsets.US_ASCII), frame.get().payload());
        }
    }

    /** RFC 9113, 4.1, wants them passed over; the library (5.4.4) closes. Told here so that a better one is noticed. */
    @Test
    void anUnknownFrameEndsItsConnectionAndNothingElse() throws Exception {
        try (RawClient client = http2()) {
            client.send(Frames.of(0x42, 0, 0, new byte[3]));
            client.untilClosed();
        }
    }
}
