package org.maunode.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What a stranger may say in HTTP/2, frame by frame, on whatever wire. */
abstract class HostileHttp2 extends HostileClient {
    private static final Set<Integer> REFUSALS = Set.of(Frames.HEADERS, Frames.RST_STREAM, Frames.GOAWAY);

    @Test
    void continuationsWithoutEndAreCut() throws Exception {
        try (RawClient client = http2()) {
            client.send(Frames.of(Frames.HEADERS, Frames.END_STREAM, 1, Frames.block("GET", path(""))));
            client.sendUntilCut(Frames.of(Frames.CONTINUATION, 0, 1, Frames.header("a", "b")));
        }
        assertEquals(0, asked.get());
    }

    @Test
    void headersThatUnpackToTooMuchAreRefused() throws Exception {
        try (RawClient client = http2()) {
            byte[] block = Frames.block("GET", path(""));
            byte[] fat = Frames.header("a", "b".repeat(LIMITS.sizes().headerList()));
            byte[] both = Arrays.copyOf(block, block.length + fat.length);
            System.arraycopy(fat, 0, both, block.length, fat.length);
            client.send(Frames.of(Frames.HEADERS, Frames.END_HEADERS | Frames.END_STREAM, 1, both));
            assertTrue(isRefused(client));
        }
        assertEquals(0, asked.get());
    }

    /** By an answer, by a reset of the stream, or by a goodbye: whichever comes first, behind what a connection begins with. */
    private static boolean isRefused(RawClient client) throws IOException {
        Optional<Frames.Frame> frame = client.frame();
        while (frame.isPresent() && !REFUSALS.contains(frame.get().type())) {
            frame = client.frame();
        }
        return frame.isPresent();
    }

    @Test
    void rapidResetIsCut() throws Exception {
        try (RawClient client = http2()) {
            assertThrows(IOException.class, () -> {
                for (int stream = 1; ; stream += 2) {
                    client.send(Frames.request("GET", stream, path("/large.pgp")), Frames.reset(stream));
                }
            });
        }
        assertTrue(asked.get() <= 2 * LIMITS.rates().control().burst(), "asked " + asked.get());
    }

    @Test
    void pingsWhoseAnswersAreNotReadAreCut() throws Exception {
        try (RawClient client = http2()) {
            client.sendUntilCut(Frames.ping());
        }
    }

    @Test
    void floodsOfFramesThatCarryNothingAreCut() throws Exception {
        List<byte[]> floods = List.of(
                Frames.settings(),
                Frames.settings(3, 100),
                Frames.of(2, 0, 1, new byte[5]),
                Frames.settingsAck(),
                Frames.of(Frames.DATA, 0, 1, new byte[0]));
        for (byte[] frame : floods) {
            try (RawClient client = http2()) {
                client.send(Frames.of(Frames.HEADERS, Frames.END_HEADERS, 1, Frames.block("POST", path(""))));
                client.sendUntilCut(frame);
            }
        }
    }

    /** RFC 9113, 4.1, wants them passed over; the library (5.4.4) closes. Told here so that a better one is noticed. */
    @Test
    void anUnknownFrameEndsItsConnectionAndNothingElse() throws Exception {
        try (RawClient client = http2()) {
            client.send(Frames.of(0x42, 0, 0, new byte[3]));
            client.untilClosed();
        }
    }
}
