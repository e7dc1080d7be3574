package org.maunode.discovery.router;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.StandardProtocolFamily;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.maunode.discovery.router.RouterException.Reason;
import org.maunode.discovery.router.Wires.Datagrams;
import org.maunode.discovery.router.Wires.Event;

/** The real wires, on loopback. */
class SocketsTest {
    private static final Gateway LOOPBACK = new Gateway("lo", Ipv4.parse("127.0.0.1"), Ipv4.parse("127.0.0.1"));
    private static final byte[] REQUEST = "GET / HTTP/1.1\r\n\r\n".getBytes(StandardCharsets.US_ASCII);

    private final List<Thread> helpers = new ArrayList<>();
    private Sockets wires;

    @BeforeEach
    void open() throws IOException {
        wires = new Sockets(Duration.ofMillis(300));
    }

    @AfterEach
    void close() throws InterruptedException {
        wires.close();
        for (Thread helper : helpers) {
            helper.join();
        }
    }

    private interface Peer {
        void talk() throws Exception;
    }

    private void aside(Peer peer) {
        helpers.add(Thread.ofPlatform().name("test-peer").start(() -> {
            try {
                peer.talk();
            } catch (Exception gone) {
                // The other side is what is tested.
            }
        }));
    }

    private static ServerSocket server() throws IOException {
        return new ServerSocket(0, 5, InetAddress.getByName("127.0.0.1"));
    }

    private static InetSocketAddress address(ServerSocket server) {
        return (InetSocketAddress) server.getLocalSocketAddress();
    }

    /** RT-34. */
    @Test
    void aReplyIsReadHoweverItArrives() throws IOException {
        try (ServerSocket server = server()) {
            aside(() -> {
                try (Socket caller = server.accept()) {
                    caller.getInputStream().readNBytes(REQUEST.length);
                    for (byte one : FakeRouter.reply(200, "hello")) {
                        caller.getOutputStream().write(one);
                    }
                    caller.getInputStream().read();
                }
            });
            HttpReply reply = wires.call(address(server), REQUEST, 100);
            assertEquals("hello", new String(reply.body(), StandardCharsets.US_ASCII));
        }
    }

    /** RT-34: the limit is for all of it, so a byte now and then does not help. */
    @Test
    void aRouterThatTricklesIsGivenUp() throws IOException {
        try (ServerSocket server = server()) {
            aside(() -> {
                try (Socket caller = server.accept()) {
                    caller.getInputStream().readNBytes(REQUEST.length);
                    caller.getOutputStream().write("HTTP/1.1 200 OK\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
                    caller.setSoTimeout(20);
                    while (isSilent(caller)) {
                        caller.getOutputStream().write('x');
                    }
                }
            });
            Failing.with(Reason.SILENT, () -> wires.call(address(server), REQUEST, 100));
        }
    }

    private static boolean isSilent(Socket caller) throws IOException {
        try {
            return caller.getInputStream().read() >= 0;
        } catch (SocketTimeoutException nothingYet) {
            return true;
        }
    }

    @Test
    void aClosedPortIsUnreachable() throws IOException {
        InetSocketAddress closed;
        try (ServerSocket server = server()) {
            closed = address(server);
        }
        Failing.with(Reason.UNREACHABLE, () -> wires.call(closed, REQUEST, 100));
        try (Datagrams datagrams = wires.open(LOOPBACK, closed)) {
            datagrams.send(REQUEST);
            Failing.with(Reason.UNREACHABLE, () -> datagrams.receive(wires.now().plusSeconds(20)));
        }
    }

    @Test
    void datagramsArriveWholeOrAreSeenToBeTooLong() throws IOException {
        try (DatagramSocket peer = new DatagramSocket(new InetSocketAddress("127.0.0.1", 0))) {
            try (Datagrams datagrams = wires.open(LOOPBACK, (InetSocketAddress) peer.getLocalSocketAddress())) {
                datagrams.send(REQUEST);
                DatagramPacket question = new DatagramPacket(new byte[100], 100);
                peer.receive(question);
                for (int length : new int[] {0, Sockets.MAX_DATAGRAM, Sockets.MAX_DATAGRAM + 1, 5000}) {
                    peer.send(new DatagramPacket(new byte[length], length, question.getSocketAddress()));
                    byte[] bytes = datagrams
                            .receive(wires.now().plusSeconds(20))
                            .orElseThrow()
                            .bytes();
                    assertEquals(Math.min(length, Sockets.MAX_DATAGRAM + 1), bytes.length);
                }
                assertEquals(Optional.empty(), datagrams.receive(wires.now().plusMillis(20)));
            }
        }
    }

    /** RT-25. */
    @Test
    void timeGoesForwardAndWaitingEnds() {
        Instant start = wires.now();
        assertInstanceOf(Event.Due.class, wires.await(start.plusMillis(30)));
        assertFalse(wires.now().isBefore(start.plusMillis(30)));
        assertInstanceOf(Event.Due.class, wires.await(start));
    }

    /** RT-24. */
    @Test
    void aChangeIsHeardOnceAndAlsoIfItCameBefore() {
        wires.change();
        wires.change();
        assertInstanceOf(Event.Changed.class, wires.await(Instant.MAX));
        assertInstanceOf(Event.Due.class, wires.await(wires.now()));
        aside(wires::change);
        assertInstanceOf(Event.Changed.class, wires.await(Instant.MAX));
    }

    /** RT-26. */
    @Test
    void theEndIsHeardWhateverIsWaitedFor() throws Exception {
        try (ServerSocket server = server()) {
            aside(() -> {
                try (Socket caller = server.accept()) {
                    caller.getInputStream().readNBytes(REQUEST.length);
                    wires.stop();
                    caller.getInputStream().read();
                }
            });
            try (Sockets patient = new Sockets(Duration.ofHours(1))) {
                wires.close();
                wires = patient;
                Failing.with(Reason.STOPPED, () -> patient.call(address(server), REQUEST, 100));
                Failing.with(Reason.STOPPED, () -> patient.await(Instant.MAX));
                patient.farewell();
                try (Datagrams datagrams = patient.open(LOOPBACK, address(server))) {
                    assertThrows(RouterException.class, () -> patient.call(address(server), new byte[0], 100));
                    assertEquals(Optional.empty(), datagrams.receive(Instant.MAX));
                }
            }
        }
    }

    /** RT-23: who has not the router's own port is passed over. */
    @Test
    void announcementsAreHeardIfTheyAreTheRouters() throws IOException {
        InetSocketAddress everybody = new InetSocketAddress("224.0.0.1", 5350);
        wires.listen(Optional.of(LOOPBACK));
        try (DatagramChannel stranger = announcer(0);
                DatagramChannel router = announcer(Asking.PORT)) {
            stranger.send(ByteBuffer.wrap(new byte[] {1}), everybody);
            router.send(ByteBuffer.wrap(new byte[] {2}), everybody);
            Event event = wires.await(wires.now().plusSeconds(20));
            assertArrayEquals(
                    new byte[] {2},
                    assertInstanceOf(Event.Announced.class, event).datagram());
            wires.listen(Optional.empty());
            router.send(ByteBuffer.wrap(new byte[] {3}), everybody);
            assertInstanceOf(Event.Due.class, wires.await(wires.now().plusMillis(20)));
        }
    }

    private static DatagramChannel announcer(int port) throws IOException {
        DatagramChannel channel = DatagramChannel.open(StandardProtocolFamily.INET);
        channel.setOption(StandardSocketOptions.IP_MULTICAST_IF, NetworkInterface.getByName("lo"));
        return channel.bind(new InetSocketAddress("127.0.0.1", port));
    }

    /** RT-1: whatever this machine is connected to, or not. */
    @Test
    void theGatewayIsThatOfTheKernel() {
        Optional<String> router =
                RouteTable.defaultRoute().map(route -> route.router().getHostAddress());
        assertEquals(router, wires.gateway().map(gateway -> gateway.router().getHostAddress()));
    }

    /** RT-26. One thread, and none afterwards. */
    @Test
    void aMappingEndsWithinASecondWhereverItIs() throws InterruptedException {
        BlockingQueue<RouterState> told = new LinkedBlockingQueue<>();
        MappingNonce nonce = MappingNonce.of(new byte[] {1});
        MappingPlan plan = new MappingPlan(6275, nonce, MappingPlan.LEASE, List.of());
        RouterMapping mapping = new RouterMapping(plan, told::add, new Random(1));
        assertEquals(new RouterState.Searching(), told.take());
        assertEquals(new RouterState.None(), told.take());
        assertTrue(isRunning());
        mapping.networkChanged();
        mapping.close();
        assertFalse(isRunning());
        mapping.close();
    }

    private static boolean isRunning() {
        Thread[] threads = new Thread[Thread.activeCount() + 10];
        int count = Thread.enumerate(threads);
        return Arrays.stream(threads, 0, count)
                .anyMatch(thread -> thread.getName().equals("mau-router"));
    }
}
