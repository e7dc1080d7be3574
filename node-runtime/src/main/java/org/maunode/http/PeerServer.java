package org.maunode.http;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.logging.Level;
import java.util.logging.Logger;
import javax.net.ssl.SSLContext;
import org.apache.hc.core5.io.CloseMode;
import org.apache.hc.core5.reactor.DefaultListeningIOReactor;
import org.apache.hc.core5.reactor.IOReactorConfig;
import org.apache.hc.core5.reactor.IOReactorShutdownException;
import org.apache.hc.core5.reactor.IOReactorStatus;
import org.apache.hc.core5.reactor.ListenerEndpoint;
import org.apache.hc.core5.util.TimeValue;
import org.maunode.exchange.Exchange;
import org.maunode.exchange.Waiters;
import org.maunode.identity.Fingerprint;
import org.maunode.openpgp.SecretIdentity;

/**
 * Answers peers over TLS 1.3, HTTP/2 and HTTP/1.1, on one port. Callers are told apart by their client certificate, which
 * they need not have. Starts serving when made; {@link #close} ends every thread and connection within two seconds.
 */
public final class PeerServer implements AutoCloseable {
    private static final Logger LOG = Logger.getLogger("org.maunode.http");
    private static final int BACKLOG = 128;
    private static final TimeValue PATIENCE = TimeValue.ofSeconds(1);
    private static final Duration RECOVERY = Duration.ofSeconds(1);

    private final Connections connections;
    private final ServerProtocols protocols;
    private final ServerOptions options;
    private final Sockets sockets;
    private final InetSocketAddress address;
    private DefaultListeningIOReactor reactor;
    private ListenerEndpoint network;
    private Optional<ListenerEndpoint> cable = Optional.empty();
    private boolean closed;

    private PeerServer(Connections connections, ServerProtocols protocols, ServerOptions options) throws IOException {
        this.connections = connections;
        this.protocols = protocols;
        this.options = options;
        this.sockets = new Sockets(options.cable().counts().connections());
        this.reactor = reactor();
        this.network = listenOrStop(reactor, options.bind());
        this.address = (InetSocketAddress) network.getAddress();
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
        try {
            return new PeerServer(connections, new ServerProtocols(connections, tls), options);
        } catch (IOException | RuntimeException failed) {
            connections.close();
            throw failed;
        }
    }

    private DefaultListeningIOReactor reactor() {
        DefaultListeningIOReactor made = new DefaultListeningIOReactor(
                protocols,
                config(options),
                Threads.named("mau-http-io"),
                Threads.named("mau-http-listen"),
                null,
                this::stumbled,
                protocols,
                null);
        made.start();
        return made;
    }

    /**
     * The library's threads end at what they do not expect: its acceptor when the process has no file descriptor left. A
     * node that is deaf until somebody starts it anew helps nobody, so that it listens again a little later.
     */
    void stumbled(Exception broken) {
        LOG.log(Level.WARNING, "an I/O thread stumbled: {0}", broken.toString());
        connections.later(this::listenAgain, RECOVERY);
    }

    private synchronized void listenAgain() {
        if (closed || reactor.getStatus() == IOReactorStatus.ACTIVE && !network.isClosed()) {
            return;
        }
        connections.cutAll("the server begins anew");
        stop(reactor);
        unplug();
        reactor = reactor();
        try {
            network = listenOrStop(reactor, address);
            LOG.log(Level.INFO, "listening on {0} again", address);
        } catch (IOException still) {
            stumbled(still);
        }
    }

    private static IOReactorConfig config(ServerOptions options) {
        return Reactors.patient()
                .setIoThreadCount(options.ioThreads())
                .setSelectInterval(TimeValue.ofMilliseconds(
                        options.limits().waits().sweep().toMillis()))
                .setSoReuseAddress(true)
                .setBacklogSize(BACKLOG)
                .build();
    }

    private static ListenerEndpoint listenOrStop(DefaultListeningIOReactor reactor, InetSocketAddress bind)
            throws IOException {
        try {
            return listen(reactor, bind, null);
        } catch (IOException refused) {
            stop(reactor);
            throw refused;
        }
    }

    private static ListenerEndpoint listen(DefaultListeningIOReactor reactor, InetSocketAddress bind, Object attachment)
            throws IOException {
        try {
            return reactor.listen(bind, attachment, null).get(10, TimeUnit.SECONDS);
        } catch (ExecutionException refused) {
            throw new IOException("cannot listen on " + written(bind) + ": " + cause(refused), refused.getCause());
        } catch (TimeoutException slow) {
            throw new IOException("cannot listen on " + written(bind) + ": no answer", slow);
        } catch (IOReactorShutdownException stumbled) {
            throw new IOException("cannot listen on " + written(bind) + ": the server begins anew", stumbled);
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted while listening on " + written(bind), stop);
        }
    }

    private static String written(InetSocketAddress bind) {
        return bind.getAddress() != null && bind.getAddress().isAnyLocalAddress()
                ? "port " + bind.getPort()
                : bind.getHostString() + ":" + bind.getPort();
    }

    /** The library wraps "Address already in use" in a paragraph. */
    private static String cause(ExecutionException refused) {
        String message = Optional.ofNullable(refused.getCause().getMessage()).orElse("refused");
        if (message.contains("already in use")) {
            return "the port is in use";
        }
        return message.contains("Cannot assign requested address") ? "this machine has no such address" : message;
    }

    /**
     * Takes a caller who comes by another wire than TCP: what is written to the socket is what it says, and what is read there
     * is what it is answered. It is served exactly as one who comes by TCP, under {@link ServerOptions#cable}; whoever has
     * no place is closed at once, as there. Thread-safe; waits for nobody else.
     *
     * @return connected, blocking; whoever asked closes it
     * @throws IOException if nobody can be taken now
     */
    public SocketChannel plug(Plug plug) throws IOException {
        return sockets.plug(plug, cable());
    }

    /** Where callers by other wires come in; listened on when the first one comes. */
    private synchronized InetSocketAddress cable() throws IOException {
        if (closed) {
            throw new IOException("the server is closed");
        }
        if (cable.filter(endpoint -> !endpoint.isClosed()).isEmpty()) {
            unplug();
            cable = Optional.of(listen(reactor, Sockets.anywhere(), sockets));
        }
        return (InetSocketAddress) cable.orElseThrow().getAddress();
    }

    private void unplug() {
        cable.ifPresent(endpoint -> endpoint.close(CloseMode.IMMEDIATE));
        cable = Optional.empty();
        sockets.forget();
    }

    /** Where it listens, with the port that was found if any was asked for. */
    public InetSocketAddress address() {
        return address;
    }

    /**
     * Whether {@code caller} has asked for the news of {@code owner} and is waiting for them on an open connection, or was a
     * moment ago: it will have them without being called.
     */
    public Waiters.Attention attention(Fingerprint caller, Fingerprint owner) {
        return connections.held().attention(caller, owner);
    }

    Connections connections() {
        return connections;
    }

    /** What accepts and serves at present. */
    synchronized DefaultListeningIOReactor current() {
        return reactor;
    }

    @Override
    public void close() {
        connections.stop();
        stop(end());
        connections.close();
    }

    private synchronized DefaultListeningIOReactor end() {
        closed = true;
        return reactor;
    }

    private static void stop(DefaultListeningIOReactor reactor) {
        reactor.initiateShutdown();
        try {
            reactor.awaitShutdown(PATIENCE);
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
        }
        reactor.close(CloseMode.IMMEDIATE);
    }
}
