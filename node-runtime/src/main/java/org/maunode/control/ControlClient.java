package org.maunode.control;

import com.eclipsesource.json.Json;
import com.eclipsesource.json.JsonObject;
import com.eclipsesource.json.JsonValue;
import com.eclipsesource.json.ParseException;
import java.io.IOException;
import java.net.ConnectException;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Objects;
import java.util.function.Consumer;
import org.maunode.control.ControlException.Reason;

/** Asks the node that runs in a home: one connection a question. Thread-safe. */
public final class ControlClient {
    /** Bytes of one line of an answer. */
    static final int MAX_ANSWER = 4 << 20;

    private final Path home;

    /** @param home the account's directory */
    public ControlClient(Path home) {
        this.home = Objects.requireNonNull(home);
    }

    /**
     * Asks, and waits for the answer.
     *
     * @throws ControlException with {@code NOT_RUNNING} if nobody listens, {@code PATH_TOO_LONG} if nobody can, or why there
     *     is no answer
     */
    public JsonValue ask(Question question) {
        return ask(question, _ -> {});
    }

    /**
     * The same.
     *
     * @param progress takes what the node tells before its answer, on this thread
     */
    public JsonValue ask(Question question, Consumer<JsonObject> progress) {
        try (Lines lines = new Lines(connect())) {
            send(lines, question);
            return answer(lines, question, progress);
        } catch (IOException failed) {
            throw new ControlException(Reason.BROKEN, "asking the node failed: " + failed.getMessage(), failed);
        }
    }

    private SocketChannel connect() {
        Path file = SocketFile.in(home);
        try {
            return SocketChannel.open(UnixDomainSocketAddress.of(file));
        } catch (ConnectException nobody) {
            throw notRunning(nobody);
        } catch (IOException failed) {
            throw Files.notExists(file)
                    ? notRunning(failed)
                    : new ControlException(Reason.NOT_PERMITTED, file + ": " + failed.getMessage(), failed);
        }
    }

    private ControlException notRunning(IOException cause) {
        return new ControlException(Reason.NOT_RUNNING, "no node runs in " + home, cause);
    }

    private static void send(Lines lines, Question question) {
        JsonObject json = question.json();
        if (json.toString().length() >= ControlSocket.MAX_REQUEST) {
            throw new ControlException(
                    Reason.TOO_LONG, "the question is longer than " + ControlSocket.MAX_REQUEST + " bytes");
        }
        try {
            lines.write(json, ControlSocket.PATIENCE);
        } catch (ControlException gone) {
            // Whoever turned us away may have said why.
            if (gone.reason() != Reason.BROKEN) {
                throw gone;
            }
        }
    }

    private static JsonValue answer(Lines lines, Question question, Consumer<JsonObject> progress) {
        try {
            while (true) {
                JsonObject line =
                        Json.parse(lines.read(MAX_ANSWER, question.patience())).asObject();
                if (line.get("progress") == null) {
                    return last(line);
                }
                progress.accept(line.get("progress").asObject());
            }
        } catch (ParseException | UnsupportedOperationException malformed) {
            throw notUnderstood(malformed);
        }
    }

    private static JsonValue last(JsonObject line) {
        if (line.get("answer") != null) {
            return line.get("answer");
        }
        if (line.get("error") == null) {
            throw notUnderstood(null);
        }
        JsonObject error = line.get("error").asObject();
        throw new ControlException(
                reason(error.getString("reason", "")), error.getString("message", "no reason given"));
    }

    /** A newer node may have reasons that this program does not know. */
    private static Reason reason(String name) {
        return Arrays.stream(Reason.values())
                .filter(reason -> reason.name().equals(name))
                .findFirst()
                .orElse(Reason.FAILED);
    }

    private static ControlException notUnderstood(RuntimeException cause) {
        return new ControlException(Reason.NOT_UNDERSTOOD, "the node's answer is not understood", cause);
    }
}
