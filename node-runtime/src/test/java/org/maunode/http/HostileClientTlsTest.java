package org.maunode.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.Test;

/** What a stranger may try in TCP and TLS. */
final class HostileClientTlsTest extends HostileClient {
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
        for (int i = 0; i < 20; i++) {
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
        Arrays.fill(garbage, (byte) 'x');
        for (String protocol : Tls.PROTOCOLS) {
            try (RawClient client = RawClient.open(server.address(), Anonymous.tls(), protocol)) {
                client.send(garbage);
                client.untilClosed();
            }
        }
        assertEquals(0, asked.get());
    }
}
