package org.maunode.http;

import org.apache.hc.core5.reactor.IOReactorConfig;

/** What the server's and the dialer's reactor have in common. */
final class Reactors {
    /** Seconds without a byte after which the kernel asks whether the other end is still there. */
    private static final int KEEP_IDLE = 120;

    /** Seconds between two such questions. */
    private static final int KEEP_INTERVAL = 10;

    /** Questions without an answer after which the connection is broken. */
    private static final int KEEP_COUNT = 3;

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
