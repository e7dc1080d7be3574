package org.maunode.ble.line;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.Random;

/**
 * The two ends of a TCP connection on this machine.
 *
 * @param near what a line is given
 * @param far what a program holds: blocking, and impatient
 */
record Ends(SocketChannel near, Socket far) {
    private static final int PATIENCE = 30_000;

    static Ends open() {
        try (ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            SocketChannel near =
                    SocketChannel.open(new InetSocketAddress(server.getInetAddress(), server.getLocalPort()));
            Socket far = server.accept();
            far.setSoTimeout(PATIENCE);
            far.setTcpNoDelay(true);
            return new Ends(near, far);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static byte[] bytes(int length, long seed) {
        byte[] bytes = new byte[length];
        new Random(seed).nextBytes(bytes);
        return bytes;
    }

    static void say(Socket far, String words) throws IOException {
        far.getOutputStream().write(words.getBytes(StandardCharsets.UTF_8));
    }

    static void hear(String words, Socket far) throws IOException {
        byte[] heard = far.getInputStream().readNBytes(words.getBytes(StandardCharsets.UTF_8).length);
        assertEquals(words, new String(heard, StandardCharsets.UTF_8));
    }

    static void hearEnd(Socket far) throws IOException {
        assertEquals(-1, far.getInputStream().read());
    }

    /** Whoever reads here hears of a reset, behind what had arrived. */
    static void hearReset(Socket far) {
        IOException reset =
                assertThrows(IOException.class, () -> far.getInputStream().readAllBytes());
        assertEquals("Connection reset", reset.getMessage());
    }

    static void reset(Socket far) throws IOException {
        far.setSoLinger(true, 0);
        far.close();
    }
}
