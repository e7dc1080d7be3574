package org.maunode.ble.line;

import java.io.IOException;
import java.net.StandardSocketOptions;
import java.nio.channels.SocketChannel;
import java.util.logging.Level;
import java.util.logging.Logger;

/** Ends sockets that are somebody else's too. */
final class Sockets {
    private static final Logger LOG = Logger.getLogger("org.maunode.ble");

    private Sockets() {}

    /** Ends both halves abruptly: whoever reads or writes at the other end hears of it. */
    static void reset(SocketChannel socket) {
        try (socket) {
            socket.setOption(StandardSocketOptions.SO_LINGER, 0);
        } catch (IOException e) {
            LOG.log(Level.FINE, "ble: a socket was gone before it was reset", e);
        }
    }

    static void close(SocketChannel socket) {
        try {
            socket.close();
        } catch (IOException e) {
            LOG.log(Level.FINE, "ble: a socket did not close", e);
        }
    }
}
