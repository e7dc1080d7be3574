package org.maunode.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.maunode.exchange.FakeExchange;
import org.maunode.exchange.RemotePeer;
import org.maunode.exchange.RemotePeer.From;

/**
 * A server that strangers may try to harm. After each attempt it answers a good caller, holds nothing for the bad one, and
 * its heap is where it was.
 */
@ExtendWith(OwnThreads.class)
@Timeout(60)
abstract class HostileClient {
    static final TlsIdentity NODE = TestIdentities.ed25519();
    private static final TlsIdentity GOOD = TestIdentities.ed25519();
    private static final long LARGE = 64L << 20;
    private static final long HEAP_TOLERANCE = 8L << 20;

    /** As a board would have them, with shorter waits. */
    static final Limits LIMITS = Limits.DEFAULT.with(new Limits.Waits(
            Duration.ofMillis(700),
            Duration.ofMillis(400),
            Duration.ofMillis(500),
            Duration.ofMillis(500),
            Duration.ofMillis(50)));

    @TempDir
    Path directory;

    final AtomicInteger asked = new AtomicInteger();
    private FakeExchange exchange;
    PeerServer server;
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
        opened(server);
    }

    /** A server listens, by TCP; who comes by another wire is plugged into it. */
    void opened(PeerServer fresh) {}

    /** Where the bad caller comes in. */
    InetSocketAddress door() {
        return server.address();
    }

    final void restart(Limits limits) throws IOException {
        server.close();
        start(limits);
    }

    @AfterEach
    void isUnharmed() throws Exception {
        try (PeerServer attacked = server;
                PeerDialer caller = good) {
            assertTrue(attacked.connections().awaitNone(Duration.ofSeconds(20)), "connections are left");
            askWell(caller);
        }
        assertEquals(0, server.connections().bodiesUnderWay(), "bodies are left");
        assertEquals(0, server.connections().held().count(), "waits are left");
        assertEquals(0, server.connections().pushes().underWay(), "pushes are left");
        long grown = heap() - heapBefore;
        assertTrue(grown < HEAP_TOLERANCE, "the heap grew by " + grown);
    }

    private static long heap() {
        System.gc();
        return Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory();
    }

    final void askWell() {
        askWell(good);
    }

    private void askWell(PeerDialer caller) {
        try (RemotePeer peer = caller.dial(NODE.fingerprint(), server.address())) {
            assertEquals(
                    2,
                    peer.list(NODE.fingerprint(), new From.Since(Instant.MIN))
                            .files()
                            .size());
        }
    }

    final String path(String rest) {
        return "/p2p/" + NODE + rest;
    }

    final RawClient http1() throws IOException {
        return RawClient.http1(door());
    }

    final RawClient http2() throws IOException {
        return RawClient.http2(door());
    }

    static String get(String path) {
        return "GET " + path + " HTTP/1.1\r\nHost: x\r\n\r\n";
    }

    static Limits withCounts(int connections, int perOrigin, int handshakes) {
        Limits.Counts d = Limits.Counts.DEFAULT;
        return LIMITS.with(new Limits.Counts(
                connections, perOrigin, handshakes, d.streams(), d.bodies(), d.bodiesPerPeer(), d.waiting()));
    }
}
