package org.maunode.tools;

import com.eclipsesource.json.Json;
import com.eclipsesource.json.JsonObject;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.maunode.tools.shell.Stop;

/** A command that runs until it is told to stop, on a thread of its own; what it prints can be waited for. */
final class Serving implements AutoCloseable {
    private final Stop stop = new Stop();
    private final LineWatch out = new LineWatch();
    private final CompletableFuture<Result> result = new CompletableFuture<>();
    private final Thread thread;

    private Serving(Cli cli, String... words) {
        thread = Thread.ofPlatform().name("mau-test-command").start(() -> {
            Result ended = cli.mau(out, stop, words);
            result.complete(ended);
            out.ended(ended);
        });
    }

    static Serving start(Cli cli, String... words) {
        return new Serving(cli, words);
    }

    /** A server on a free port, that serves. */
    static Serving serve(Cli cli) throws Exception {
        Serving serving = start(cli, "serve", "--port", "0", "--bind", "127.0.0.1", "--json");
        serving.await("}");
        return serving;
    }

    /** Waits until standard output holds {@code text}. */
    String await(String text) throws Exception {
        return out.await(text).get(30, TimeUnit.SECONDS);
    }

    JsonObject json() {
        return Json.parse(out.toString(StandardCharsets.UTF_8)).asObject();
    }

    String address() {
        return "127.0.0.1:" + json().getInt("port", 0);
    }

    /** Asks it to stop. */
    Result stop() {
        stop.request();
        return ended();
    }

    /** Waits until it has ended by itself. */
    Result ended() {
        try {
            Result ended = result.get(30, TimeUnit.SECONDS);
            thread.join();
            return ended;
        } catch (InterruptedException | ExecutionException | TimeoutException never) {
            throw new AssertionError("the command does not end", never);
        }
    }

    @Override
    public void close() {
        stop();
    }

    /** Output that tells when it holds what somebody waits for. */
    private static final class LineWatch extends ByteArrayOutputStream {
        private String awaited = "";
        private CompletableFuture<String> met = new CompletableFuture<>();
        private boolean over;

        synchronized CompletableFuture<String> await(String text) {
            awaited = text;
            met = new CompletableFuture<>();
            look();
            return met;
        }

        synchronized void ended(Result result) {
            over = true;
            met.completeExceptionally(new AssertionError("ended without \"" + awaited + "\": " + result.err()));
        }

        @Override
        public synchronized void write(byte[] bytes, int offset, int length) {
            super.write(bytes, offset, length);
            look();
        }

        private void look() {
            String text = toString(StandardCharsets.UTF_8);
            if (!awaited.isEmpty() && text.contains(awaited)) {
                met.complete(text);
            } else if (over) {
                met.completeExceptionally(new AssertionError("ended without \"" + awaited + "\": " + text));
            }
        }
    }
}
