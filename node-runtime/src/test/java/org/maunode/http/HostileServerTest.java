package org.maunode.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.maunode.exchange.ExchangeException;
import org.maunode.exchange.ExchangeException.Reason;
import org.maunode.exchange.FakeExchange;
import org.maunode.exchange.RemotePeer;
import org.maunode.identity.FileName;
import org.maunode.identity.VersionHash;

/** What a peer that we called may try, frame by frame. */
@ExtendWith(OwnThreads.class)
final class HostileServerTest {
    private static final TlsIdentity PEER = TestIdentities.ed25519();
    private static final FileName NAME = new FileName("a.pgp");
    private static final VersionHash SUM = FakeExchange.digest(new byte[0]);
    private static final byte STATUS_200 = (byte) 0x88;
    private static final byte STATUS_206 = (byte) 0x8a;

    private final PeerDialer dialer = new PeerDialer(TestIdentities.ed25519(), DialerOptions.DEFAULT);
    private final ByteArrayOutputStream received = new ByteArrayOutputStream();

    @AfterEach
    void close() {
        dialer.close();
    }

    private static byte[] head(int stream, byte status, String... namesAndValues) {
        ByteArrayOutputStream block = new ByteArrayOutputStream();
        block.write(status);
        for (int i = 0; i < namesAndValues.length; i += 2) {
            block.writeBytes(Frames.header(namesAndValues[i], namesAndValues[i + 1]));
        }
        return Frames.of(Frames.HEADERS, Frames.END_HEADERS, stream, block.toByteArray());
    }

    private static byte[] data(int stream, boolean end, String content) {
        byte[] bytes = content.getBytes(StandardCharsets.US_ASCII);
        return Frames.of(Frames.DATA, end ? Frames.END_STREAM : 0, stream, bytes);
    }

    private ScriptedHttp2Server server(ScriptedHttp2Server.Script script) throws Exception {
        return new ScriptedHttp2Server(TestTls.context(TestTls.honest(PEER)), script);
    }

    private void fetch(ScriptedHttp2Server server, long offset, OutputStream into) throws IOException {
        try (RemotePeer peer = dialer.dial(PEER.fingerprint(), server.address())) {
            peer.fetch(PEER.fingerprint(), NAME, offset, SUM, (at, total) -> {
                received.write(Long.toString(at).getBytes(StandardCharsets.US_ASCII));
                return into;
            });
        }
    }

    private Reason reason(ScriptedHttp2Server.Script script) throws Exception {
        try (ScriptedHttp2Server server = server(script)) {
            return assertThrows(ExchangeException.class, () -> fetch(server, 0, OutputStream.nullOutputStream()))
                    .reason();
        }
    }

    @Test
    void moreBytesThanAnnouncedAreNotTaken() throws Exception {
        assertEquals(Reason.PROTOCOL, reason((number, stream, out) -> {
            out.write(head(stream, STATUS_200, "content-length", "2"));
            out.write(data(stream, true, "123"));
        }));
    }

    @Test
    void fewerBytesThanAnnouncedAreNoFile() throws Exception {
        assertEquals(Reason.PROTOCOL, reason((number, stream, out) -> {
            out.write(head(stream, STATUS_200, "content-length", "4"));
            out.write(data(stream, true, "123"));
        }));
    }

    @Test
    void aPeerThatMindsNoWindowIsStopped() throws Exception {
        try (ScriptedHttp2Server server = server((number, stream, out) -> {
            out.write(head(stream, STATUS_200));
            while (true) {
                out.write(data(stream, false, "x".repeat(16_000)));
            }
        })) {
            OutputStream stuck = new OutputStream() {
                @Override
                public void write(int b) {
                    throw new UnsupportedOperationException();
                }

                @Override
                public void write(byte[] buffer, int offset, int length) throws IOException {
                    awaitStopped(server);
                }
            };
            assertThrows(ExchangeException.class, () -> fetch(server, 0, stuck));
        }
    }

    /** A receiver that takes nothing until the sender was stopped: its thread ends with its connection. */
    private static void awaitStopped(ScriptedHttp2Server server) throws IOException {
        try {
            server.awaitEnd();
        } catch (InterruptedException stop) {
            throw new IOException(stop);
        }
    }

    @Test
    void floodsOfFramesThatCarryNothingAreCut() throws Exception {
        List<byte[]> floods = List.of(Frames.ping(), Frames.settings(), Frames.settingsAck());
        for (byte[] frame : floods) {
            assertEquals(Reason.UNREACHABLE, reason((number, stream, out) -> {
                while (true) {
                    out.write(frame);
                }
            }));
        }
        assertEquals(Reason.UNREACHABLE, reason((number, stream, out) -> {
            out.write(head(stream, STATUS_200));
            while (true) {
                out.write(data(stream, false, ""));
            }
        }));
    }

    @Test
    void endlessHeadersAreCut() throws Exception {
        assertTrue(List.of(Reason.UNREACHABLE, Reason.PROTOCOL).contains(reason((number, stream, out) -> {
            out.write(Frames.of(Frames.HEADERS, 0, stream, new byte[] {STATUS_200}));
            while (true) {
                out.write(Frames.of(Frames.CONTINUATION, 0, stream, Frames.header("a", "b")));
            }
        })));
    }

    @Test
    void aStreamThatIsResetIsUnreachable() throws Exception {
        assertEquals(Reason.UNREACHABLE, reason((number, stream, out) -> out.write(Frames.reset(stream))));
    }

    @Test
    void aPeerWithoutTagsIsAskedAgainForTheRangeAlone() throws Exception {
        ByteArrayOutputStream content = new ByteArrayOutputStream();
        try (ScriptedHttp2Server server = server((number, stream, out) -> {
            if (number == 1) {
                out.write(head(stream, STATUS_200, "content-length", "5"));
                out.write(data(stream, false, "12"));
            } else {
                out.write(head(stream, STATUS_206, "content-range", "bytes 3-4/5", "content-length", "2"));
                out.write(data(stream, true, "45"));
            }
        })) {
            fetch(server, 3, content);
            assertEquals(2, server.requests());
        }
        assertEquals("3", received.toString(StandardCharsets.US_ASCII));
        assertEquals("45", content.toString(StandardCharsets.US_ASCII));
    }
}
