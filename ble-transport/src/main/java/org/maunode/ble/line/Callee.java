package org.maunode.ble.line;

import java.io.IOException;
import java.nio.channels.SocketChannel;

/** Takes the calls of a peer. */
@FunctionalInterface
public interface Callee {
    /**
     * Gives the socket that a call of the peer is coupled with. Called on the carrier's thread once the call's first byte has
     * come; must not block.
     *
     * @param first the first byte that the peer says: 22 where TLS begins
     * @return connected, a TCP socket; belongs to the line from now on
     * @throws IOException if the call is not taken: it is reset
     */
    SocketChannel take(Line line, byte first) throws IOException;
}
