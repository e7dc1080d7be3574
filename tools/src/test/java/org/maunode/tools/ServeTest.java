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
            assertEquals(List.of("mau: stopped"), spoken(result));
        }
    }

    /** Not every machine that runs tests knows the time. */
    private static List<String> spoken(Result result) {
        return result.errors().stream()
                .filter(line -> !line.startsWith("mau: warning: the clock may be wrong"))
                .toList();
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
            assertEquals(1, spoken(result).size(), result.err());
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

    @Test
    void waysIntoTheNetworkThatAreNoneAreNamed() {
        String peer = alice.fingerprint().toString();
        for (String[] bad : new String[][] {
            {"--bootstrap", peer, "not FINGERPRINT@HOST:PORT"},
            {"--bootstrap", "abc@host", "not FINGERPRINT@HOST:PORT"},
            {"--bootstrap", peer + "@host:0", "address \"host:0\" has no port between 1 and 65535"},
            {"--bootstrap", peer + "@", "address \"\" has no host"},
            {"--announce", "host:x", "address \"host:x\" has no port between 1 and 65535"},
            {"--announce", ":1", "address \":1\" has no host"}
        }) {
            alice.mau("serve", "--port", "0", bad[0], bad[1])
                    .failed(ExitCode.USAGE, "mau: " + bad[0] + " " + bad[1] + ": " + bad[2]);
        }
    }

    @Test
    void servesWithEveryWordAboutTheNetwork() throws Exception {
        String peer = "caeb72ddee0703e1b0d0334f88afa037955d532a@127.0.0.1:1";
        try (Serving serving = Serving.start(
                alice,
                "serve",
                "--port=0",
                "--bind=127.0.0.1",
                "--sync",
                "--bootstrap=" + peer,
                "--bootstrap=" + peer.replace('c', 'd'),
                "--announce=me.example:443",
                "--no-upnp",
                "--json")) {
            serving.await("}");
        }
    }

    @Test
    void withoutDiscoveryItServesAndKeepsNoContacts() throws Exception {
        try (Serving serving =
                Serving.start(alice, "serve", "--port=0", "--bind=127.0.0.1", "--no-discovery", "--json")) {
            serving.await("}");
            assertFalse(
                    Thread.getAllStackTraces().keySet().stream()
                            .anyMatch(thread -> thread.getName().matches("mau-(mdns|router|kad).*")),
                    "somebody looks for others");
        }
        assertFalse(Files.exists(alice.home.resolve(".mau-node").resolve("contacts.json")));
    }

    /** It follows nobody by itself, and does so while it is asked. */
    @Test
    void aServerThatDoesNotKeepInSyncSyncsWhenItIsAsked() throws Exception {
        Cli bob = Cli.with(directory, "bob");
        alice.befriend(bob);
        bob.file("a.txt", "a");
        bob.mau("share", "a.txt", "--with", "alice").ok();
        try (Serving ofBob = Serving.serve(bob);
                Serving _ = Serving.serve(alice)) {
            alice.mau("follow", bob.fingerprint().toString(), "--address", ofBob.address())
                    .ok();
            Result result = alice.mau("sync", "bob").ok();
            assertTrue(result.out().contains("complete"), result.out());
            assertTrue(result.out().contains("1 fetched"), result.out());
        }
    }

    @Test
    void aSecondServerInOneHomeIsRefused() throws Exception {
        try (Serving _ = Serving.serve(alice)) {
            Result refused = alice.mau("serve", "--port", "0", "--bind", "127.0.0.1");
            assertTrue(refused.code() != 0, refused.err());
            assertTrue(refused.err().contains("a node runs in " + alice.home + " already"), refused.err());
        }
    }
}
