package org.maunode.tools.radio;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicReference;
import org.maunode.ble.line.Line;
import org.maunode.cable.BleAddress;
import org.maunode.exchange.ExchangeException;
import org.maunode.exchange.ExchangeException.Reason;
import org.maunode.http.Exits;

/**
 * The way from a dialer to a line: a loopback entrance that takes one connection. Whoever else of this machine came in by it
 * would be a stranger to the node, and the dialer would find that nobody proves anything.
 *
 * <p>Threads: one each time, {@code mau-ble-door}, until somebody came in; thread-safe.
 */
final class Door implements Exits, AutoCloseable {
    /** A dialer asks for the way first, and makes its keys and certificate then: on a small board that takes a while. */
    private static final int PATIENCE_MILLIS = 60_000;

    private final AtomicReference<Optional<Line>> line = new AtomicReference<>(Optional.empty());
    private final Set<ServerSocketChannel> open = ConcurrentHashMap.newKeySet();

    /** Calls go over this line from now on. */
    void leadTo(Line next) {
        line.set(Optional.of(next));
    }

    @Override
    public Optional<InetSocketAddress> leadingTo(InetSocketAddress address) {
        return line.get()
                .filter(open -> BleAddress.of(open.peer()).equals(address))
                .map(this::entrance);
    }

    private InetSocketAddress entrance(Line line) {
        try {
            ServerSocketChannel entrance = ServerSocketChannel.open();
            entrance.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 1);
            entrance.socket().setSoTimeout(PATIENCE_MILLIS);
            open.add(entrance);
            Thread.ofPlatform().daemon().name("mau-ble-door").start(() -> letIn(entrance, line));
            return (InetSocketAddress) entrance.getLocalAddress();
        } catch (IOException refused) {
            throw new ExchangeException(Reason.UNREACHABLE, "no way to the line: " + refused.getMessage(), refused);
        }
    }

    private void letIn(ServerSocketChannel entrance, Line line) {
        try (entrance) {
            line.call(entrance.socket().accept().getChannel());
        } catch (IOException nobodyCame) {
            // The dialer has its own patience, and says so.
            return;
        } finally {
            open.remove(entrance);
        }
    }

    /** Nobody is waited for any more. */
    @Override
    public void close() {
        for (ServerSocketChannel entrance : open) {
            try {
                entrance.close();
            } catch (IOException alreadyGone) {
                open.remove(entrance);
            }
        }
    }
}
