package org.maunode.tools;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.eclipsesource.json.Json;
import com.eclipsesource.json.JsonObject;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.maunode.runtime.ExitCode;

@ExtendWith(OwnThreads.class)
class ServeTest {
    @TempDir
    Path directory;

    private Cli alice;

    @BeforeEach
    void begin() {
        alice = Cli.with(directory, "alice");
    }

    @Test
    void saysThatItServesAndEndsWhenAsked() throws Exception {
        try (Serving serving = Serving.start(alice, "serve", "--port", "0")) {
            String line = serving.await("\n");
            assertTrue(line.matches("serving alice  [0-9a-f]{40}  on port \\d+\n"), line);
            Result result = serving.stop().ok();
            assertEquals(List.of("mau: stopped"), result.errors());
        }
    }

    @Test
    void theReadyFileIsThereBeforeTheLine() throws Exception {
        try (Serving serving = Serving.start(alice, "serve", "-port", "0", "--ready-file", "ready", "--json")) {
            serving.await("}");
            JsonObject ready =
                    Json.parse(Files.readString(directory.resolve("ready"))).asObject();
            for (String key : List.of("name", "fingerprint", "port", "home", "pid")) {
                assertEquals(serving.json().get(key), ready.get(key), key);
            }
            assertEquals(alice.fingerprint().toString(), ready.getString("fingerprint", ""));
        }
        assertFalse(Files.exists(directory.resolve("ready")), "it outlives the server");
    }

    @Test
    void aPortInUseIsNamed() throws Exception {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            Result result = alice.mau("serve", "--bind", "127.0.0.1", "--port", String.valueOf(taken.getLocalPort()));
            assertEquals(ExitCode.ADDRESS_IN_USE.code(), result.code());
            assertEquals(1, result.errors().size(), result.err());
            assertTrue(result.err().contains(":" + taken.getLocalPort() + ": the port is in use; "), result.err());
            assertTrue(result.err().endsWith("choose another with --port, or 0 for any free one\n"), result.err());
        }
    }

    @Test
    void whatIsNoPortOrAddressIsNamed() {
        alice.mau("serve", "--port", "65536")
                .failed(ExitCode.USAGE, "mau: --port 65536: not a number between 0 and 65535");
        alice.mau("serve", "--port", "http")
                .failed(
                        ExitCode.USAGE,
                        "mau: invalid value for option '--port': 'http' is not an int; see mau serve --help");
        alice.mau("serve", "--port", "0", "--bind", "no.such.host.invalid")
                .failed(ExitCode.USAGE, "mau: --bind no.such.host.invalid: no address of this computer");
    }
}
