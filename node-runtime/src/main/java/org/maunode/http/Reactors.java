package org.maunode.http;

import java.io.IOException;
import java.net.StandardSocketOptions;
import java.nio.channels.SocketChannel;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.apache.hc.core5.reactor.IOReactorConfig;
import org.apache.hc.core5.reactor.IOSession;

/** What the server's and the dialer's connections have in common. */
final class Reactors {
    private static final Logger LOG = Logger.getLogger("org.maunode.http");

    /** Seconds without a byte after which the kernel asks whether the other end is still there. */
    private static final int KEEP_IDLE = 120;

    /** Seconds between two such questions. */
    private static final int KEEP_INTERVAL = 10;

    /** Questions without an answer after which the connection is broken. */
    private static final int KEEP_COUNT = 3;

    /**
     * Bytes of the largest HTTP/2 frame that is taken, and of each of a connection's two buffers: the least that RFC 9113,
     * 6.5.2, allows, and what a TLS record holds. The library's own habit is four times that.
     */
    static final int FRAME = 1 << 14;

    /**
     * Bytes that each end of a loopback connection may hold, where a slow wire is behind it; the kernel's own habit is
     * megabytes, and whatever lies there is ahead of every other answer.
     */
    static final int HELD = 8 * 1024;

    private Reactors() {}

    /** Lets little lie in the kernel on the way to a slow wire. */
    static void holdLittle(IOSession session) {
        try {
            if (session.channel() instanceof SocketChannel socket) {
                socket.setOption(StandardSocketOptions.SO_SNDBUF, HELD);
            }
        } catch (IOException closed) {
            // Whoever reads from it finds out.
            LOG.log(Level.FINE, "a socket that is closed already: {0}", closed.getMessage());
        }
    }

    /** Connections that wait for news are silent for minutes; the library's own habit is to ask every five seconds. */
    static IOReactorConfig.Builder patient() {
        return IOReactorConfig.custom()
                .setTcpNoDelay(true)
                .setSoKeepAlive(true)
                .setTcpKeepIdle(KEEP_IDLE)
                .setTcpKeepInterval(KEEP_INTERVAL)
                .setTcpKeepCount(KEEP_COUNT);
    }
}
