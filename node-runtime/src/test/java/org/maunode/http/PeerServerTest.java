package org.maunode.http;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.RandomAccessFile;
import java.io.UncheckedIOException;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicLong;
import javax.net.ssl.SSLSocket;
import org.apache.hc.core5.reactor.ListenerEndpoint;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.maunode.exchange.ExchangeException;
import org.maunode.exchange.FakeExchange;
import org.maunode.exchange.RemotePeer;
import org.maunode.exchange.RemotePeer.From;
import org.maunode.identity.Fingerprint;
import org.maunode.openpgp.SecretIdentity;
import org.maunode.store.StoredFile;

@ExtendWith(OwnThreads.class)
final class PeerServerTest {
    private static final InetAddress HERE = InetAddress.getLoopbackAddress();
    private static final TlsIdentity NODE = TestIdentities.ed25519();
    private static final TlsIdentity CALLER = TestIdentities.ed25519();

    @TempDir
    Path directory;

    private FakeExchange exchange;

    @BeforeEach
    void makeExchange() {
        exchange = new FakeExchange(directory, NODE.fingerprint(), 100);
    }

    private PeerServer start(InetSocketAddress bind) throws IOException {
        return PeerServer.start(NODE, exchange, ServerOptions.at(bind));
    }

    private PeerServer start() throws IOException {
        return start(new InetSocketAddress(HERE, 0));
    }

    private static List<?> list(RemotePeer peer, Fingerprint owner) {
        return peer.list(owner, new From.Since(Instant.MIN)).files();
    }

    @Test
    void accountsServeAndCallAsThemselves() throws IOException {
        SecretIdentity node = SecretIdentity.generate("Node", "", Instant.parse("2026-11-23T10:00:00Z"));
        SecretIdentity caller = SecretIdentity.generate("Caller", "", Instant.parse("2026-11-23T11:00:00Z"));
        FakeExchange own = new FakeExchange(directory, node.fingerprint(), 100);
        own.publish("for-caller.pgp", new byte[1], Instant.EPOCH, Optional.of(caller.fingerprint()));
        try (PeerServer server = PeerServer.start(node, own, ServerOptions.at(new InetSocketAddress(HERE, 0)));
                PeerDialer dialer = new PeerDialer(caller, DialerOptions.DEFAULT);
                RemotePeer peer = dialer.dial(node.fingerprint(), server.address())) {
            assertEquals(1, list(peer, node.fingerprint()).size());
        }
    }

    @Test
    void anAccountOfTheGoPeerServes() throws IOException {
        try (InputStream account = getClass().getResourceAsStream("/vectors/go-peer/alice/.mau/account.pgp")) {
            SecretIdentity alice = SecretIdentity.unlock(account, "alice passphrase".toCharArray());
            FakeExchange own = new FakeExchange(directory, alice.fingerprint(), 100);
            try (PeerServer server = PeerServer.start(alice, own, ServerOptions.at(new InetSocketAddress(HERE, 0)));
                    PeerDialer dialer = new PeerDialer(CALLER, DialerOptions.DEFAULT);
                    RemotePeer peer =
                            dialer.dial(Fingerprint.of("caeb72ddee0703e1b0d0334f88afa037955d532a"), server.address())) {
                assertEquals(List.of(), list(peer, alice.fingerprint()));
            }
        }
    }

    @Test
    void aPortInUseIsNamed() throws IOException {
        try (PeerServer server = start()) {
            IOException refused = assertThrows(IOException.class, () -> start(server.address()));
            assertTrue(
                    refused.getMessage().contains(":" + server.address().getPort() + ": the port is in use"),
                    refused.getMessage());
        }
    }

    @Test
    void thePortIsFreeAgainAtOnce() throws IOException {
        InetSocketAddress address;
        try (PeerServer server = start();
                PeerDialer dialer = new PeerDialer(CALLER, DialerOptions.DEFAULT);
                RemotePeer peer = dialer.dial(NODE.fingerprint(), server.address())) {
            list(peer, NODE.fingerprint());
            address = server.address();
        }
        start(address).close();
    }

    @Test
    void anAcceptorThatDiedIsReplaced() throws Exception {
        try (PeerServer server = start();
                PeerDialer dialer = new PeerDialer(CALLER, DialerOptions.DEFAULT)) {
            for (ListenerEndpoint endpoint : server.current().getEndpoints()) {
                endpoint.close();
            }
            ExchangeException deaf =
                    assertThrows(ExchangeException.class, () -> dialer.dial(NODE.fingerprint(), server.address()));
            assertEquals(ExchangeException.Reason.UNREACHABLE, deaf.reason());
            server.stumbled(new IOException("Too many open files"));
            CountDownLatch again = new CountDownLatch(1);
            server.connections().later(again::countDown, Duration.ofMillis(1001));
            again.await();
            try (RemotePeer peer = dialer.dial(NODE.fingerprint(), server.address())) {
                assertEquals(List.of(), list(peer, NODE.fingerprint()));
            }
        }
    }

    @Test
    void allInterfacesMeansBothVersionsOfIp() throws Exception {
        try (PeerServer server = start(new InetSocketAddress(0));
                PeerDialer dialer = new PeerDialer(CALLER, DialerOptions.DEFAULT)) {
            for (String loopback : hasVersion6() ? List.of("127.0.0.1", "::1") : List.of("127.0.0.1")) {
                InetSocketAddress address = new InetSocketAddress(
                        InetAddress.getByName(loopback), server.address().getPort());
                try (RemotePeer peer = dialer.dial(NODE.fingerprint(), address)) {
                    assertEquals(List.of(), list(peer, NODE.fingerprint()), loopback);
                }
            }
        }
    }

    private static boolean hasVersion6() throws IOException {
        return NetworkInterface.networkInterfaces()
                .flatMap(NetworkInterface::inetAddresses)
                .anyMatch(address -> address instanceof Inet6Address && address.isLoopbackAddress());
    }

    @Test
    void namesStandInTheCertificateBeforeTheFingerprint() throws Exception {
        ServerOptions named =
                new ServerOptions(new InetSocketAddress(HERE, 0), List.of("10.0.0.1:6275"), 1, 1, Limits.DEFAULT);
        try (PeerServer server = PeerServer.start(NODE, exchange, named);
                RawClient client = RawClient.http1(server.address())) {
            X509Certificate shown =
                    (X509Certificate) client.socket().getSession().getPeerCertificates()[0];
            assertEquals(
                    List.of(List.of(2, "10.0.0.1:6275"), List.of(2, NODE.toString())),
                    List.copyOf(shown.getSubjectAlternativeNames()));
        }
    }

    @Test
    void bothKindsOfCiphersAreOfferedAndTheCallerChooses() throws Exception {
        try (PeerServer server = start()) {
            for (String suite : List.of("TLS_CHACHA20_POLY1305_SHA256", "TLS_AES_128_GCM_SHA256")) {
                try (SSLSocket socket = (SSLSocket) Anonymous.tls()
                        .getSocketFactory()
                        .createSocket(HERE, server.address().getPort())) {
                    String other = suite.contains("AES") ? "TLS_CHACHA20_POLY1305_SHA256" : "TLS_AES_128_GCM_SHA256";
                    socket.setEnabledCipherSuites(new String[] {suite, other});
                    assertEquals(suite, socket.getSession().getCipherSuite());
                }
            }
        }
    }

    @Test
    void closingEndsAnswersUnderWayAndWaitsForNobody() throws Exception {
        CountDownLatch asked = new CountDownLatch(1);
        CountDownLatch never = new CountDownLatch(1);
        exchange.beforeAnswer(() -> {
            asked.countDown();
            try {
                never.await();
            } catch (InterruptedException stopped) {
                Thread.currentThread().interrupt();
            }
        });
        PeerServer server = start();
        try (PeerDialer dialer = new PeerDialer(CALLER, DialerOptions.DEFAULT);
                RemotePeer peer = dialer.dial(NODE.fingerprint(), server.address())) {
            CompletableFuture<ExchangeException.Reason> reason = CompletableFuture.supplyAsync(
                    () -> assertThrows(ExchangeException.class, () -> list(peer, NODE.fingerprint()))
                            .reason());
            asked.await();
            long before = System.nanoTime();
            server.close();
            assertTrue(System.nanoTime() - before < Duration.ofSeconds(2).toNanos());
            assertEquals(ExchangeException.Reason.UNREACHABLE, reason.get());
        }
    }

    @Test
    void aFileReplacedWhileItIsSentArrivesAsItWas() throws Exception {
        byte[] content = new byte[8 << 20];
        new Random(1).nextBytes(content);
        StoredFile file = exchange.publish("a.pgp", content, Instant.EPOCH, Optional.empty());
        CountDownLatch begun = new CountDownLatch(1);
        CountDownLatch replaced = new CountDownLatch(1);
        ByteArrayOutputStream received = new ByteArrayOutputStream();
        try (PeerServer server = start();
                PeerDialer dialer = new PeerDialer(CALLER, DialerOptions.DEFAULT);
                RemotePeer peer = dialer.dial(NODE.fingerprint(), server.address())) {
            CompletableFuture<Void> fetched = CompletableFuture.runAsync(() -> {
                try {
                    peer.fetch(NODE.fingerprint(), file.name(), 0, file.sum(), (offset, total) -> {
                        begun.countDown();
                        await(replaced);
                        return received;
                    });
                } catch (IOException failed) {
                    throw new UncheckedIOException(failed);
                }
            });
            begun.await();
            exchange.publish("a.pgp", new byte[8 << 20], Instant.EPOCH.plusSeconds(1), Optional.empty());
            replaced.countDown();
            fetched.get();
        }
        assertArrayEquals(content, received.toByteArray());
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException stop) {
            throw new AssertionError(stop);
        }
    }

    @Test
    void aFileCutWhileItIsSentEndsTheAnswerAndNotTheServer() throws Exception {
        StoredFile file = exchange.publish("a.pgp", new byte[8 << 20], Instant.EPOCH, Optional.empty());
        try (PeerServer server = start();
                PeerDialer dialer = new PeerDialer(CALLER, DialerOptions.DEFAULT);
                RemotePeer peer = dialer.dial(NODE.fingerprint(), server.address())) {
            ExchangeException cut = assertThrows(
                    ExchangeException.class,
                    () -> peer.fetch(NODE.fingerprint(), file.name(), 0, file.sum(), (offset, total) -> {
                        try (RandomAccessFile victim =
                                new RandomAccessFile(file.path().toFile(), "rw")) {
                            victim.setLength(10);
                        }
                        return OutputStream.nullOutputStream();
                    }));
            assertEquals(ExchangeException.Reason.UNREACHABLE, cut.reason());
            assertEquals(1, list(peer, NODE.fingerprint()).size());
        }
    }

    @Test
    void aLargeFileNeedsNoMoreHeapThanASmallOneHoweverSlowlyItIsTaken() throws Exception {
        long size = 256L << 20;
        Path large = directory.resolve("large");
        try (RandomAccessFile sparse = new RandomAccessFile(large.toFile(), "rw")) {
            sparse.setLength(size);
        }
        StoredFile file =
                exchange.publish("large.pgp", large, FakeExchange.digest(new byte[0]), Instant.EPOCH, Optional.empty());
        for (String protocol : Tls.PROTOCOLS) {
            try (PeerServer server = start();
                    PeerDialer dialer = new PeerDialer(CALLER, DialerOptions.DEFAULT.withProtocols(protocol));
                    RemotePeer peer = dialer.dial(NODE.fingerprint(), server.address())) {
                HeapWatcher received = new HeapWatcher();
                peer.fetch(NODE.fingerprint(), file.name(), 0, file.sum(), (offset, total) -> received);
                assertEquals(size, received.bytes.get());
                assertTrue(received.most < 16L << 20, protocol + " needed " + received.most);
            }
        }
    }

    /** Counts bytes, and looks now and then at the heap that is in use behind a collection. */
    private static final class HeapWatcher extends OutputStream {
        private static final long LOOK_EVERY = 32L << 20;
        private final long before = inUse();
        private final AtomicLong bytes = new AtomicLong();
        private long most;

        @Override
        public void write(int b) {
            bytes.incrementAndGet();
        }

        @Override
        public void write(byte[] buffer, int offset, int length) {
            if (bytes.getAndAdd(length) / LOOK_EVERY != bytes.get() / LOOK_EVERY) {
                most = Math.max(most, inUse() - before);
            }
        }

        private static long inUse() {
            System.gc();
            return Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory();
        }
    }

    @Test
    void optionsThatMakeNoSenseAreRefused() {
        InetSocketAddress bind = new InetSocketAddress(HERE, 0);
        assertThrows(IllegalArgumentException.class, () -> new ServerOptions(bind, List.of(), 3, 2, Limits.DEFAULT));
        assertThrows(IllegalArgumentException.class, () -> new ServerOptions(bind, List.of(), 1, 0, Limits.DEFAULT));
    }

    @Test
    void theDigestIsOfTheWholeFile() throws Exception {
        byte[] content = "x".repeat(100_000).getBytes(StandardCharsets.US_ASCII);
        StoredFile file = exchange.publish("a.pgp", content, Instant.EPOCH, Optional.empty());
        MessageDigest digest = MessageDigest.getInstance("SHA-256");
        try (PeerServer server = start();
                PeerDialer dialer = new PeerDialer(CALLER, DialerOptions.DEFAULT);
                RemotePeer peer = dialer.dial(NODE.fingerprint(), server.address())) {
            peer.fetch(
                    NODE.fingerprint(),
                    file.name(),
                    0,
                    file.sum(),
                    (offset, total) -> new DigestOutputStream(OutputStream.nullOutputStream(), digest));
        }
        assertArrayEquals(file.sum().bytes(), digest.digest());
    }
}
