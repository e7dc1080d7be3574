package org.maunode.http;

import java.io.IOException;
import java.nio.ByteBuffer;
import org.apache.hc.core5.http.impl.nio.ServerHttp1IOEventHandler;
import org.apache.hc.core5.http.impl.nio.ServerHttp1StreamDuplexer;
import org.apache.hc.core5.reactor.IOSession;

/**
 * HTTP/1.1 of one caller. Where a caller has closed its side the library goes on to wait for the answers that are under way;
 * here its connection learns of it, so that nothing waits for news on behalf of somebody who left.
 */
final class Http1Handler extends ServerHttp1IOEventHandler {
    private final Connection connection;

    Http1Handler(ServerHttp1StreamDuplexer duplexer, Connection connection) {
        super(duplexer);
        this.connection = connection;
    }

    @Override
    public void inputReady(IOSession session, ByteBuffer bytes) throws IOException {
        super.inputReady(session, bytes);
        if (!isOpen()) {
            connection.left();
        }
    }
}
