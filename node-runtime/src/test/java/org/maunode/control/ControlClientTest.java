package org.maunode.control;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.eclipsesource.json.Json;
import com.eclipsesource.json.JsonValue;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.maunode.control.ControlException.Reason;

/** A node that answers anything: CS-20, CS-22, CS-23. */
@Timeout(60)
class ControlClientTest {
    @TempDir
    private Path home;

    private ServerSocketChannel server;

    @BeforeEach
    void listen() throws IOException {
        Path file = SocketFile.in(home);
        Files.createDirectory(file.getParent());
        server = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
        server.bind(UnixDomainSocketAddress.of(file));
    }

    @AfterEach
    void close() throws IOException {
        server.close();
    }

    private JsonValue answered(String script) throws Exception {
        Thread node = Thread.ofPlatform().start(() -> answer(script.getBytes(StandardCharsets.UTF_8)));
        try {
            return new ControlClient(home).ask(new Question.Status());
        } finally {
            node.join();
        }
    }

    private void answer(byte[] script) {
        try (SocketChannel client = server.accept()) {
            client.read(ByteBuffer.allocate(ControlSocket.MAX_REQUEST));
            ByteBuffer rest = ByteBuffer.wrap(script);
            while (rest.hasRemaining()) {
                client.write(rest);
            }
        } catch (IOException hungUp) {
            // The client had enough.
        }
    }

    private ControlException failure(String script) {
        return assertThrows(ControlException.class, () -> answered(script));
    }

    @Test
    void theAnswerIsWhatTheNodeSays() throws Exception {
        assertEquals(Json.value(7), answered("{\"answer\":7}\n"));
        assertEquals(Json.NULL, answered("{\"progress\":{}}\n{\"new\":1,\"answer\":null}\n"));
    }

    @Test
    void progressComesBeforeTheAnswer() throws Exception {
        List<JsonValue> told = new ArrayList<>();
        Thread node = Thread.ofPlatform()
                .start(() -> answer("{\"progress\":{\"a\":1}}\n{\"progress\":{\"a\":2}}\n{\"answer\":3}\n"
                        .getBytes(StandardCharsets.UTF_8)));
        assertEquals(Json.value(3), new ControlClient(home).ask(new Question.Status(), told::add));
        node.join();
        assertEquals(List.of(Json.parse("{\"a\":1}"), Json.parse("{\"a\":2}")), told);
    }

    @ParameterizedTest
    @ValueSource(strings = {"garbage\n", "7\n", "{}\n", "{\"progress\":7}\n", "{\"error\":7}\n", "\n"})
    void whatIsNoAnswerIsToldSo(String script) {
        assertEquals(Reason.NOT_UNDERSTOOD, failure(script).reason());
    }

    @Test
    void aNodeThatHangsUpIsToldSo() {
        assertEquals(Reason.BROKEN, failure("").reason());
        assertEquals(Reason.BROKEN, failure("{\"answer\":7}").reason());
        assertEquals(Reason.BROKEN, failure("{\"progress\":{}}\n").reason());
    }

    @Test
    void aReasonFromTheFutureIsAFailure() {
        ControlException failure = failure("{\"error\":{\"reason\":\"TIRED\",\"message\":\"later\"}}\n");
        assertEquals(Reason.FAILED, failure.reason());
        assertEquals("later", failure.getMessage());
        assertEquals(Reason.FAILED, failure("{\"error\":{}}\n").reason());
        assertEquals(Reason.BUSY, failure("{\"error\":{\"reason\":\"BUSY\"}}\n").reason());
    }

    @Test
    void aLineMayHaveFourMebibytesAndNotAByteMore() throws Exception {
        String end = "\"}\n";
        String start = "{\"answer\":\"";
        String text = "x".repeat(ControlClient.MAX_ANSWER - start.length() - end.length());
        assertEquals(Json.value(text), answered(start + text + end));
        assertEquals(Reason.TOO_LONG, failure(start + text + "x" + end).reason());
    }
}
