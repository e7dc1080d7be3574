package org.maunode.http;

import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLException;
import org.apache.hc.core5.concurrent.FutureCallback;
import org.apache.hc.core5.http.config.CharCodingConfig;
import org.apache.hc.core5.http.config.Http1Config;
import org.apache.hc.core5.http.impl.nio.ClientHttp1StreamDuplexerFactory;
import org.apache.hc.core5.http.protocol.HttpProcessor;
import org.apache.hc.core5.http.protocol.HttpProcessorBuilder;
import org.apache.hc.core5.http.protocol.RequestTargetHost;
import org.apache.hc.core5.http2.config.H2Config;
import org.apache.hc.core5.http2.impl.nio.ClientH2StreamMultiplexerFactory;
import org.apache.hc.core5.http2.impl.nio.ClientH2UpgradeHandler;
import org.apache.hc.core5.http2.impl.nio.ClientHttp1UpgradeHandler;
import org.apache.hc.core5.http2.impl.nio.HttpProtocolNegotiator;
import org.apache.hc.core5.http2.protocol.H2RequestTargetHost;
import org.apache.hc.core5.io.CloseMode;
import org.apache.hc.core5.net.Host;
import org.apache.hc.core5.net.NamedEndpoint;
import org.apache.hc.core5.reactor.ConnectionInitiator;
import org.apache.hc.core5.reactor.IOEventHandler;
import org.apache.hc.core5.reactor.IOReactorShutdownException;
import org.apache.hc.core5.reactor.IOSession;
import org.apache.hc.core5.reactor.ProtocolIOSession;
import org.apache.hc.core5.reactor.ssl.SSLBufferMode;
import org.apache.hc.core5.reactor.ssl.TlsDetails;
import org.apache.hc.core5.util.Timeout;
import org.maunode.exchange.ExchangeException;
import org.maunode.exchange.ExchangeException.Reason;
import org.maunode.identity.Fingerprint;
import org.maunode.identity.HostAndPort;

/** One attempt to reach a peer: TCP, then TLS, then the proof that it is the one we want, before a byte is asked. */
final class Dialing {
    private static final HttpProcessor HTTP_1_RULES =
            HttpProcessorBuilder.create().add(RequestTargetHost.INSTANCE).build();
    private static final HttpProcessor HTTP_2_RULES =
            HttpProcessorBuilder.create().add(H2RequestTargetHost.INSTANCE).build();
    private static final int MAX_HEADERS = 100;
    private static final int MAX_LINE = 8192;
    private static final int MAX_CONTINUATIONS = 4;

    private final Fingerprint expected;
    private final Route route;
    private final SSLContext tls;
    private final DialerOptions options;
    private final CompletableFuture<ClientConnection> connected = new CompletableFuture<>();
    private volatile Optional<ProtocolIOSession> session = Optional.empty();

    Dialing(Fingerprint expected, Route route, SSLContext tls, DialerOptions options) {
        this.expected = expected;
        this.route = route;
        this.tls = tls;
        this.options = options;
    }

    /** Begins; {@link #connection} waits for the outcome. */
    void start(ConnectionInitiator reactor) {
        try {
            reactor.connect(
                    address(),
                    route.entrance(),
                    null,
                    timeout(),
                    this,
                    Outcome.of(connecting -> {}, connected::completeExceptionally));
        } catch (IOReactorShutdownException closed) {
            connected.completeExceptionally(closed);
        }
    }

    private NamedEndpoint address() {
        return new Host(route.host(), route.address().getPort());
    }

    private Timeout timeout() {
        return Timeout.of(options.connect().toMillis(), TimeUnit.MILLISECONDS);
    }

    /** TCP is there; called on the I/O thread. */
    IOEventHandler speak(ProtocolIOSession opened) {
        session = Optional.of(opened);
        if (connected.isDone()) {
            opened.close(CloseMode.IMMEDIATE);
        }
        if (route.isSlow()) {
            Reactors.holdLittle(opened);
        }
        opened.registerProtocol(Tls.HTTP_1_1, new ClientHttp1UpgradeHandler(http1()));
        opened.registerProtocol(Tls.H2, new ClientH2UpgradeHandler(http2(opened), null));
        opened.startTls(
                tls,
                address(),
                SSLBufferMode.DYNAMIC,
                (endpoint, engine) -> Tls.call(engine, options.protocols()),
                (endpoint, engine) -> identify(engine),
                timeout(),
                Outcome.of(secured -> {}, connected::completeExceptionally));
        return new HttpProtocolNegotiator(opened, Outcome.of(this::ready, connected::completeExceptionally));
    }

    /** Called after every handshake, resumed ones too. */
    private TlsDetails identify(SSLEngine engine) throws SSLException {
        Optional<Fingerprint> found = Tls.peer(engine.getSession());
        if (!found.equals(Optional.of(expected))) {
            String who = found.map(Fingerprint::toString).orElse("somebody without an identity");
            ExchangeException wrong =
                    new ExchangeException(Reason.WRONG_IDENTITY, who + " answers at " + shown() + ", not " + expected);
            connected.completeExceptionally(wrong);
            throw new SSLException(wrong);
        }
        return new TlsDetails(engine.getSession(), engine.getApplicationProtocol());
    }

    private String shown() {
        return HostAndPort.format(route.address());
    }

    private void ready(ProtocolIOSession opened) {
        String protocol = opened.getTlsDetails().getApplicationProtocol();
        ClientConnection connection = new ClientConnection(opened, expected, route, protocol, options);
        if (!connected.complete(connection)) {
            connection.close();
        }
    }

    private ClientHttp1StreamDuplexerFactory http1() {
        Http1Config config = Http1Config.custom()
                .setMaxHeaderCount(MAX_HEADERS)
                .setMaxLineLength(MAX_LINE)
                .setInitialWindowSize(options.window())
                .build();
        return new ClientHttp1StreamDuplexerFactory(HTTP_1_RULES, config, CharCodingConfig.DEFAULT);
    }

    private ClientH2StreamMultiplexerFactory http2(IOSession opened) {
        H2Config config = H2Config.custom()
                .setMaxFrameSize(Reactors.FRAME)
                .setPushEnabled(false)
                .setMaxHeaderListSize(MAX_LINE)
                .setMaxContinuations(MAX_CONTINUATIONS)
                .setInitialWindowSize(options.window())
                .build();
        return new ClientH2StreamMultiplexerFactory(
                HTTP_2_RULES, null, config, CharCodingConfig.DEFAULT, new CalleeGuard(opened, System::nanoTime));
    }

    /** Waits until the peer has proved itself; whatever else happens, nothing stays open. */
    ClientConnection connection() {
        try {
            return connected.get(options.connect().toNanos(), TimeUnit.NANOSECONDS);
        } catch (TimeoutException slow) {
            throw failed(new ExchangeException(Reason.TIMED_OUT, shown() + " does not answer", slow));
        } catch (ExecutionException refused) {
            throw failed(Failures.of(refused.getCause()));
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
            throw failed(new ExchangeException(Reason.UNREACHABLE, "interrupted", stop));
        }
    }

    private ExchangeException failed(ExchangeException why) {
        close();
        return why;
    }

    /** Ends the attempt, or the connection that it led to. */
    void close() {
        connected.completeExceptionally(new ExchangeException(Reason.UNREACHABLE, "the dialer is closed"));
        session.ifPresent(opened -> opened.close(CloseMode.IMMEDIATE));
        if (!connected.isCompletedExceptionally()) {
            connected.join().close();
        }
    }

    /** The library's callback as two functions. */
    private record Outcome<T>(Consumer<T> done, Consumer<Exception> broken) implements FutureCallback<T> {
        static <T> Outcome<T> of(Consumer<T> done, Consumer<Exception> broken) {
            return new Outcome<>(done, broken);
        }

        @Override
        public void completed(T result) {
            done.accept(result);
        }

        @Override
        public void failed(Exception cause) {
            broken.accept(cause);
        }

        @Override
        public void cancelled() {
            broken.accept(new ExchangeException(Reason.UNREACHABLE, "cancelled"));
        }
    }
}
