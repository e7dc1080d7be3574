package org.maunode.http;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.logging.Level;
import java.util.logging.Logger;
import javax.net.ssl.SSLContext;
import org.apache.hc.core5.io.CloseMode;
import org.apache.hc.core5.reactor.DefaultListeningIOReactor;
import org.apache.hc.core5.reactor.IOReactorConfig;
import org.apache.hc.core5.reactor.ListenerEndpoint;
import org.apache.hc.core5.util.TimeValue;
import org.maunode.exchange.Exchange;
import org.maunode.openpgp.SecretIdentity;

/**
 * Answers peers over TLS 1.3, HTTP/2 and HTTP/1.1, on one port. Callers are told apart by their client certificate, which
 * they need not have. Starts serving when made; {@link #close} ends every thread and connection within two seconds.
 */
public final class PeerServer implements AutoCloseable {
    private static final Logger LOG = Logger.getLogger("org.maunode.http");
    private static final int BACKLOG = 128;
    private static final TimeValue PATIENCE = TimeValue.ofSeconds(1);

    private final Connections connections;
    private final DefaultListeningIOReactor reactor;
    private final InetSocketAddress address;

    private PeerServer(Connections connections, DefaultListeningIOReactor reactor, InetSocketAddress address) {
        this.connections = connections;
        this.reactor = reactor;
        this.address = address;
    }

    /**
     * Listens and serves.
     *
     * @param exchange what to answer; called on a few threads of the server at once, and may block there
     * @throws IOException if the address cannot be listened on; the message names it
     * @throws IllegalArgumentException if the identity's key is not fit for TLS
     */
    public static PeerServer start(SecretIdentity identity, Exchange exchange, ServerOptions options)
            throws IOException {
        return start(TlsIdentity.of(identity), exchange, options);
    }

    static PeerServer start(TlsIdentity identity, Exchange exchange, ServerOptions options) throws IOException {
        SSLContext tls = Tls.context(identity, options.names());
        Connections connections = new Connections(exchange, options, System::nanoTime);
        ServerProtocols protocols = new ServerProtocols(connections, tls);
        DefaultListeningIOReactor reactor = new DefaultListeningIOReactor(
                protocols,
                config(options),
                Threads.named("mau-http-io"),
                Threads.named("mau-http-listen"),
                null,
                broken -> LOG.log(Level.WARNING, "an I/O thread stumbled", broken),
                protocols,
                null);
        reactor.start();
        try {
            return new PeerServer(connections, reactor, listen(reactor, options.bind()));
        } catch (IOException | RuntimeException failed) {
            stop(reactor, connections);
            throw failed;
        }
    }

    private static IOReactorConfig config(ServerOptions options) {
        return IOReactorConfig.custom()
                .setIoThreadCount(options.ioThreads())
                .setSelectInterval(TimeValue.ofMilliseconds(
                        options.limits().waits().sweep().toMillis()))
                .setSoReuseAddress(true)
                .setTcpNoDelay(true)
                .setBacklogSize(BACKLOG)
                .build();
    }

    private static InetSocketAddress listen(DefaultListeningIOReactor reactor, InetSocketAddress bind)
            throws IOException {
        try {
            ListenerEndpoint endpoint = reactor.listen(bind).get(10, TimeUnit.SECONDS);
            return (InetSocketAddress) endpoint.getAddress();
        } catch (ExecutionException refused) {
            throw new IOException("cannot listen on " + bind + ": " + cause(refused), refused.getCause());
        } catch (java.util.concurrent.TimeoutException slow) {
            throw new IOException("cannot listen on " + bind + ": no answer", slow);
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted while listening on " + bind, stop);
        }
    }

    /** The library wraps "Address already in use" in a paragraph. */
    private static String cause(ExecutionException refused) {
        String message = Optional.ofNullable(refused.getCause().getMessage()).orElse("refused");
        return message.contains("already in use") ? "the port is in use" : message;
    }

    /** Where it listens, with the port that was found if any was asked for. */
    public InetSocketAddress address() {
        return address;
    }

    Connections connections() {
        return connections;
    }

    @Override
    public void close() {
        stop(reactor, connections);
    }

    private static void stop(DefaultListeningIOReactor reactor, Connections connections) {
        connections.stop();
        reactor.initiateShutdown();
        try {
            reactor.awaitShutdown(PATIENCE);
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
        }
        reactor.close(CloseMode.IMMEDIATE);
        connections.close();
    }
}
