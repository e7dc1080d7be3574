package org.maunode.http;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What a stranger may try in HTTP/2, frame by frame. */
final class HostileClientHttp2Test extends HostileHttp2 {
    @Test
    void streamsThatAreNotReadAreCutAllTogether() throws Exception {
        try (RawClient client = http2()) {
            client.send(Frames.settings(4, 1));
            for (int stream = 1; stream < 2 * LIMITS.counts().streams(); stream += 2) {
                client.send(Frames.request("GET", stream, path("/large.pgp")));
            }
            client.untilClosed();
        }
    }

    @Test
    void manyConnectionsOfStalledStreamsCostNoMoreThanTheirPlaces() throws Exception {
        List<RawClient> clients = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            RawClient client = http2();
            clients.add(client);
            client.send(Frames.settings(4, 1));
            for (int stream = 1; stream < 2 * LIMITS.counts().streams(); stream += 2) {
                client.send(Frames.request("GET", stream, path("/large.pgp")));
            }
        }
        assertTrue(server.connections().bodiesUnderWay() <= LIMITS.counts().bodiesPerPeer());
        for (RawClient client : clients) {
            client.untilClosed();
            client.close();
        }
    }

    @Test
    void requestsBehindAClosedWindowAreCut() throws Exception {
        try (RawClient client = http2()) {
            client.send(Frames.request("GET", 1, path("/large.pgp")));
            client.send(Frames.windowUpdate(1, 1 << 20));
            for (int taken = 0; taken < 65535; ) {
                Frames.Frame frame = client.frame().orElseThrow();
                taken += frame.type() == Frames.DATA ? frame.payload().length : 0;
            }
            assertThrows(IOException.class, () -> {
                for (int stream = 3; ; stream += 2) {
                    client.send(Frames.request("HEAD", stream, path("/small.pgp")));
                }
            });
        }
        assertTrue(asked.get() < 6 * LIMITS.counts().streams(), "asked " + asked.get());
    }

    @Test
    void aPeerThatAsksMoreOftenThanTheRateIsToldSo() throws Exception {
        Limits.Rates rates = new Limits.Rates(
                new Limits.Rate(5, 100),
                LIMITS.rates().connects(),
                LIMITS.rates().control());
        restart(LIMITS.with(rates));
        try (RawClient client = http1()) {
            for (int i = 0; i < 5; i++) {
                client.send(get(path("/small.pgp")));
            }
            for (int i = 0; i < 5; i++) {
                assertEquals("HTTP/1.1 200 OK small", client.answer());
            }
            client.send(get(path("/small.pgp")).repeat(10));
            List<String> answers = new ArrayList<>();
            for (int i = 0; i < 10; i++) {
                answers.add(client.answer());
            }
            assertTrue(answers.contains("HTTP/1.1 429 Too Many Requests "), answers.toString());
        }
        restart(LIMITS);
    }

    @Test
    void whoIsIdleIsToldGoodbye() throws Exception {
        try (RawClient client = RawClient.open(server.address(), Anonymous.tls(), Tls.H2)) {
            client.send(Frames.PREFACE, Frames.settings(), Frames.request("GET", 1, path("/small.pgp")));
            Optional<Frames.Frame> last = Optional.empty();
            for (Optional<Frames.Frame> frame; (frame = client.frame()).isPresent(); ) {
                last = frame;
            }
            assertEquals(Frames.GOAWAY, last.orElseThrow().type());
        }
    }

    @Test
    void legalSettingsThatTheLibraryWouldRefuseAreTaken() throws Exception {
        try (RawClient client = RawClient.open(server.address(), Anonymous.tls(), Tls.H2)) {
            client.send(Frames.PREFACE);
            client.send(Frames.settings(3, 0, 1, -1), Frames.request("GET", 1, path("/small.pgp")));
            Optional<Frames.Frame> frame;
            do {
                frame = client.frame();
            } while (frame.orElseThrow().type() != Frames.DATA);
            assertArrayEquals(
                    "small".getBytes(StandardCharsets.US_ASCII), frame.get().payload());
        }
    }
}
