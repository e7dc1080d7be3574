package org.maunode.http;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.function.Function;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.maunode.exchange.ExchangeException;
import org.maunode.exchange.ExchangeException.Reason;
import org.maunode.exchange.FakeExchange;
import org.maunode.exchange.RemotePeer;
import org.maunode.exchange.RemotePeer.Behind;
import org.maunode.exchange.RemotePeer.From;
import org.maunode.exchange.RemotePeer.Page;
import org.maunode.identity.Contact;
import org.maunode.identity.FileName;
import org.maunode.identity.HostAndPort;
import org.maunode.identity.VersionHash;

/** What a peer may answer, by a peer that answers anything: EX-56. */
@ExtendWith(OwnThreads.class)
final class PeerDialerTest {
    private static final TlsIdentity PEER = TestIdentities.ed25519();
    private static final TlsIdentity ME = TestIdentities.ed25519();
    private static final FileName NAME = new FileName("a b.pgp");
    private static final VersionHash SUM = FakeExchange.digest(new byte[0]);

    private final PeerDialer dialer = new PeerDialer(
            ME, new DialerOptions(Duration.ofSeconds(10), Duration.ofSeconds(10), 10_000, 65536, Tls.PROTOCOLS));

    @AfterEach
    void close() {
        dialer.close();
    }

    private static String answer(String status, String headers, String body) {
        return "HTTP/1.1 " + status + "\r\n" + headers + "Content-Length: " + body.length() + "\r\n\r\n" + body;
    }

    /** What is done with a peer. */
    private interface Use<T> {
        T of(RemotePeer peer) throws IOException;
    }

    private <T> T with(Function<String, String> script, Use<T> use) throws Exception {
        try (ScriptedServer server = ScriptedServer.start(TestTls.context(TestTls.honest(PEER)), script);
                RemotePeer peer = dialer.dial(PEER.fingerprint(), server.address())) {
            return use.of(peer);
        }
    }

    private static Page list(RemotePeer peer) {
        return peer.list(PEER.fingerprint(), new From.Since(Instant.MIN));
    }

    private static Optional<ByteArrayOutputStream> received(RemotePeer peer, long offset) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        peer.fetch(PEER.fingerprint(), NAME, offset, SUM, (at, total) -> bytes);
        return Optional.of(bytes);
    }

    private Reason listReason(String answer) {
        return assertThrows(ExchangeException.class, () -> with(head -> answer, PeerDialerTest::list))
                .reason();
    }

    private Reason fetchReason(String answer, long offset) {
        return assertThrows(ExchangeException.class, () -> with(head -> answer, peer -> received(peer, offset)))
                .reason();
    }

    @Test
    void aPeerWithoutAlpnSpeaksHttp1AndIsAskedAsTheGoPeerAsks() throws Exception {
        CompletableFuture<String> asked = new CompletableFuture<>();
        Page page = with(
                head -> {
                    asked.complete(head);
                    return answer("200 OK", "", "[]");
                },
                PeerDialerTest::list);
        assertEquals(new Page(List.of(), List.of(), new Behind.Untold()), page);
        assertTrue(asked.get().startsWith("GET /p2p/" + PEER + " HTTP/1.1\n"), asked.get());
        assertTrue(asked.get().contains("If-Modified-Since: Mon, 01 Jan 0001 00:00:00 GMT\n"), asked.get());
    }

    @Test
    void namesAreEncodedAndOffsetsAskedWithTheTag() throws Exception {
        CompletableFuture<String> asked = new CompletableFuture<>();
        ByteArrayOutputStream got = with(
                        head -> {
                            asked.complete(head);
                            return answer("206 Partial Content", "Content-Range: bytes 3-4/5\r\n", "45");
                        },
                        peer -> received(peer, 3))
                .orElseThrow();
        assertEquals("45", got.toString(StandardCharsets.US_ASCII));
        assertTrue(asked.get().startsWith("GET /p2p/" + PEER + "/a%20b.pgp HTTP/1.1\n"), asked.get());
        assertTrue(asked.get().contains("Range: bytes=3-\n"), asked.get());
        assertTrue(asked.get().contains("If-Range: \"" + SUM + "\"\n"), asked.get());
    }

    @Test
    void notModifiedIsAnEmptyPage() throws Exception {
        assertEquals(
                List.of(),
                with(head -> "HTTP/1.1 304 Not Modified\r\n\r\n", PeerDialerTest::list)
                        .files());
    }

    @Test
    void statusesHaveReasons() {
        Map<String, Reason> reasons = Map.of(
                "301 Moved", Reason.PROTOCOL,
                "204 No Content", Reason.PROTOCOL,
                "400 Bad Request", Reason.PROTOCOL,
                "401 Unauthorized", Reason.NOT_ALLOWED,
                "404 Not Found", Reason.NOT_FOUND,
                "416 Range", Reason.RANGE,
                "429 Slow", Reason.BUSY,
                "500 Oops", Reason.BUSY,
                "503 Busy", Reason.BUSY);
        reasons.forEach((status, reason) -> {
            String headers = "Location: https://127.0.0.1:1/p2p/" + PEER + "\r\n";
            String body = status.startsWith("204") ? "" : "why";
            assertEquals(reason, listReason(answer(status, headers, body)), status);
            assertEquals(reason, fetchReason(answer(status, headers, body), 5), status);
        });
    }

    @Test
    void aConnectionGoesOnBehindARefusal() throws Exception {
        with(head -> answer(head.contains("a%20b") ? "404 Not Found" : "200 OK", "", "[]"), peer -> {
            for (int i = 0; i < 3; i++) {
                assertThrows(ExchangeException.class, () -> received(peer, 0));
                assertEquals(List.of(), list(peer).files());
            }
            return peer;
        });
    }

    @Test
    void theVersionIsAskedForUnderBothNames() throws Exception {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        with(
                head -> head.contains(".pgp.versions/" + SUM) ? answer("200 OK", "", "old") : answer("404 No", "", ""),
                peer -> {
                    peer.fetchVersion(PEER.fingerprint(), NAME, SUM, (offset, total) -> bytes);
                    return peer;
                });
        assertEquals("old", bytes.toString(StandardCharsets.US_ASCII));
    }

    @Test
    void theGoPeersAnswersForAMissingVersionMeanThatItIsMissing() {
        Function<String, String> go = head -> answer(head.contains(".versions/") ? "400 Bad" : "404 No", "", "\n");
        assertEquals(
                Reason.NOT_FOUND,
                assertThrows(
                                ExchangeException.class,
                                () -> with(go, peer -> {
                                    peer.fetchVersion(
                                            PEER.fingerprint(), NAME, SUM, (o, t) -> new ByteArrayOutputStream());
                                    return peer;
                                }))
                        .reason());
    }

    @Test
    void rangesThatWereNotAskedForAreRefused() {
        String headers = "Content-Range: bytes 3-4/5\r\n";
        assertEquals(Reason.PROTOCOL, fetchReason(answer("206 P", headers, "45"), 0));
        assertEquals(Reason.PROTOCOL, fetchReason(answer("206 P", headers, "45"), 2));
        assertEquals(Reason.PROTOCOL, fetchReason(answer("206 P", "", "45"), 3));
        assertEquals(Reason.PROTOCOL, fetchReason(answer("206 P", "Content-Range: bytes 3-4/6\r\n", "45"), 3));
        assertEquals(Reason.PROTOCOL, fetchReason(answer("206 P", "Content-Range: bytes 3-5/6\r\n", "45"), 3));
    }

    @Test
    void anAnswerThatEndsEarlyIsNoAnswer() {
        for (String early : List.of("", "HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\n[")) {
            assertEquals(Reason.UNREACHABLE, listReason(early + ScriptedServer.HANG_UP), early);
            assertEquals(Reason.UNREACHABLE, fetchReason(early + ScriptedServer.HANG_UP, 0), early);
        }
    }

    @Test
    void listingsHaveALimit() {
        String long1 = "[" + " ".repeat(9_998) + "]";
        assertEquals(
                List.of(),
                Assertions.assertDoesNotThrow(() -> with(head -> answer("200 OK", "", long1), PeerDialerTest::list))
                        .files());
        assertEquals(Reason.OVER_LIMIT, listReason(answer("200 OK", "", long1 + " ")));
    }

    @Test
    void headersHaveALimit() {
        String many = "A: b\r\n".repeat(200);
        assertTrue(List.of(Reason.PROTOCOL, Reason.UNREACHABLE).contains(listReason(answer("200 OK", many, "[]"))));
    }

    @Test
    void nextPagesElsewhereAreNotFollowed() throws Exception {
        String elsewhere = "Link: <https://evil.example/p2p/" + PEER + "?after=1>; rel=\"next\"\r\n";
        assertEquals(
                new Behind.Untold(),
                with(head -> answer("200 OK", elsewhere, "[]"), PeerDialerTest::list)
                        .behind());
        String here = "Link: </p2p/" + PEER + "?after=1.2.x>; rel=\"next\"\r\n";
        CompletableFuture<String> second = new CompletableFuture<>();
        with(
                head -> {
                    if (head.contains("?after=1.2.x")) {
                        second.complete(head);
                    }
                    return answer("200 OK", here, "[]");
                },
                peer -> peer.list(
                        PEER.fingerprint(),
                        new From.Next(((Behind.More) list(peer).behind()).cursor())));
        assertTrue(second.isDone());
    }

    @Test
    void aCursorThatNoListingGaveIsNotSent() {
        assertThrows(
                IllegalArgumentException.class,
                () -> with(
                        head -> answer("200 OK", "", "[]"),
                        peer -> peer.list(PEER.fingerprint(), new From.Next("x HTTP/1.1\r\nEvil: 1"))));
    }

    @Test
    void silenceHasALimit() throws Exception {
        try (PeerDialer impatient = new PeerDialer(ME, DialerOptions.DEFAULT.withIdle(Duration.ofMillis(100)));
                ScriptedServer server = ScriptedServer.start(TestTls.context(TestTls.honest(PEER)), head -> "")) {
            RemotePeer peer = impatient.dial(PEER.fingerprint(), server.address());
            assertEquals(
                    Reason.TIMED_OUT,
                    assertThrows(ExchangeException.class, () -> list(peer)).reason());
        }
    }

    @Test
    void aHandshakeThatNeverComesHasALimit() throws Exception {
        DialerOptions hasty =
                new DialerOptions(Duration.ofMillis(200), Duration.ofSeconds(1), 1000, 65536, Tls.PROTOCOLS);
        try (ServerSocket mute = new ServerSocket(0, 10, InetAddress.getLoopbackAddress());
                PeerDialer impatient = new PeerDialer(ME, hasty)) {
            assertEquals(
                    Reason.TIMED_OUT,
                    assertThrows(
                                    ExchangeException.class,
                                    () -> impatient.dial(
                                            PEER.fingerprint(), (InetSocketAddress) mute.getLocalSocketAddress()))
                            .reason());
        }
    }

    @Test
    void nobodyThereIsUnreachable() throws Exception {
        int free;
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            free = taken.getLocalPort();
        }
        for (InetSocketAddress address : List.of(
                new InetSocketAddress(InetAddress.getLoopbackAddress(), free),
                InetSocketAddress.createUnresolved("no.such.host.invalid", 1))) {
            assertEquals(
                    Reason.UNREACHABLE,
                    assertThrows(ExchangeException.class, () -> dialer.dial(PEER.fingerprint(), address))
                            .reason());
        }
    }

    @Test
    void namesAreResolved() throws Exception {
        try (ScriptedServer server =
                ScriptedServer.start(TestTls.context(TestTls.honest(PEER)), head -> answer("200 OK", "", "[]"))) {
            InetSocketAddress named = InetSocketAddress.createUnresolved(
                    "localhost", server.address().getPort());
            try (RemotePeer peer = dialer.dial(PEER.fingerprint(), named)) {
                assertEquals(PEER.fingerprint(), peer.fingerprint());
                assertEquals(List.of(), list(peer).files());
            }
        }
    }

    @Test
    void closingEndsCallsUnderWayAtOnce() throws Exception {
        CountDownLatch asked = new CountDownLatch(1);
        try (ScriptedServer server = ScriptedServer.start(TestTls.context(TestTls.honest(PEER)), head -> {
            asked.countDown();
            return "";
        })) {
            RemotePeer peer = dialer.dial(PEER.fingerprint(), server.address());
            CompletableFuture<Reason> reason = CompletableFuture.supplyAsync(() ->
                    assertThrows(ExchangeException.class, () -> list(peer)).reason());
            asked.await();
            dialer.close();
            assertEquals(Reason.UNREACHABLE, reason.get());
        }
    }

    @Test
    void aDialerCanBeUsedAgainBehindItsClose() throws Exception {
        byte[] content = "again".getBytes(StandardCharsets.US_ASCII);
        for (int i = 0; i < 2; i++) {
            assertArrayEquals(
                    content,
                    with(head -> answer("200 OK", "", "again"), peer -> received(peer, 0))
                            .orElseThrow()
                            .toByteArray());
            dialer.close();
        }
    }

    private Reason contactsReason(String answer) {
        return assertThrows(
                        ExchangeException.class,
                        () -> with(head -> answer, peer -> peer.contactsNear(ME.fingerprint())))
                .reason();
    }

    private static final String CONTACT = "{\"fingerprint\":\"" + ME + "\",\"address\":\"10.77.0.2:9999\"}";

    /** KW-10. */
    @Test
    void contactsAreReadWhateverTheirTypeIsSaidToBe() throws Exception {
        Contact expected = new Contact(ME.fingerprint(), HostAndPort.parse("10.77.0.2:9999"));
        for (String type : List.of("", "Content-Type: text/plain; charset=utf-8\r\n", "Content-Type: x\r\n")) {
            CompletableFuture<String> asked = new CompletableFuture<>();
            List<Contact> got = with(
                    head -> {
                        asked.complete(head);
                        return answer("200 OK", type, "[" + CONTACT + "]");
                    },
                    peer -> peer.contactsNear(ME.fingerprint()));
            assertEquals(List.of(expected), got);
            assertTrue(asked.get().startsWith("GET /kad/find_peer/" + ME + " HTTP/1.1\n"), asked.get());
        }
    }

    /** KW-10. */
    @Test
    void contactsAreReadUpToALimitAndNoFurther() throws Exception {
        int limit = 64 * 1024;
        String padded = "[" + CONTACT + "]" + " ".repeat(limit - CONTACT.length() - 2);
        assertEquals(
                1,
                with(head -> answer("200 OK", "", padded), peer -> peer.contactsNear(ME.fingerprint()))
                        .size());
        assertEquals(Reason.OVER_LIMIT, contactsReason(answer("200 OK", "", padded + " ")));
    }

    /** KW-12. */
    @Test
    void whoKnowsNoContactsIsToldFromWhoIsBusy() {
        assertEquals(Reason.NOT_SUPPORTED, contactsReason(answer("404 Not Found", "", "404 page not found")));
        assertEquals(Reason.NOT_SUPPORTED, contactsReason(answer("405 No", "Allow: PUT\r\n", "")));
        assertEquals(Reason.BUSY, contactsReason(answer("503 Busy", "", "")));
        assertEquals(Reason.PROTOCOL, contactsReason(answer("400 Bad", "", "Can't find address")));
        assertEquals(Reason.PROTOCOL, contactsReason(answer("302 Found", "Location: /\r\n", "")));
        assertEquals(Reason.PROTOCOL, contactsReason(answer("200 OK", "", "pong")));
    }

    private Reason pingReason(String answer) {
        return assertThrows(ExchangeException.class, () -> with(head -> answer, PeerDialerTest::pinged))
                .reason();
    }

    private static boolean pinged(RemotePeer peer) {
        peer.ping();
        return true;
    }

    /** KW-12. */
    @Test
    void anySuccessIsAPongAndNothingElse() throws Exception {
        for (String status : List.of("200 OK", "202 Later", "299 Fine")) {
            assertTrue(with(head -> answer(status, "", "{\"status\":\"ok\"}"), PeerDialerTest::pinged), status);
        }
        assertTrue(with(head -> "HTTP/1.1 204 No Content\r\n\r\n", PeerDialerTest::pinged));
        assertEquals(Reason.NOT_SUPPORTED, pingReason(answer("404 Not Found", "", "no")));
        assertEquals(Reason.PROTOCOL, pingReason(answer("301 Moved", "Location: /\r\n", "")));
        assertEquals(Reason.BUSY, pingReason(answer("500 Oops", "", "")));
    }

    @Test
    void otherLimitsHoldForTheCallsThatAskForThem() throws Exception {
        DialerOptions hasty = DialerOptions.BRIEF.withIdle(Duration.ofMillis(50));
        try (ScriptedServer server = ScriptedServer.start(TestTls.context(TestTls.honest(PEER)), head -> "");
                RemotePeer peer = dialer.with(hasty).dial(PEER.fingerprint(), server.address())) {
            ExchangeException slow = assertThrows(ExchangeException.class, peer::ping);
            assertEquals(Reason.TIMED_OUT, slow.reason());
        }
    }
}
