package org.maunode.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketTimeoutException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.maunode.exchange.ExchangeException;
import org.maunode.exchange.ExchangeException.Reason;
import org.maunode.exchange.FakeExchange;
import org.maunode.exchange.RemotePeer;
import org.maunode.exchange.RemotePeer.From;
import org.maunode.identity.FileName;
import org.maunode.openpgp.Envelope;
import org.maunode.store.StoredFile;

/** EX-70 to EX-75 where the wire matters: headers, limits, pushers who are slow, break off or lie. */
@ExtendWith(OwnThreads.class)
@Timeout(120)
final class PushingTest {
    private static final TlsIdentity NODE = TestIdentities.ed25519();
    private static final TlsIdentity ANN = TestIdentities.ed25519();
    private static final TlsIdentity BOB = TestIdentities.rsa();

    /** A pusher who does nothing is cut within a second, and all else has its time. */
    private static final Limits.Waits IMPATIENT = new Limits.Waits(
            Duration.ofSeconds(10),
            Duration.ofSeconds(10),
            Duration.ofSeconds(10),
            Duration.ofMillis(700),
            Duration.ofMillis(20));

    @TempDir
    Path directory;

    private FakeExchange exchange;
    private PeerServer server;
    private final PeerDialer ann = new PeerDialer(ANN, DialerOptions.DEFAULT);
    private final PeerDialer bob = new PeerDialer(BOB, DialerOptions.DEFAULT);

    @BeforeEach
    void makeExchange() throws IOException {
        exchange = new FakeExchange(directory, NODE.fingerprint(), 100);
        exchange.follow(ANN.fingerprint());
        exchange.follow(BOB.fingerprint());
        start(Limits.DEFAULT);
    }

    private void start(Limits limits) throws IOException {
        Optional.ofNullable(server).ifPresent(PeerServer::close);
        server = PeerServer.start(
                NODE,
                exchange,
                ServerOptions.at(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))
                        .with(limits));
    }

    @AfterEach
    void nothingIsLeft() throws InterruptedException {
        List.of(ann, bob).forEach(PeerDialer::close);
        assertTrue(server.connections().awaitNone(Duration.ofSeconds(20)), "connections are left");
        server.close();
        assertEquals(0, exchange.underWay(), "files are left half received");
    }

    private Pushes pushes() {
        return server.connections().pushes();
    }

    private RemotePeer dial(PeerDialer dialer) {
        return dialer.dial(NODE.fingerprint(), server.address());
    }

    private StoredFile file(TlsIdentity owner, String name, byte[] content) throws IOException {
        Path path = Files.write(directory.resolve("own-" + name), content);
        return new StoredFile(
                owner.fingerprint(),
                new FileName(name),
                path,
                content.length,
                Instant.EPOCH,
                FakeExchange.digest(content),
                new Envelope(false, List.of()));
    }

    private static byte[] random(int size) {
        byte[] bytes = new byte[size];
        new Random(size).nextBytes(bytes);
        return bytes;
    }

    private RawClient raw(TlsIdentity caller) throws IOException {
        return RawClient.open(server.address(), Tls.context(caller, List.of()), Tls.HTTP_1_1);
    }

    private static String put(String name, String headers) {
        return "PUT /p2p/" + ANN + "/" + name + " HTTP/1.1\r\nHost: x\r\n" + headers + "\r\n";
    }

    private String answer(String headers, String body) throws IOException {
        try (RawClient client = raw(ANN)) {
            client.send(put("a.pgp", headers) + body);
            return client.answer();
        }
    }

    /** EX-71, EX-72. */
    @Test
    void theHeaderDecidesBeforeTheContentIsRead() throws Exception {
        assertEquals("HTTP/1.1 201 Created ", answer("Content-Length: 3\r\n", "abc"));
        assertEquals("HTTP/1.1 204 No Content ", answer("Content-Length: 3\r\n", "abd"));
        assertEquals("HTTP/1.1 411 Length Required ", answer("", ""));
        assertEquals(
                "HTTP/1.1 411 Length Required ", answer("Transfer-Encoding: chunked\r\n", "3\r\nabc\r\n0\r\n\r\n"));
        assertEquals("HTTP/1.1 400 Bad Request ", answer("Content-Length: 1\r\nContent-Range: bytes 0-0/2\r\n", "a"));
        assertEquals(
                "HTTP/1.1 422 Unprocessable Content ",
                answer("Content-Length: 0\r\n", "").replace("Entity", "Content"));
        assertTrue(answer("Content-Length: 99999999999\r\n", "").startsWith("HTTP/1.1 413 "));
        String wrong = ReprDigest.format(FakeExchange.digest(new byte[9]));
        assertTrue(answer("Content-Length: 3\r\nRepr-Digest: " + wrong + "\r\n", "abc")
                .startsWith("HTTP/1.1 422 "));
        assertEquals(Optional.of("abd"), exchange.left("a.pgp"));
    }

    /** EX-70. */
    @Test
    void nobodyAndOthersAreRefusedWhateverTheySend() throws Exception {
        String request = put("a.pgp", "Content-Length: 99999999999\r\nExpect: 100-continue\r\n");
        try (RawClient nobody = RawClient.http1(server.address());
                RawClient other = raw(BOB)) {
            nobody.send(request);
            assertEquals("HTTP/1.1 401 Unauthorized ", nobody.answer());
            other.send(request);
            assertEquals("HTTP/1.1 403 Forbidden ", other.answer());
        }
    }

    /** EX-72. */
    @Test
    void whoAsksWhetherToGoOnIsToldWhenTheHeaderIsGood() throws Exception {
        try (RawClient client = raw(ANN)) {
            client.send(put("a.pgp", "Content-Length: 3\r\nExpect: 100-continue\r\n"));
            assertEquals("HTTP/1.1 100 Continue ", client.answer());
            client.send("abc");
            assertEquals("HTTP/1.1 201 Created ", client.answer());
            client.send(HostileClient.get("/p2p/" + NODE + "/none.pgp"));
            assertEquals("HTTP/1.1 404 Not Found ", client.answer());
        }
    }

    private static Limits.Pushes limits(long bytes, int inAll, int perPeer, long unfinished) {
        Limits.Pushes d = Limits.Pushes.DEFAULT;
        return new Limits.Pushes(bytes, inAll, perPeer, unfinished, d.step(), d.files(), d.kibibytes());
    }

    private Reason refused(RemotePeer peer, StoredFile file) {
        return assertThrows(ExchangeException.class, () -> peer.push(file)).reason();
    }

    /** EX-73, EX-75. */
    @Test
    void aFileAsLargeAsTheLimitIsTakenAndALargerOneIsNot() throws Exception {
        start(Limits.DEFAULT.with(Limits.Pushes.DEFAULT.withBytes(100_000)));
        for (String protocol : Tls.PROTOCOLS) {
            try (PeerDialer dialer = new PeerDialer(ANN, DialerOptions.DEFAULT.withProtocols(protocol));
                    RemotePeer peer = dial(dialer)) {
                peer.push(file(ANN, "limit.pgp", random(100_000)));
                assertEquals(Reason.REFUSED, refused(peer, file(ANN, "over.pgp", random(100_001))));
            }
        }
        assertEquals(Optional.empty(), exchange.left("over.pgp"));
    }

    /** Begins to leave a file of 10 bytes, and waits until the server asks for them. */
    private RawClient begun(TlsIdentity who, String name) throws IOException {
        RawClient client = raw(who);
        client.send(
                put(name, "Content-Length: 10\r\nExpect: 100-continue\r\n").replace(ANN.toString(), who.toString()));
        return client;
    }

    private static String end(RawClient client) throws IOException {
        client.send("0123456789");
        return client.answer();
    }

    /** Whether so many of {@code who} in turn may be under way, and not one more. */
    private void takes(int most, TlsIdentity... who) throws IOException {
        List<RawClient> clients = new ArrayList<>();
        for (int i = 0; i < most; i++) {
            clients.add(begun(who[i % who.length], "f" + i + ".pgp"));
            assertEquals("HTTP/1.1 100 Continue ", clients.getLast().answer());
        }
        try (RawClient more = begun(who[most % who.length], "more.pgp")) {
            assertEquals("HTTP/1.1 503 Service Unavailable ", more.answer());
        }
        for (RawClient client : clients) {
            assertEquals("HTTP/1.1 201 Created ", end(client));
            client.close();
        }
        assertEquals(Optional.empty(), exchange.left("more.pgp"));
    }

    /** EX-73. */
    @Test
    void noMoreOfOnePeerAreUnderWayThanTheLimit() throws Exception {
        start(Limits.DEFAULT.with(limits(100, 100, 2, 1000)));
        takes(2, ANN);
    }

    /** EX-73. */
    @Test
    void noMoreAreUnderWayInAllThanTheLimit() throws Exception {
        start(Limits.DEFAULT.with(limits(100, 3, 2, 1000)));
        takes(3, ANN, BOB);
    }

    /** EX-73. */
    @Test
    void noMoreBytesAreUnderWayThanTheLimit() throws Exception {
        start(Limits.DEFAULT.with(limits(100, 100, 100, 30)));
        takes(3, ANN, BOB);
    }

    private static Limits rates(Limits.Rate files, Limits.Rate kibibytes) {
        Limits.Pushes d = Limits.Pushes.DEFAULT;
        return Limits.DEFAULT.with(
                new Limits.Pushes(d.bytes(), d.inAll(), d.perPeer(), d.unfinished(), d.step(), files, kibibytes));
    }

    /** EX-73, EX-75. */
    @Test
    void noMoreFilesInAnHourThanTheLimit() throws Exception {
        start(rates(new Limits.Rate(3, 0), Limits.Pushes.DEFAULT.kibibytes()));
        onlyThree(1);
    }

    /** EX-73, EX-75. */
    @Test
    void noMoreBytesInAnHourThanTheLimit() throws Exception {
        start(rates(Limits.Pushes.DEFAULT.files(), new Limits.Rate(9, 0)));
        onlyThree(3 * 1024);
    }

    /** EX-72, EX-73. */
    @Test
    void whatIsHereAlreadyIsNotCharged() throws Exception {
        start(rates(new Limits.Rate(2, 0), Limits.Pushes.DEFAULT.kibibytes()));
        StoredFile file = file(ANN, "a.pgp", random(100_000));
        try (RemotePeer peer = dial(ann)) {
            for (int i = 0; i < 20; i++) {
                peer.push(file);
            }
            peer.push(file(ANN, "b.pgp", random(1)));
            assertEquals(Reason.BUSY, refused(peer, file(ANN, "c.pgp", random(1))));
        }
    }

    private void onlyThree(int size) throws IOException {
        try (RemotePeer first = dial(ann);
                RemotePeer second = dial(bob)) {
            for (int i = 0; i < 3; i++) {
                first.push(file(ANN, "f" + i + ".pgp", random(size)));
            }
            assertEquals(Reason.BUSY, refused(first, file(ANN, "f3.pgp", random(size))));
            second.push(file(BOB, "b.pgp", random(size)));
        }
    }

    private static byte[] putHeaders(int stream, int size) {
        byte[] block = Frames.block("PUT", "/p2p/" + ANN + "/h2.pgp");
        byte[] length = Frames.header("content-length", Integer.toString(size));
        byte[] both = new byte[block.length + length.length];
        System.arraycopy(block, 0, both, 0, block.length);
        System.arraycopy(length, 0, both, block.length, length.length);
        return Frames.of(Frames.HEADERS, Frames.END_HEADERS, stream, both);
    }

    private RawClient http2() throws IOException {
        RawClient client = RawClient.open(server.address(), Tls.context(ANN, List.of()), Tls.H2);
        client.send(Frames.PREFACE);
        client.send(Frames.settings());
        return client;
    }

    /** EX-74. */
    @Test
    void aTrickleIsCut() throws Exception {
        start(Limits.DEFAULT.with(IMPATIENT));
        try (RawClient one = raw(ANN);
                RawClient two = http2()) {
            one.send(put("slow.pgp", "Content-Length: 1000000\r\n"));
            two.send(putHeaders(1, 1_000_000));
            CompletableFuture<?> dripping = CompletableFuture.runAsync(() -> dripUntilCut(one));
            two.send(Frames.of(Frames.DATA, 0, 1, new byte[1]));
            assertTrue(server.connections().awaitNone(Duration.ofSeconds(20)), "a trickle is borne");
            dripping.join();
        }
        assertEquals(Optional.empty(), exchange.left("slow.pgp"));
    }

    /** A byte whenever the server has said nothing for a moment. */
    private static void dripUntilCut(RawClient client) {
        try {
            client.socket().setSoTimeout(20);
            while (isSilent(client)) {
                client.send("x");
            }
        } catch (IOException cut) {
            // What was waited for.
        }
    }

    private static boolean isSilent(RawClient client) throws IOException {
        try {
            client.line();
            return false;
        } catch (SocketTimeoutException silent) {
            return true;
        }
    }

    /** EX-71. */
    @Test
    void whatBreaksOffLeavesNothing() throws Exception {
        for (int i = 0; i < 5; i++) {
            try (RawClient one = begun(ANN, "broken.pgp");
                    RawClient two = http2()) {
                assertEquals("HTTP/1.1 100 Continue ", one.answer());
                one.send("0123");
                two.send(putHeaders(1, 100), Frames.of(Frames.DATA, 0, 1, new byte[10]), Frames.reset(1));
            }
            assertTrue(server.connections().awaitNone(Duration.ofSeconds(10)));
        }
        try (RemotePeer peer = dial(ann)) {
            peer.push(file(ANN, "whole.pgp", random(10)));
        }
        assertEquals(Optional.empty(), exchange.left("broken.pgp"));
        assertEquals(Optional.empty(), exchange.left("h2.pgp"));
    }

    /** EX-71. */
    @Test
    void contentThatIsNotAsLongAsAnnouncedIsNotTaken() throws Exception {
        try (RawClient shorter = http2();
                RawClient longer = http2()) {
            shorter.send(putHeaders(1, 100), Frames.of(Frames.DATA, Frames.END_STREAM, 1, new byte[99]));
            Frames.Frame frame = shorter.frame().orElseThrow();
            while (frame.type() != Frames.RST_STREAM) {
                frame = shorter.frame().orElseThrow();
            }
            longer.send(putHeaders(1, 100), Frames.of(Frames.DATA, Frames.END_STREAM, 1, new byte[101]));
            longer.untilClosed();
        }
        assertEquals(Optional.empty(), exchange.left("h2.pgp"));
    }

    @Test
    void whoMindsNoWindowIsCut() throws Exception {
        try (RawClient client = http2()) {
            client.send(
                    Frames.of(Frames.HEADERS, Frames.END_HEADERS, 1, Frames.block("PUT", "/p2p/" + BOB + "/x.pgp")));
            client.send(putHeaders(3, 10_000_000));
            client.sendUntilCut(Frames.of(Frames.DATA, 0, 1, new byte[16_000]));
        }
    }

    @Test
    void contentInCrumbsIsCut() throws Exception {
        try (RawClient client = http2()) {
            client.send(putHeaders(1, 10_000_000));
            client.sendUntilCut(Frames.of(Frames.DATA, 0, 1, new byte[1]));
        }
    }

    @Test
    void manySmallFilesGoOverOneConnection() throws Exception {
        Limits.Pushes d = Limits.Pushes.DEFAULT;
        start(rates(new Limits.Rate(2000, 1), d.kibibytes()));
        try (RemotePeer peer = dial(ann)) {
            for (int i = 0; i < 500; i++) {
                peer.push(file(ANN, "f.pgp", random(1 + i)));
            }
            assertEquals(
                    List.of(),
                    peer.list(NODE.fingerprint(), new From.Since(Instant.MIN)).files());
        }
    }

    @Test
    void severalFilesGoSideBySideBesideOtherCalls() throws Exception {
        start(Limits.DEFAULT.with(limits(64 << 20, 8, 8, 128 << 20)));
        exchange.publish("a.pgp", "a", Instant.EPOCH);
        List<CompletableFuture<Void>> all = new ArrayList<>();
        try (RemotePeer peer = dial(ann)) {
            for (int i = 0; i < 4; i++) {
                StoredFile file = file(ANN, "f" + i + ".pgp", random(1_000_000 + i));
                all.add(CompletableFuture.runAsync(() -> push(peer, file)));
            }
            assertEquals(
                    1,
                    peer.list(NODE.fingerprint(), new From.Since(Instant.MIN))
                            .files()
                            .size());
            all.forEach(CompletableFuture::join);
        }
        for (int i = 0; i < 4; i++) {
            assertEquals(
                    1_000_000 + i, exchange.left("f" + i + ".pgp").orElseThrow().length());
        }
    }

    private static void push(RemotePeer peer, StoredFile file) {
        try {
            peer.push(file);
        } catch (IOException failed) {
            throw new AssertionError(failed);
        }
    }

    @Test
    void aServerThatStopsLeavesNothingHalfReceived() throws Exception {
        List<RawClient> clients = new ArrayList<>();
        for (int i = 0; i < 2; i++) {
            clients.add(begun(ANN, "f" + i + ".pgp"));
            assertEquals("HTTP/1.1 100 Continue ", clients.getLast().answer());
        }
        assertEquals(2, pushes().underWay());
        assertEquals(20, pushes().unfinished());
        server.close();
        assertEquals(0, exchange.underWay());
        for (RawClient client : clients) {
            client.close();
        }
    }

    /** EX-75. */
    @Test
    void answersToAPushHaveReasons() throws Exception {
        for (var expected : List.of(
                new Told("404 Not Found", Reason.NOT_SUPPORTED),
                new Told("405 No", Reason.NOT_SUPPORTED),
                new Told("401 No", Reason.NOT_ALLOWED),
                new Told("409 Conflict", Reason.REFUSED),
                new Told("413 Large", Reason.REFUSED),
                new Told("429 Slow", Reason.BUSY),
                new Told("507 Full", Reason.BUSY),
                new Told("301 Moved", Reason.PROTOCOL),
                new Told("411 Length", Reason.PROTOCOL))) {
            assertEquals(expected.reason(), told(expected.status(), "", "").reason(), expected.status());
        }
    }

    private record Told(String status, Reason reason) {}

    private ExchangeException told(String status, String headers, String body) throws Exception {
        try (ScriptedServer peer = ScriptedServer.start(
                        TestTls.context(TestTls.honest(NODE)),
                        head -> "HTTP/1.1 " + status + "\r\n" + headers + "Content-Length: " + body.length()
                                + "\r\n\r\n" + body + ScriptedServer.HANG_UP);
                RemotePeer remote = ann.dial(NODE.fingerprint(), peer.address())) {
            StoredFile file = file(ANN, "a.pgp", random(1));
            return assertThrows(ExchangeException.class, () -> remote.push(file));
        }
    }

    /** EX-40. */
    @Test
    void thePeersWordsAreToldShortAndPrintable() throws Exception {
        String text = "Content-Type: text/plain\r\n";
        assertTrue(told("422 No", text, "bad\u001b[31m\n").getMessage().endsWith(": bad?[31m?"));
        assertFalse(told("422 No", "Content-Type: text/html\r\n", "<b>bad</b>")
                .getMessage()
                .contains("bad"));
        int most = HttpPeer.MAX_WORDS;
        assertTrue(told("422 No", text, "x".repeat(most)).getMessage().endsWith("x".repeat(most)));
        assertFalse(told("422 No", text, "x".repeat(most + 1)).getMessage().contains("x".repeat(most + 1)));
    }

    @Test
    void aPeerThatTakesNothingIsGivenUp() throws Exception {
        try (PeerDialer impatient = new PeerDialer(ANN, DialerOptions.DEFAULT.withIdle(Duration.ofMillis(300)));
                ScriptedServer mute = ScriptedServer.start(TestTls.context(TestTls.honest(NODE)), head -> "");
                RemotePeer peer = impatient.dial(NODE.fingerprint(), mute.address())) {
            assertEquals(Reason.TIMED_OUT, refused(peer, file(ANN, "small.pgp", random(1))));
        }
        try (PeerDialer impatient = new PeerDialer(ANN, DialerOptions.DEFAULT.withIdle(Duration.ofMillis(300)));
                ScriptedServer mute = ScriptedServer.start(TestTls.context(TestTls.honest(NODE)), head -> "");
                RemotePeer peer = impatient.dial(NODE.fingerprint(), mute.address())) {
            assertEquals(Reason.TIMED_OUT, refused(peer, file(ANN, "large.pgp", random(20_000_000))));
        }
    }

    @Test
    void aFileThatIsShorterThanItWasIsNotSent() throws Exception {
        StoredFile file = file(ANN, "a.pgp", random(100_000));
        Files.write(file.path(), random(10));
        try (RemotePeer peer = dial(ann)) {
            assertThrows(IOException.class, () -> peer.push(file));
        }
        try (RemotePeer peer = dial(ann)) {
            peer.push(file(ANN, "b.pgp", random(10)));
        }
        assertEquals(Optional.empty(), exchange.left("a.pgp"));
    }

    /** EX-40. */
    @Test
    void theWordsOfARefusalAreShortAndPrintable() {
        Reply reply = Reply.of(422);
        assertEquals(3, ShortAnswer.of(reply, "bad").available());
        assertEquals(
                ShortAnswer.MAX_WORDS,
                ShortAnswer.of(reply, "x".repeat(ShortAnswer.MAX_WORDS)).available());
        assertEquals(
                ShortAnswer.MAX_WORDS,
                ShortAnswer.of(reply, "x".repeat(ShortAnswer.MAX_WORDS + 1)).available());
    }
}
