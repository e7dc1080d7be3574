package org.maunode.cable;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.time.Duration;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.maunode.ble.line.Line;

/**
 * A loopback port that takes one connection, and makes it a call on a line. Whoever else of this machine comes in by it is a
 * stranger to the peer, and the dialer finds that nobody proves anything.
 */
public final class Entrance {
    private static final Logger LOG = Logger.getLogger("org.maunode.cable");

    /** Whoever asked for it connects at once; a small board that is busy takes its time for that. */
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private Entrance() {}

    /**
     * Opens one. Returns at once.
     *
     * @param threads where it is waited for, half a minute at most; an interrupt ends that
     * @return where it is; the dialer connects there
     * @throws IOException if this machine has no port for it, or {@code threads} take nothing any more
     */
    public static InetSocketAddress to(Line line, Executor threads) throws IOException {
        ServerSocketChannel door = ServerSocketChannel.open();
        boolean open = false;
        try {
            door.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 1);
            door.socket().setSoTimeout((int) PATIENCE.toMillis());
            InetSocketAddress address = (InetSocketAddress) door.getLocalAddress();
            threads.execute(() -> accept(door, line));
            open = true;
            return address;
        } catch (RejectedExecutionException closed) {
            throw new IOException("this node stops", closed);
        } finally {
            if (!open) {
                door.close();
            }
        }
    }

    private static void accept(ServerSocketChannel door, Line line) {
        try (door) {
            line.call(door.socket().accept().getChannel());
        } catch (IOException nobody) {
            LOG.log(Level.FINE, "nobody came to be led to {0}: {1}", new Object[] {line.peer(), nobody.getMessage()});
        }
    }
}
