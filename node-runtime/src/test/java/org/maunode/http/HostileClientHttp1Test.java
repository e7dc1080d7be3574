package org.maunode.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What a stranger may try in HTTP/1.1. */
final class HostileClientHttp1Test extends HostileHttp1 {
    @Test
    void whoNeverAsksIsCut() throws Exception {
        for (String protocol : Tls.PROTOCOLS) {
            try (RawClient client = RawClient.open(server.address(), Anonymous.tls(), protocol)) {
                client.untilClosed();
            }
        }
    }

    @Test
    void aHeaderThatNeverEndsInTimeIsCut() throws Exception {
        try (RawClient client = http1()) {
            client.send("GET " + path("") + " HTTP/1.1\r\nHost: x\r\n");
            Thread dripping =
                    Thread.ofVirtual().start(() -> client.sendUntilCut("a".getBytes(StandardCharsets.US_ASCII)));
            client.untilClosed();
            dripping.join();
        }
        assertEquals(0, asked.get());
    }

    @Test
    void theSecondHeaderHasADeadlineToo() throws Exception {
        try (RawClient client = http1()) {
            client.send(get(path("/small.pgp")));
            assertEquals("HTTP/1.1 200 OK small", client.answer());
            client.send("GET / HTTP/1.1\r\nHo");
            client.untilClosed();
        }
    }

    @Test
    void anAddressThatDoesNotEndIsCut() throws Exception {
        try (RawClient client = http1()) {
            client.sendUntilCut(("GET /" + "a".repeat(1000)).getBytes(StandardCharsets.US_ASCII));
        }
        assertEquals(0, asked.get());
    }

    @Test
    void endlessHeadersAreRefused() throws Exception {
        try (RawClient client = http1()) {
            client.send("GET " + path("") + " HTTP/1.1\r\nHost: x\r\n");
            client.sendUntilCut("A: b\r\n".repeat(200).getBytes(StandardCharsets.US_ASCII));
        }
        assertEquals(0, asked.get());
    }

    @Test
    void pipelinedRequestsAreAnsweredInOrderUpToTheLimit() throws Exception {
        try (RawClient client = http1()) {
            client.send(get(path("/small.pgp")).repeat(10));
            for (int i = 0; i < 10; i++) {
                assertEquals("HTTP/1.1 200 OK small", client.answer());
            }
        }
        try (RawClient client = http1()) {
            client.sendUntilCut(get(path("/large.pgp")).getBytes(StandardCharsets.US_ASCII));
        }
        assertTrue(asked.get() < 200, "asked " + asked.get());
    }

    @Test
    void noMoreConnectionsInAllThanTheLimit() throws Exception {
        restart(withCounts(2, 100, 100));
        try (RawClient first = http1();
                RawClient second = http1()) {
            assertThrows(IOException.class, this::http1);
            first.send(get(path("/small.pgp")));
            assertEquals("HTTP/1.1 200 OK small", first.answer());
            second.send(get(path("/small.pgp")));
            assertEquals("HTTP/1.1 200 OK small", second.answer());
        }
    }

    @Test
    void noMoreBodiesOfOnePeerThanTheLimit() throws Exception {
        Limits.Counts d = Limits.Counts.DEFAULT;
        restart(LIMITS.with(new Limits.Counts(
                d.connections(), d.perOrigin(), d.handshakes(), d.streams(), d.bodies(), 2, d.waiting())));
        List<RawClient> readers = new ArrayList<>();
        for (int i = 0; i < 2; i++) {
            RawClient reader = RawClient.open(server.address(), Anonymous.tls(), Tls.HTTP_1_1, 8192);
            reader.send(get(path("/large.pgp")));
            assertTrue(reader.line().contains("200"));
            readers.add(reader);
        }
        try (RawClient third = http1()) {
            third.send(get(path("/small.pgp")));
            assertEquals("HTTP/1.1 503 Service Unavailable ", third.answer());
        }
        askWell();
        for (RawClient reader : readers) {
            reader.close();
        }
    }

    @Test
    void aReaderWhoStopsReadingIsCut() throws Exception {
        try (RawClient client = RawClient.open(server.address(), Anonymous.tls(), Tls.HTTP_1_1, 8192)) {
            client.send(get(path("/large.pgp")));
            assertTrue(client.line().contains("200"));
            assertTrue(server.connections().awaitNone(Duration.ofSeconds(10)));
        }
    }
}
