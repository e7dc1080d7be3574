package org.maunode.tools.radio;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.channels.SocketChannel;
import org.maunode.ble.line.Callee;
import org.maunode.ble.line.Line;
import org.maunode.cable.Cables;
import org.maunode.exchange.StoreExchange;
import org.maunode.exchange.Waiters.Attention;
import org.maunode.http.PeerServer;
import org.maunode.http.ServerOptions;
import org.maunode.identity.Fingerprint;
import org.maunode.tools.account.Session;

/** Serves the account's files to a node that calls us over the line that we made. Thread-safe. */
public final class Answering implements Callee, AutoCloseable {
    /** Nobody is served: what a node asks of us is reset. */
    public static final Callee NOBODY = (_, _) -> {
        throw new IOException("nobody is served here");
    };

    private final PeerServer server;

    private Answering(PeerServer server) {
        this.server = server;
    }

    /** Begins to serve. */
    public static Answering start(Session session) {
        InetSocketAddress own = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
        try {
            return new Answering(PeerServer.start(
                    session.account().identity(),
                    new StoreExchange(session.account(), session.store()),
                    ServerOptions.at(own)));
        } catch (IOException refused) {
            throw new UncheckedIOException(refused);
        }
    }

    @Override
    public SocketChannel take(Line line, byte first) throws IOException {
        return server.plug(Cables.plug(line, first, _ -> {}));
    }

    /** Whether {@code caller} waits here for the news of {@code owner}, or did a moment ago. */
    Attention attention(Fingerprint caller, Fingerprint owner) {
        return server.attention(caller, owner);
    }

    @Override
    public void close() {
        server.close();
    }
}
