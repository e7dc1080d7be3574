package org.maunode.tools;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.eclipsesource.json.Json;
import com.eclipsesource.json.JsonObject;
import com.eclipsesource.json.JsonValue;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.maunode.runtime.ExitCode;

/** Commands that look for peers where no node runs. */
@ExtendWith(OwnThreads.class)
class FindTest {
    private static final String STRANGER = "00112233445566778899aabbccddeeff00112233";

    @TempDir
    Path directory;

    private Cli alice;
    private Cli bob;

    @BeforeEach
    void begin() {
        alice = Cli.with(directory, "alice");
        bob = Cli.with(directory, "bob");
        alice.befriend(bob);
    }

    /** Bob remembers that alice proved herself there. */
    private void proven(String address) throws IOException {
        Path file = bob.home.resolve(".mau-node").resolve("places.json");
        Files.createDirectories(file.getParent());
        Files.writeString(
                file,
                "[{\"peer\":\"" + alice.fingerprint() + "\",\"address\":\"" + address
                        + "\",\"how\":\"mdns\",\"when\":\"2026-11-20T08:00:00Z\"}]");
    }

    private static String free() throws IOException {
        try (ServerSocket once = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return "127.0.0.1:" + once.getLocalPort();
        }
    }

    @Test
    void aPeerIsFoundBehindALiarAndTheWayIsRemembered() throws Exception {
        Cli mallory = Cli.with(directory, "mallory");
        try (Serving liar = Serving.serve(mallory);
                Serving serving = Serving.serve(alice)) {
            proven(liar.address());
            bob.mau("follow", "alice", "--address", serving.address()).ok();
            JsonObject found = bob.mau("find", "alice", "--json").ok().json().asObject();
            assertTrue(found.getBoolean("proved", false));
            assertEquals(serving.address(), found.getString("address", ""));
            assertEquals("given", found.getString("how", ""));
            assertEquals(alice.fingerprint().toString(), found.getString("fingerprint", ""));
            assertEquals(2, found.get("addresses").asArray().size());
            String known = bob.mau("peers").ok().out();
            assertTrue(
                    known.matches(
                            "alice  [0-9a-f]{40}  " + serving.address() + "  given  proved .*  friend, followed\n"),
                    known);
        }
    }

    @Test
    void everyAddressIsTold() throws Exception {
        try (Serving serving = Serving.serve(alice)) {
            proven(serving.address());
            assertEquals(
                    serving.address() + "  proven  proved\n",
                    bob.mau("find", alice.fingerprint().toString()).ok().out());
        }
        Result gone = bob.mau("find", "-fingerprint", "alice");
        assertEquals(ExitCode.UNREACHABLE.code(), gone.code());
        assertEquals(1, gone.lines().size(), gone.out());
        assertTrue(gone.errors().getLast().startsWith("mau: not found: 127.0.0.1:"), gone.err());
    }

    @Test
    void whoIsNowhereIsNotFound() {
        Result result = bob.mau("find", STRANGER);
        assertEquals(ExitCode.UNREACHABLE.code(), result.code());
        assertEquals(
                List.of("mau: not found: no address of " + STRANGER
                        + " is known (asked: proven, given, mdns, kademlia)"),
                result.errors());
        assertEquals("", result.out());
        JsonObject json = bob.mau("find", STRANGER, "--json").json().asObject();
        assertFalse(json.getBoolean("proved", true));
        assertEquals(Json.NULL, json.get("address"));
    }

    @Test
    void whoIsNobodyIsNamed() {
        bob.mau("find", "carol")
                .failed(ExitCode.NOT_FOUND, "mau: no friend is called \"carol\"; mau friends lists them");
        bob.mau("find").failed(ExitCode.USAGE, "mau: WHO is missing");
        bob.mau("ping", "00112233")
                .failed(ExitCode.USAGE, "mau: \"00112233\" has 8 digits; a fingerprint has 40, and is never shortened");
    }

    @Test
    void aPingTellsWhereAndHowFast() throws Exception {
        try (Serving serving = Serving.serve(alice)) {
            proven(serving.address());
            Result result = bob.mau("ping", "alice", "--count", "3").ok();
            assertEquals(3, result.lines().size());
            assertTrue(result.lines().getFirst().matches(serving.address() + "  proven  \\d+ ms"), result.out());
            assertEquals(List.of(Duration.ofSeconds(1), Duration.ofSeconds(1)), bob.pauses);
            List<JsonValue> json = bob.mau("ping", "alice", "--count=2", "--json")
                    .ok()
                    .json()
                    .asArray()
                    .values();
            assertEquals(2, json.size());
            assertTrue(json.getFirst().asObject().getInt("millis", -1) >= 0);
        }
    }

    @Test
    void aPingThatFailsSaysWhy() throws Exception {
        proven(free());
        Result result = bob.mau("ping", "alice");
        assertEquals(ExitCode.UNREACHABLE.code(), result.code());
        assertTrue(result.out().startsWith("not reached  127.0.0.1:"), result.out());
    }

    @Test
    void howOftenIsANumber() {
        bob.mau("ping", "alice", "--count", "0")
                .failed(ExitCode.USAGE, "mau: --count 0: not a number between 1 and 100000");
        bob.mau("ping", "alice", "--count", "100001")
                .failed(ExitCode.USAGE, "mau: --count 100001: not a number between 1 and 100000");
    }

    @Test
    void whatIsOnDiskIsListed() throws Exception {
        Result empty = Cli.with(directory, "carol").mau("peers").ok();
        assertEquals("", empty.out());
        assertEquals(
                List.of(
                        "mau: no node runs; this is what is on disk",
                        "mau: nobody is known yet; mau friend KEYFILE adds a friend"),
                empty.errors());
        assertEquals(
                "alice  " + alice.fingerprint() + "  no address  friend\n",
                bob.mau("peers", "--quiet").ok().out());
        proven("192.168.1.7:6275");
        bob.mau("follow", "alice", "--address", "alice.example").ok();
        assertEquals(
                List.of(
                        "alice  " + alice.fingerprint()
                                + "  192.168.1.7:6275    mdns   proved 2026-11-20 08:00:00  friend, followed",
                        "alice  " + alice.fingerprint()
                                + "  alice.example:6275  given                              friend, followed"),
                bob.mau("peers").ok().lines());
        assertEquals(2, bob.mau("peers", "--json").ok().json().asArray().size());
    }

    @Test
    void contactsThatANodeKeptAreListedAndASpoiltFileIsTold() throws Exception {
        Path file = bob.home.resolve(".mau-node").resolve("contacts.json");
        Files.createDirectories(file.getParent());
        Files.writeString(file, "[{\"fingerprint\":\"" + STRANGER + "\",\"address\":\"203.0.113.7:6275\"}]");
        assertEquals(
                STRANGER + "  203.0.113.7:6275  kademlia",
                bob.mau("peers").ok().lines().getLast().strip());
        for (String spoilt : List.of("{}", "garbage", " ".repeat(256 * 1024 + 1))) {
            Files.writeString(file, spoilt);
            Result result = bob.mau("peers").ok();
            assertEquals(1, result.lines().size());
            assertTrue(result.errors().getFirst().startsWith("mau: warning: the contacts in " + file), result.err());
        }
    }

    @Test
    void aSyncFindsWhoMovedAndTriesWhatWorkedLastFirst() throws Exception {
        try (Serving serving = Serving.serve(alice)) {
            bob.mau("follow", "alice", "--address", free()).ok();
            proven(serving.address());
            assertTrue(bob.mau("sync", "--retry", "0").ok().out().startsWith("alice  complete  "));
            assertTrue(bob.mau("peers").ok().out().contains(serving.address() + "  mdns   proved "));
        }
    }

    @Test
    void everybodyIncludesThoseOfWhomOnlyAPlaceIsKnown() throws Exception {
        try (Serving serving = Serving.serve(alice)) {
            bob.mau("follow", "alice").ok();
            proven(serving.address());
            assertTrue(bob.mau("sync").ok().out().startsWith("alice  complete  "));
            assertTrue(bob.mau("sync", "--all").ok().out().startsWith("alice  complete  "));
        }
    }

    @Test
    void aSearchIsDrawnOnATerminal() throws Exception {
        proven(free());
        bob.terminal = new FakeTerminal();
        bob.clock = new SteppingClock();
        String drawn = bob.mau("find", "alice").err();
        assertTrue(drawn.contains("\r\u001B[K127.0.0.1:"), drawn);
    }
}
