package org.maunode.http;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.net.InetSocketAddress;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;

/** The same over the radio in memory (CA-1): nothing of it ends the line, and whoever calls next by it is served. */
final class HostileHttp1OverBleTest extends HostileHttp1 {
    private static AirLines air;

    @BeforeAll
    static void connect() {
        air = new AirLines(247);
    }

    @AfterAll
    static void hangUp() {
        air.close();
    }

    @Override
    void opened(PeerServer fresh) {
        air.lines().node().serve(fresh::plug);
    }

    @Override
    InetSocketAddress door() {
        return air.lines().rawDoor();
    }

    @AfterEach
    void theLineServesTheNextCaller() throws IOException {
        try (RawClient next = http1()) {
            next.send(get(path("/small.pgp")));
            assertEquals("HTTP/1.1 200 OK small", next.answer());
        }
    }
}
