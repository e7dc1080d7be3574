package org.maunode.http;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.StandardSocketOptions;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Where callers by other wires than TCP are plugged in. Each comes by a loopback connection from an address that was taken
 * for it before: nobody else on this machine can come from there. Thread-safe.
 */
final class Sockets {
    /** A connection to ourselves is there at once, unless somebody floods the port. */
    private static final Duration PATIENCE = Duration.ofMillis(500);

    private final int most;
    private final Map<SocketAddress, Plug> expected = new ConcurrentHashMap<>();

    /** @param most that may be expected at once */
    Sockets(int most) {
        this.most = most;
    }

    static InetSocketAddress anywhere() {
        return new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
    }

    /** Connects to {@code server}, which will ask {@link #whose} it is. */
    SocketChannel plug(Plug plug, InetSocketAddress server) throws IOException {
        if (expected.size() >= most) {
            throw new IOException("no room for " + plug.name() + ": " + most + " are waiting to be served");
        }
        SocketChannel channel = SocketChannel.open();
        Optional<SocketAddress> from = Optional.empty();
        boolean plugged = false;
        try {
            from = Optional.of(channel.bind(anywhere()).getLocalAddress());
            expected.put(from.get(), plug);
            connect(channel, server);
            plugged = true;
            return channel;
        } finally {
            if (!plugged) {
                from.ifPresent(expected::remove);
                channel.close();
            }
        }
    }

    private static void connect(SocketChannel channel, InetSocketAddress server) throws IOException {
        channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
        channel.setOption(StandardSocketOptions.SO_RCVBUF, Reactors.HELD);
        channel.socket().connect(server, (int) PATIENCE.toMillis());
    }

    /** Who comes from {@code address}, once; empty if it is nobody whom we expect. */
    Optional<Plug> whose(SocketAddress address) {
        return Optional.ofNullable(address).map(expected::remove);
    }

    /** Nobody comes any more who is not there. */
    void forget() {
        expected.clear();
    }
}
