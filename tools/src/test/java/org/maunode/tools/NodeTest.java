package org.maunode.tools;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.eclipsesource.json.JsonObject;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.maunode.runtime.ExitCode;

/** Commands that ask the node that runs in the home. */
@ExtendWith(OwnThreads.class)
class NodeTest {
    private static final String PEER = "ff112233445566778899aabbccddeeff00112233";

    @TempDir
    Path directory;

    private Cli alice;

    @BeforeEach
    void begin() {
        alice = Cli.with(directory, "alice");
    }

    /** Nobody who asks the node needs to open the account. */
    private Cli withoutPassphrase() {
        alice.fingerprint();
        alice.environment.remove("MAU_PASSPHRASE_FILE");
        return alice;
    }

    @Test
    void aNodeTellsHowItIs() throws Exception {
        try (FakeNode _ = new FakeNode(alice.home)) {
            assertEquals(
                    List.of(
                            "Name:         alice",
                            "Fingerprint:  00112233445566778899aabbccddeeff00112233",
                            "Home:         /home/alice",
                            "Version:      0.1.0",
                            "Process:      42, up 2 h 5 min",
                            "Addresses:    192.168.1.7:6275, [2001:db8::7]:6275",
                            "Outside:      203.0.113.5:6275, by pcp, for 1 h 0 min, renewed in time",
                            "Clock:        unsure: nothing shows that the system clock is right",
                            "Memory:       heap 8.1 MB of 33.6 MB",
                            "Following:    2 peers",
                            "  bob, waiting, 192.168.1.8:6275, last 2026-11-23 08:01:00",
                            "  ee112233445566778899aabbccddeeff00112233, away, no address is known"),
                    withoutPassphrase().mau("status").ok().lines());
        }
    }

    @Test
    void itsStatusIsPassedOnAsItIs() throws Exception {
        try (FakeNode node = new FakeNode(alice.home)) {
            node.status.add("new", 1);
            assertEquals(
                    node.status,
                    withoutPassphrase().mau("status", "--json").ok().json());
        }
    }

    @Test
    void aNodeOfAnotherVersionMayLeaveThingsOut() throws Exception {
        try (FakeNode node = new FakeNode(alice.home)) {
            node.status = new JsonObject()
                    .add("name", "a\u001b[2Jlice")
                    .add("outside", 7)
                    .add("following", "x")
                    .add("clock", "y")
                    .add("started", "yesterday");
            assertEquals(
                    List.of(
                            "Name:         a\uFFFD[2Jlice",
                            "Process:      0, up 0 s",
                            "Outside:      not known",
                            "Following:    nobody"),
                    alice.mau("status").ok().lines());
        }
    }

    @Test
    void whereNoNodeRunsThatIsSaid() {
        alice.mau("status").failed(ExitCode.NOT_RUNNING, "mau: no node runs in " + alice.home + "; bin/run starts one");
        new Cli(directory, "nobody")
                .mau("status")
                .failed(
                        ExitCode.NO_ACCOUNT,
                        "mau: there is no account in " + directory.resolve("nobody")
                                + "; name its directory with --home, or make one with: mau init --name NAME");
    }

    @Test
    void whereNoNodeCanBeAskedThatIsSaid() throws Exception {
        Path deep = directory.resolve("x".repeat(100));
        Files.createDirectories(deep.resolve(".mau"));
        Files.createFile(deep.resolve(".mau").resolve("account.pgp"));
        Result result = alice.mau("status", "--home", deep.toString());
        assertEquals(ExitCode.FAILED.code(), result.code());
        assertTrue(result.err().contains(" bytes, and that of a socket may have 106; "), result.err());
    }

    @Test
    void itsPeersAreListed() throws Exception {
        try (FakeNode _ = new FakeNode(alice.home)) {
            assertEquals(
                    PEER + "  192.168.1.8:6275  mdns  proved 2026-11-23 08:00:00  followed, waiting\n",
                    withoutPassphrase().mau("peers").ok().out());
            JsonObject peer =
                    alice.mau("peers", "--json").ok().json().asArray().get(0).asObject();
            assertEquals("2026-11-23T08:00:00Z", peer.getString("proven", ""));
            assertEquals("waiting", peer.getString("phase", ""));
        }
    }

    @Test
    void itFindsAndPingsForUs() throws Exception {
        try (FakeNode node = new FakeNode(alice.home)) {
            withoutPassphrase();
            assertEquals(
                    "192.168.1.8:6275  mdns  proved\n",
                    alice.mau("find", PEER).ok().out());
            assertEquals(
                    "192.168.1.8:6275  mdns  7 ms\n",
                    alice.mau("ping", "-fingerprint", PEER).ok().out());
            node.isOnline = false;
            Result lost = alice.mau("find", PEER);
            assertEquals(ExitCode.UNREACHABLE.code(), lost.code());
            assertEquals("192.168.1.8:6275  mdns  nobody there\n", lost.out());
            assertEquals(List.of("mau: not found: 192.168.1.8:6275: nobody there"), lost.errors());
            assertEquals(List.of(PEER, PEER, PEER), List.copyOf(node.asked));
        }
    }

    @Test
    void itSyncsForUs() throws Exception {
        Cli bob = Cli.with(directory, "bob");
        alice.befriend(bob);
        alice.mau("follow", "bob", "--address", "h.invalid:1").ok();
        try (FakeNode node = new FakeNode(alice.home)) {
            assertEquals(
                    "bob  complete  2 fetched (1.0 kB), 3 already here\n",
                    alice.mau("sync").ok().out());
            assertEquals("sync 1", node.asked.take());
            node.isOnline = false;
            Result lost = alice.mau("sync", "bob");
            assertEquals(ExitCode.UNREACHABLE.code(), lost.code());
            assertEquals("bob  not reached  nobody there\n", lost.out());
            assertEquals("sync 1", node.asked.take());
            JsonObject json =
                    alice.mau("sync", "--json").json().asArray().get(0).asObject();
            assertEquals("nobody there", json.getString("error", ""));
            assertEquals("bob", json.getString("name", ""));
            assertEquals("sync 1", node.asked.take());
            Result all = alice.mau("sync", "--all");
            assertEquals("sync 0", node.asked.take(), "everybody needs no names");
            assertEquals("bob  not reached  the node does not follow it yet\n", all.out());
        }
    }

    @Test
    void aFullSyncAndOneAtAGivenAddressAreOurOwn() throws Exception {
        Cli bob = Cli.with(directory, "bob");
        alice.befriend(bob);
        try (Serving serving = Serving.serve(bob);
                FakeNode node = new FakeNode(alice.home)) {
            alice.mau("follow", "bob").ok();
            alice.mau("sync", "bob", "--address", serving.address()).ok();
            alice.mau("sync", "--full").ok();
            assertEquals(List.of(), List.copyOf(node.asked));
        }
    }
}
