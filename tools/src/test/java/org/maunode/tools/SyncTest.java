package org.maunode.tools;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.eclipsesource.json.JsonObject;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.maunode.runtime.ExitCode;

/** Two accounts talk over HTTPS, as two people would. */
@ExtendWith(OwnThreads.class)
class SyncTest {
    @TempDir
    Path directory;

    private Cli alice;
    private Cli bob;

    @BeforeEach
    void begin() {
        alice = Cli.with(directory, "alice");
        bob = Cli.with(directory, "bob");
        alice.befriend(bob);
        alice.file("hello.txt", "hello bob\n");
    }

    private Path here(Cli reader, Cli author, String name) {
        return reader.home.resolve(author.fingerprint().toString()).resolve(name);
    }

    @Test
    void whatOneSharesTheOtherHolds() throws Exception {
        byte[] photo = new byte[1_000_000];
        new Random(3).nextBytes(photo);
        Files.write(directory.resolve("photo.bin"), photo);
        alice.mau("share", "hello.txt", "--with", "bob").ok();
        alice.mau("share", "photo.bin", "--public").ok();
        alice.mau("share", "hello.txt", "--name", "diary.txt", "--private").ok();
        try (Serving serving = Serving.serve(alice)) {
            bob.mau("follow", "alice", "--address", serving.address()).ok();
            Result first = bob.mau("sync").ok();
            assertTrue(first.out().matches("alice  complete  2 fetched \\(1\\.0 MB\\), 0 already here\n"), first.out());
            assertEquals(
                    "hello bob\n",
                    bob.mau("open", "hello.txt", "--fingerprint", "alice").ok().out());
            assertArrayEquals(
                    photo,
                    bob.mau("open", "photo.bin", "--fingerprint", "alice").ok().data());
            assertFalse(Files.exists(here(bob, alice, "diary.txt.pgp")));
            assertTrue(bob.mau("sync").ok().out().startsWith("alice  complete  0 fetched (0 B), "));
            bob.mau("verify", "--all").ok();
        }
    }

    @Test
    void aNewVersionArrivesAndTheOldOneStays() throws Exception {
        alice.mau("share", "hello.txt", "--with", "bob").ok();
        try (Serving serving = Serving.serve(alice)) {
            bob.mau("follow", "alice", "--address", serving.address()).ok();
            bob.mau("sync", "-fingerprint", alice.fingerprint().toString()).ok();
            alice.file("hello.txt", "hello again\n");
            alice.mau("share", "hello.txt", "--with", "bob").ok();
            bob.mau("sync").ok();
            assertEquals(
                    "hello again\n",
                    bob.mau("open", "hello.txt", "--fingerprint", "alice").ok().out());
            assertEquals(
                    2,
                    bob.mau("versions", "hello.txt", "--fingerprint", "alice")
                            .ok()
                            .lines()
                            .size());
        }
    }

    @Test
    void aFullSyncAsksForEverythingAgain() throws Exception {
        alice.mau("share", "hello.txt", "--public").ok();
        try (Serving serving = Serving.serve(alice)) {
            bob.mau("follow", "alice", "--address", serving.address()).ok();
            bob.mau("sync").ok();
            Files.delete(here(bob, alice, "hello.txt.pgp"));
            JsonObject full = bob.mau("sync", "-full", "--json")
                    .ok()
                    .json()
                    .asArray()
                    .get(0)
                    .asObject();
            assertEquals(1, full.getInt("fetched", 0));
            assertTrue(full.getBoolean("complete", false));
            assertTrue(Files.exists(here(bob, alice, "hello.txt.pgp")));
        }
    }

    @Test
    void anAddressThatWorkedIsRemembered() throws Exception {
        try (Serving serving = Serving.serve(alice)) {
            bob.mau("follow", "alice").ok();
            Result nowhere = bob.mau("sync").ok();
            assertEquals(
                    List.of(
                            "mau: warning: passing over alice: no address is known",
                            "mau: there is nobody to sync with; mau follow WHO --address HOST:PORT"),
                    nowhere.errors());
            bob.mau("sync", "alice", "--address", serving.address()).ok();
            assertTrue(bob.mau("follows").ok().out().endsWith("  " + serving.address() + "\n"));
            bob.mau("sync").ok();
        }
    }

    @Test
    void aTamperedFileOfThePeerIsRefusedAndNamed() throws Exception {
        alice.mau("share", "hello.txt", "--public").ok();
        Path file = alice.published("hello.txt.pgp");
        byte[] bytes = Files.readAllBytes(file);
        bytes[bytes.length - 1] ^= 1;
        Files.write(file, bytes);
        try (Serving serving = Serving.serve(alice)) {
            bob.mau("follow", "alice", "--address", serving.address()).ok();
            Result result = bob.mau("sync");
            assertEquals(ExitCode.INCOMPLETE.code(), result.code());
            assertTrue(result.out().startsWith("alice  incomplete  0 fetched "), result.out());
            assertTrue(result.err().startsWith("mau: warning: alice: hello.txt.pgp not taken: "), result.err());
            assertFalse(Files.exists(here(bob, alice, "hello.txt.pgp")));
        }
    }

    @Test
    void nobodyThereIsTriedAgainLaterAndLater() throws Exception {
        int port;
        try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = free.getLocalPort();
        }
        bob.mau("follow", "alice", "--address", "127.0.0.1:" + port).ok();
        Result result = bob.mau("sync", "--retry", "2");
        assertEquals(ExitCode.UNREACHABLE.code(), result.code());
        assertEquals(List.of(Duration.ofSeconds(1), Duration.ofSeconds(2)), bob.pauses);
        assertTrue(result.out().startsWith("alice  not reached  127.0.0.1:" + port + ": "), result.out());
        assertEquals(2, result.errors().size(), result.err());
        assertTrue(result.errors().getLast().endsWith("; trying again in 2 s"), result.err());
    }

    @Test
    void somebodyElseAtTheAddressIsNotTried() throws Exception {
        Cli mallory = Cli.with(directory, "mallory");
        try (Serving serving = Serving.serve(mallory)) {
            bob.mau("follow", "alice", "--address", serving.address()).ok();
            Result result = bob.mau("sync");
            assertEquals(ExitCode.UNREACHABLE.code(), result.code());
            assertEquals(List.of(), bob.pauses);
            assertTrue(result.out().startsWith("alice  not reached  " + serving.address() + ": "), result.out());
        }
    }

    @Test
    void severalPeersAtOnce() throws Exception {
        Cli carol = Cli.with(directory, "carol");
        bob.befriend(carol);
        alice.mau("share", "hello.txt", "--public").ok();
        carol.mau("share", "hello.txt", "--public").ok();
        try (Serving first = Serving.serve(alice);
                Serving second = Serving.serve(carol)) {
            bob.mau("follow", "alice", "--address", first.address()).ok();
            bob.mau("follow", "carol", "--address", second.address()).ok();
            assertEquals(
                    List.of("complete", "complete"),
                    bob.mau("sync").ok().lines().stream()
                            .map(line -> line.split(" +")[1])
                            .toList());
            second.stop();
            Result half = bob.mau("sync", "--retry", "0", "--json");
            assertEquals(ExitCode.INCOMPLETE.code(), half.code());
            assertEquals(
                    1,
                    half.json().asArray().values().stream()
                            .filter(peer -> peer.asObject().getBoolean("complete", false))
                            .count());
        }
    }

    @Test
    void everybodyIncludesThoseWithoutAnAddress() {
        bob.mau("follow", "alice").ok();
        Result result = bob.mau("sync", "--all");
        assertEquals(ExitCode.UNREACHABLE.code(), result.code());
        assertEquals(
                "alice  not reached  no address is known; mau follow " + alice.fingerprint() + " --address HOST:PORT\n",
                result.out());
    }

    @Test
    void whoIsNotFollowedIsNotSynced() {
        bob.mau("sync", "alice")
                .failed(ExitCode.NOT_FOUND, "mau: you do not follow alice; mau follow " + alice.fingerprint());
        bob.mau("sync", "--address", "h:1")
                .failed(ExitCode.USAGE, "mau: --address is the address of one peer; name it with --fingerprint");
        bob.mau("sync", "--all", "alice").failed(ExitCode.USAGE, "mau: --all leaves nobody to name");
    }

    @Test
    void aServerMayFollowToo() throws Exception {
        alice.mau("share", "hello.txt", "--public").ok();
        try (Serving serving = Serving.serve(alice)) {
            bob.mau("follow", "alice", "--address", serving.address()).ok();
            bob.terminal = new Detached();
            try (Serving reader = Serving.start(bob, "browse", "--watch");
                    Serving _ = Serving.start(bob, "serve", "--port", "0", "--sync")) {
                String seen = reader.await("  alice  hello.txt  ");
                assertTrue(seen.contains("  alice  hello.txt  "), seen);
            }
        }
    }

    @Test
    void progressIsDrawnOnATerminal() throws Exception {
        Files.write(directory.resolve("big"), new byte[1_000_000]);
        alice.mau("share", "big", "--public").ok();
        try (Serving serving = Serving.serve(alice)) {
            bob.mau("follow", "alice", "--address", serving.address()).ok();
            bob.terminal = new FakeTerminal();
            bob.clock = new SteppingClock();
            String drawn = bob.mau("sync").ok().err();
            assertTrue(drawn.contains("\r\u001B[K0 files  "), drawn);
            assertTrue(drawn.endsWith("\r\u001B[K"), drawn);
        }
    }
}
