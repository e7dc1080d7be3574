package org.maunode.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.hc.core5.reactor.ListenerEndpoint;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.maunode.exchange.Caller;
import org.maunode.exchange.FakeExchange;
import org.maunode.exchange.FakeOverlay;
import org.maunode.exchange.Reception;
import org.maunode.exchange.RemotePeer;
import org.maunode.exchange.RemotePeer.From;
import org.maunode.identity.Fingerprint;
import org.maunode.identity.HostAndPort;

/** Callers who come to a server by another wire than TCP. */
@ExtendWith(OwnThreads.class)
@Timeout(60)
final class PlugTest {
    private static final TlsIdentity NODE = TestIdentities.ed25519();
    private static final TlsIdentity CALLER = TestIdentities.ed25519();
    private static final InetSocketAddress PLACE = InetSocketAddress.createUnresolved("00-aa-01-00-00-23.ble", 6275);
    private static final Limits.Waits HASTY = new Limits.Waits(
            Duration.ofMillis(300),
            Duration.ofMillis(300),
            Duration.ofMillis(300),
            Duration.ofMillis(300),
            Duration.ofMillis(50));

    @TempDir
    Path directory;

    private final AtomicReference<Caller> caller = new AtomicReference<>();
    private final AtomicReference<Fingerprint> proved = new AtomicReference<>();
    private PeerServer server;

    @BeforeEach
    void serve() throws IOException {
        start(Limits.CABLE);
    }

    private void start(Limits cable) throws IOException {
        FakeExchange files = new FakeExchange(directory, NODE.fingerprint(), 100);
        files.publish("public.pgp", "for all", Instant.EPOCH);
        files.publish("sealed.pgp", new byte[3], Instant.EPOCH, Optional.of(CALLER.fingerprint()));
        Reception reception = new Reception(files, new FakeOverlay());
        server = PeerServer.start(
                NODE,
                (request, who) -> {
                    caller.set(who);
                    return reception.answer(request, who);
                },
                ServerOptions.at(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))
                        .withCable(cable));
    }

    @AfterEach
    void isUnharmed() throws Exception {
        assertTrue(server.connections().awaitNone(Duration.ofSeconds(20)), "connections are left");
        server.close();
    }

    private Plug plug(boolean secured) {
        return new Plug("00:AA:01:00:00:23", 1L << 48 | 0x00AA01000023L, secured, proved::set);
    }

    private static Socket socket(SocketChannel channel) throws IOException {
        channel.socket().setSoTimeout(20_000);
        return channel.socket();
    }

    private String plainly(String request) throws IOException {
        try (SocketChannel channel = server.plug(plug(false))) {
            Socket socket = socket(channel);
            socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    private static String request(String method, String path) {
        return method + " " + path + " HTTP/1.1\r\nHost: node\r\nConnection: close\r\nContent-Length: 0\r\n\r\n";
    }

    /** Who is refused may hear so before it knows that it is connected. */
    private void assertRefused(Plug plug) throws IOException {
        try {
            assertClosed(server.plug(plug));
        } catch (java.net.SocketException reset) {
            // As good.
        }
    }

    private static void assertClosed(SocketChannel channel) throws IOException {
        try (channel) {
            InputStream in = socket(channel).getInputStream();
            while (in.read() >= 0) {
                // An alert may come before the end.
            }
        } catch (java.net.SocketException reset) {
            // As good.
        }
    }

    /** CA-3, CA-10. */
    @Test
    void aCallerByAnotherWireIsServedLikeAnyAndHasNoNetworkAddress() throws IOException {
        for (String protocol : Tls.PROTOCOLS) {
            try (Patch patch = new Patch(server, plug(true));
                    PeerDialer dialer = new PeerDialer(
                            CALLER, DialerOptions.DEFAULT.withProtocols(protocol), List::of, patch.exits());
                    RemotePeer peer = dialer.dial(NODE.fingerprint(), PLACE)) {
                assertEquals(
                        2,
                        peer.list(NODE.fingerprint(), new From.Since(Instant.MIN))
                                .files()
                                .size());
                assertEquals(Optional.of(PLACE), peer.address());
                assertEquals("00-aa-01-00-00-23.ble:6275", HostAndPort.format(PLACE));
                assertEquals(
                        new Caller(Optional.of(CALLER.fingerprint()), Optional.empty(), Optional.empty()),
                        new Caller(caller.get().fingerprint(), caller.get().origin(), Optional.empty()));
                assertEquals(CALLER.fingerprint(), proved.get());
            }
        }
    }

    /** CA-2. */
    @Test
    void thePlainCallerIsNobodyAndSeesWhatIsPublic() throws IOException {
        String list = plainly(request("GET", "/p2p/" + NODE.fingerprint()));
        assertTrue(list.startsWith("HTTP/1.1 200"), list);
        assertTrue(list.contains("public.pgp") && !list.contains("sealed.pgp"), list);
        assertEquals(Caller.NOBODY, caller.get());
        String path = "/p2p/" + NODE.fingerprint() + "/";
        assertTrue(plainly(request("GET", path + "public.pgp")).endsWith("for all"));
        assertTrue(plainly(request("GET", path + "sealed.pgp")).startsWith("HTTP/1.1 401"));
        assertTrue(plainly(request("PUT", path + "public.pgp")).startsWith("HTTP/1.1 401"));
        assertTrue(plainly(request("GET", "/kad/ping")).startsWith("HTTP/1.1 400"));
        assertTrue(plainly("\u0016\u0003\u0001 no TLS here\r\n\r\n").startsWith("HTTP/1.1 400"));
    }

    @Test
    void whatIsNotTlsIsClosed() throws IOException {
        SocketChannel channel = server.plug(plug(true));
        socket(channel).getOutputStream().write("GET / HTTP/1.1\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
        assertClosed(channel);
    }

    /** CA-5. */
    @Test
    void aCallerWhoSaysNothingOrTooLittleIsCut() throws IOException {
        server.close();
        start(Limits.CABLE.with(HASTY));
        assertClosed(server.plug(plug(true)));
        assertClosed(server.plug(plug(false)));
        SocketChannel half = server.plug(plug(false));
        socket(half).getOutputStream().write("GET /p2p/".getBytes(StandardCharsets.US_ASCII));
        assertClosed(half);
    }

    /** CA-4. */
    @Test
    void anotherProcessOfThisMachineCannotComeInThatWay() throws IOException {
        try (SocketChannel mine = server.plug(plug(false))) {
            SocketChannel foreign = SocketChannel.open(cable());
            assertClosed(foreign);
            assertTrue(mine.isConnected());
        }
        assertEquals(null, caller.get());
    }

    private InetSocketAddress cable() {
        return server.current().getEndpoints().stream()
                .map(ListenerEndpoint::getAddress)
                .filter(address -> !address.equals(server.address()))
                .map(InetSocketAddress.class::cast)
                .findFirst()
                .orElseThrow();
    }

    /** CA-4. */
    @Test
    void nothingIsListenedOnBeforeTheFirstComes() throws IOException {
        assertEquals(1, server.current().getEndpoints().size());
        server.plug(plug(true)).close();
        server.plug(plug(true)).close();
        assertEquals(2, server.current().getEndpoints().size());
    }

    /** CA-5. */
    @Test
    void noMoreOfOneOriginAndInAllThanTheLimit() throws Exception {
        int most = Limits.CABLE.counts().perOrigin();
        List<SocketChannel> open = new ArrayList<>();
        for (int i = 0; i < most; i++) {
            open.add(server.plug(plug(false)));
        }
        assertRefused(plug(false));
        for (int i = most; i < Limits.CABLE.counts().connections(); i++) {
            open.add(server.plug(new Plug("another", i, false, _ -> {})));
        }
        assertRefused(new Plug("one more", -1, false, _ -> {}));
        for (SocketChannel channel : open) {
            channel.close();
        }
        assertTrue(server.connections().awaitNone(Duration.ofSeconds(20)));
        assertTrue(plainly(request("GET", "/p2p/" + NODE.fingerprint())).startsWith("HTTP/1.1 200"));
    }

    @Test
    void manyWhoComeAndGoLeaveNothingBehind() throws Exception {
        for (int origin = 0; origin < 300; origin++) {
            server.plug(new Plug("passing", origin, origin % 2 == 0, _ -> {})).close();
            if (origin % 10 == 0) {
                assertTrue(plainly(request("GET", "/p2p/" + NODE.fingerprint())).startsWith("HTTP/1.1"));
            }
        }
    }

    @Test
    void whoComesFasterThanTheServerLooksIsNotTaken() throws IOException {
        try (ServerSocketChannel blind = ServerSocketChannel.open().bind(Sockets.anywhere())) {
            Sockets sockets = new Sockets(2);
            InetSocketAddress address = (InetSocketAddress) blind.getLocalAddress();
            try (SocketChannel one = sockets.plug(plug(true), address);
                    SocketChannel _ = sockets.plug(plug(true), address)) {
                assertThrows(IOException.class, () -> sockets.plug(plug(true), address));
                assertEquals(Optional.empty(), sockets.whose(address));
                assertTrue(sockets.whose(one.getLocalAddress()).isPresent());
                assertEquals(Optional.empty(), sockets.whose(one.getLocalAddress()));
                sockets.plug(plug(true), address).close();
            }
        }
    }

    @Test
    void whoCannotBePluggedInIsNotExpected() throws IOException {
        Sockets sockets = new Sockets(1);
        ServerSocketChannel gone = ServerSocketChannel.open().bind(Sockets.anywhere());
        InetSocketAddress address = (InetSocketAddress) gone.getLocalAddress();
        gone.close();
        assertThrows(IOException.class, () -> sockets.plug(plug(true), address));
        IOException again = assertThrows(IOException.class, () -> sockets.plug(plug(true), address));
        assertTrue(again.getMessage().contains("refused"), again.getMessage());
    }

    /** CA-6. */
    @Test
    void anAcceptorThatDiedTakesThemAgain() throws Exception {
        server.plug(plug(true)).close();
        for (ListenerEndpoint endpoint : server.current().getEndpoints()) {
            endpoint.close();
        }
        server.stumbled(new IOException("Too many open files"));
        CountDownLatch again = new CountDownLatch(1);
        server.connections().later(again::countDown, Duration.ofMillis(1001));
        again.await();
        assertTrue(plainly(request("GET", "/p2p/" + NODE.fingerprint())).startsWith("HTTP/1.1 200"));
    }

    @Test
    void anEndpointThatWasLostIsListenedOnAnew() throws IOException {
        server.plug(plug(true)).close();
        InetSocketAddress lost = cable();
        for (ListenerEndpoint endpoint : server.current().getEndpoints()) {
            if (endpoint.getAddress().equals(lost)) {
                endpoint.close();
            }
        }
        assertTrue(plainly(request("GET", "/p2p/" + NODE.fingerprint())).startsWith("HTTP/1.1 200"));
    }

    @Test
    void aServerThatIsClosedTakesNobody() throws IOException {
        server.close();
        assertThrows(IOException.class, () -> server.plug(plug(true)));
        start(Limits.CABLE);
    }
}
