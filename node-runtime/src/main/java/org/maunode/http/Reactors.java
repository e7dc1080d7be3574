package org.maunode.http;

import org.apache.hc.core5.reactor.IOReactorConfig;

/** What the server's and the dialer's connections have in common. */
final class Reactors {
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

    private Reactors() {}

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
