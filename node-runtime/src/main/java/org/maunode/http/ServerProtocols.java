package org.maunode.http;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLSession;
import org.apache.hc.core5.http.URIScheme;
import org.apache.hc.core5.http.config.CharCodingConfig;
import org.apache.hc.core5.http.config.Http1Config;
import org.apache.hc.core5.http.impl.DefaultConnectionReuseStrategy;
import org.apache.hc.core5.http.impl.DefaultContentLengthStrategy;
import org.apache.hc.core5.http.impl.nio.DefaultHttpRequestParserFactory;
import org.apache.hc.core5.http.impl.nio.DefaultHttpResponseWriterFactory;
import org.apache.hc.core5.http.impl.nio.ServerHttp1StreamDuplexerFactory;
import org.apache.hc.core5.http.protocol.HttpProcessor;
import org.apache.hc.core5.http.protocol.HttpProcessorBuilder;
import org.apache.hc.core5.http.protocol.RequestValidateHost;
import org.apache.hc.core5.http.protocol.ResponseConnControl;
import org.apache.hc.core5.http.protocol.ResponseContent;
import org.apache.hc.core5.http2.config.H2Config;
import org.apache.hc.core5.http2.impl.nio.HttpProtocolNegotiator;
import org.apache.hc.core5.http2.impl.nio.ServerH2StreamMultiplexerFactory;
import org.apache.hc.core5.http2.impl.nio.ServerH2UpgradeHandler;
import org.apache.hc.core5.http2.protocol.H2RequestConformance;
import org.apache.hc.core5.http2.protocol.H2RequestValidateHost;
import org.apache.hc.core5.http2.protocol.H2ResponseConnControl;
import org.apache.hc.core5.http2.protocol.H2ResponseContent;
import org.apache.hc.core5.reactor.IOEventHandler;
import org.apache.hc.core5.reactor.IOEventHandlerFactory;
import org.apache.hc.core5.reactor.IOSession;
import org.apache.hc.core5.reactor.IOSessionListener;
import org.apache.hc.core5.reactor.ProtocolIOSession;
import org.apache.hc.core5.reactor.ssl.SSLBufferMode;
import org.apache.hc.core5.reactor.ssl.TlsDetails;
import org.apache.hc.core5.util.Timeout;

/**
 * Sets up each accepted connection: a place, TLS, then HTTP/2 or HTTP/1.1 as ALPN says. Everything is made for one
 * connection, so that what the library calls back knows whose it is. Called on I/O threads; must not throw, for that
 * would end the thread.
 */
final class ServerProtocols implements IOEventHandlerFactory, IOSessionListener {
    private static final HttpProcessor HTTP_1_RULES = HttpProcessorBuilder.create()
            .add(RequestValidateHost.INSTANCE)
            .add(new ResponseContent(true))
            .add(ResponseConnControl.INSTANCE)
            .build();
    private static final HttpProcessor HTTP_2_RULES = HttpProcessorBuilder.create()
            .add(H2RequestConformance.INSTANCE)
            .add(H2RequestValidateHost.INSTANCE)
            .add(H2ResponseContent.INSTANCE)
            .add(H2ResponseConnControl.INSTANCE)
            .build();

    private final Connections connections;
    private final SSLContext tls;

    ServerProtocols(Connections connections, SSLContext tls) {
        this.connections = connections;
        this.tls = tls;
    }

    /** @param attachment the {@link Sockets} that it came to, if it did not come by the network */
    @Override
    public IOEventHandler createHandler(ProtocolIOSession session, Object attachment) {
        return admitted(session, attachment)
                .map(admitted -> admitted.isEncrypted() ? speak(session, admitted) : speakPlainly(session, admitted))
                .orElse(Silence.INSTANCE);
    }

    private Optional<Connection> admitted(ProtocolIOSession session, Object attachment) {
        if (!(attachment instanceof Sockets sockets)) {
            return connections.admit(session);
        }
        Reactors.holdLittle(session);
        return connections.admit(session, sockets.whose(session.getRemoteAddress()));
    }

    private IOEventHandler speakPlainly(ProtocolIOSession session, Connection connection) {
        connection.plain();
        return new Http1Handler(http1(connection).create(URIScheme.HTTP.id, session), connection);
    }

    private IOEventHandler speak(ProtocolIOSession session, Connection connection) {
        session.registerProtocol(Tls.HTTP_1_1, (secured, _) -> speakHttp1(secured, connection));
        session.registerProtocol(Tls.H2, new ServerH2UpgradeHandler(http2(connection), null));
        session.startTls(
                tls,
                null,
                SSLBufferMode.DYNAMIC,
                (endpoint, engine) -> Tls.serve(engine),
                (endpoint, engine) -> identify(connection, engine),
                Timeout.of(connection.limits().waits().handshake().toMillis(), TimeUnit.MILLISECONDS));
        return new HttpProtocolNegotiator(session, null);
    }

    private void speakHttp1(ProtocolIOSession secured, Connection connection) {
        Http1Handler handler = new Http1Handler(http1(connection).create(URIScheme.HTTPS.id, secured), connection);
        secured.upgrade(handler);
        try {
            handler.connected(secured);
        } catch (IOException broken) {
            handler.exception(secured, broken);
        }
    }

    /** Called after every handshake, resumed ones too. */
    private static TlsDetails identify(Connection connection, SSLEngine engine) {
        SSLSession session = engine.getSession();
        connection.secured(Tls.peer(session), Tls.claim(session), engine.getApplicationProtocol());
        return new TlsDetails(engine.getSession(), engine.getApplicationProtocol());
    }

    private static ServerHttp1StreamDuplexerFactory http1(Connection connection) {
        Limits.Sizes sizes = connection.limits().sizes();
        Http1Config http1 = Http1Config.custom()
                .setMaxHeaderCount(sizes.headers())
                .setMaxLineLength(sizes.line())
                .setInitialWindowSize(sizes.window())
                .build();
        return new ServerHttp1StreamDuplexerFactory(
                HTTP_1_RULES,
                (request, context) -> connection.handler(request),
                http1,
                CharCodingConfig.DEFAULT,
                DefaultConnectionReuseStrategy.INSTANCE,
                new DefaultHttpRequestParserFactory(http1),
                new DefaultHttpResponseWriterFactory(http1),
                new StrictLength(connection),
                DefaultContentLengthStrategy.INSTANCE,
                connection,
                null);
    }

    private static ServerH2StreamMultiplexerFactory http2(Connection connection) {
        Limits limits = connection.limits();
        H2Config http2 = H2Config.custom()
                .setMaxFrameSize(Reactors.FRAME)
                .setPushEnabled(false)
                .setMaxConcurrentStreams(limits.counts().streams())
                .setInitialWindowSize(limits.sizes().window())
                .setMaxHeaderListSize(limits.sizes().headerList())
                .setMaxContinuations(limits.sizes().continuations())
                .setHeaderTableSize(4096)
                .build();
        return new ServerH2StreamMultiplexerFactory(
                HTTP_2_RULES,
                (request, context) -> connection.handler(request),
                http2,
                CharCodingConfig.DEFAULT,
                new FrameGuard(connection));
    }

    @Override
    public void disconnected(IOSession session) {
        connections.gone(session.getId());
    }

    @Override
    public void connected(IOSession session) {
        // Admitted already.
    }

    @Override
    public void startTls(IOSession session) {
        // Deadlines are kept by the connection.
    }

    @Override
    public void inputReady(IOSession session) {
        // Frames and requests count, not bytes.
    }

    @Override
    public void outputReady(IOSession session) {
        // Frames and requests count, not bytes.
    }

    @Override
    public void timeout(IOSession session) {
        // Deadlines are kept by the connection.
    }

    @Override
    public void exception(IOSession session, Exception broken) {
        // What a peer breaks is closed by the library.
    }

    /** For a connection that was closed before it began. */
    private enum Silence implements IOEventHandler {
        INSTANCE;

        @Override
        public void connected(IOSession session) {
            // Closed.
        }

        @Override
        public void inputReady(IOSession session, ByteBuffer bytes) {
            // Closed.
        }

        @Override
        public void outputReady(IOSession session) {
            // Closed.
        }

        @Override
        public void timeout(IOSession session, Timeout timeout) {
            // Closed.
        }

        @Override
        public void exception(IOSession session, Exception broken) {
            // Closed.
        }

        @Override
        public void disconnected(IOSession session) {
            // Closed.
        }
    }
}
