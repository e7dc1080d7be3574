package org.maunode.tools;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.eclipsesource.json.JsonArray;
import com.eclipsesource.json.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.maunode.ble.air.FakeAir;
import org.maunode.ble.air.Faults;
import org.maunode.ble.gatt.BluetoothAddress;
import org.maunode.ble.gatt.GattException;
import org.maunode.runtime.ExitCode;

/** Bob's computer and alice's node, with nothing between them but air. */
@ExtendWith(OwnThreads.class)
@Timeout(120)
class BleTest {
    private static final BluetoothAddress HERE = new BluetoothAddress("00:AA:01:01:00:24");
    private static final BluetoothAddress THERE = new BluetoothAddress("00:AA:01:00:00:23");
    private static final String NODE = THERE.text();

    @TempDir
    Path directory;

    private final FakeAir air = new FakeAir(4);
    private Cli alice;
    private Cli bob;

    @BeforeEach
    void begin() {
        alice = Cli.with(directory, "alice");
        bob = Cli.with(directory, "bob");
        alice.befriend(bob);
        bob.radios = _ -> air.central(HERE);
        alice.file("hello.txt", "hello bob\n");
    }

    @AfterEach
    void end() {
        assertEquals(0, air.connections(), "a connection is left");
        air.close();
    }

    private AirNode node() throws IOException {
        return AirNode.of(air, THERE, alice);
    }

    private byte[] photo(Cli owner, int size, String... audience) throws IOException {
        byte[] photo = new byte[size];
        new Random(3).nextBytes(photo);
        Files.write(directory.resolve("photo.bin"), photo);
        owner.mau(Stream.concat(Stream.of("share", "photo.bin"), Stream.of(audience))
                        .toArray(String[]::new))
                .ok();
        return photo;
    }

    private String reading(int value) {
        return "{\"@context\":\"https://schema.org\",\"@type\":\"Observation\",\"name\":\"temperature\",\"value\":"
                + value + "}";
    }

    private void publish(String name, int value) {
        alice.file(name, reading(value));
        alice.mau("share", name, "--with", "bob").ok();
    }

    private String hint() {
        return alice.fingerprint().toString().substring(0, 12);
    }

    private List<Path> partials() throws IOException {
        Path place = bob.home.resolve(".mau-node/partial");
        if (!Files.exists(place)) {
            return List.of();
        }
        try (Stream<Path> tree = Files.walk(place)) {
            return tree.filter(Files::isRegularFile).toList();
        }
    }

    // scan

    @Test
    void aNodeIsHeardAndRecognisedByItsHint() throws Exception {
        try (AirNode _ = node();
                Serving scan = Serving.start(bob, "ble", "scan", "--for", "0")) {
            scan.await("\n");
            Result ended = scan.stop().ok();
            assertEquals(NODE + "  " + hint() + "  alice's node  may be alice\n", ended.out());
            assertEquals(List.of(), ended.errors());
        }
    }

    @Test
    void whoScansIsToldForAProgramToo() throws Exception {
        try (AirNode _ = node();
                Serving scan = Serving.start(bob, "ble", "scan", "--for", "0", "--json")) {
            scan.await("}");
            JsonArray heard = scan.stop().ok().json().asArray();
            JsonObject one = heard.get(0).asObject();
            assertEquals(1, heard.size());
            assertEquals(NODE, one.getString("address", ""));
            assertEquals(hint(), one.getString("hint", ""));
            assertTrue(one.get("rssi").isNull());
            JsonObject maybe = one.get("mayBe").asArray().get(0).asObject();
            assertEquals(alice.fingerprint().toString(), maybe.getString("fingerprint", ""));
        }
    }

    @Test
    void listeningNeedsNoAccountAndSilenceIsSaid() {
        Cli nobody = new Cli(directory, "nobody");
        nobody.radios = bob.radios;
        Result silent = nobody.mau("ble", "scan", "--for", "1").ok();
        assertEquals("", silent.out());
        assertEquals(List.of("mau: no node was heard"), silent.errors());
    }

    // info

    @Test
    void aNodeTellsWhoItIsAndProvesIt() throws Exception {
        air.mtu(247);
        try (AirNode _ = node()) {
            String told = bob.mau("ble", "info", NODE).ok().out();
            String expected =
                    """
                    Address:      00:AA:01:00:00:23
                    Name:         alice's node
                    Fingerprint:  %s
                    Proved:       by TLS, as alice
                    Version:      1
                    MTU:          247 bytes
                    Connected:    in N ms
                    Proof:        after another N ms
                    First answer: after another N ms
                    """
                            .formatted(alice.fingerprint());
            assertEquals(expected, told.replaceAll("\\d+ ms", "N ms"));
        }
    }

    @Test
    void aNodeThatIsNotWhoItSaysIsFoundOut() throws Exception {
        Cli mallory = Cli.with(directory, "mallory");
        try (AirNode _ = AirNode.saying(air, THERE, mallory, alice.fingerprint().toString())) {
            Result result = bob.mau("ble", "info", "alice", "--json");
            assertEquals(ExitCode.UNREACHABLE.code(), result.code());
            JsonObject told = result.json().asObject();
            assertFalse(told.getBoolean("proved", true));
            assertEquals(
                    mallory.fingerprint() + " answers at 00-aa-01-00-00-23.ble:6275, not " + alice.fingerprint(),
                    told.getString("error", ""));
            assertEquals(ExitCode.UNREACHABLE.code(), bob.mau("ble", "ls", NODE).code());
        }
    }

    // ls

    @Test
    void everythingThatIsSharedIsListedPageByPage() throws Exception {
        publish("hello.json", 1);
        Path first = alice.published("hello.json.pgp");
        for (int i = 0; i < 250; i++) {
            Path copy = Files.copy(first, alice.published("copy-%03d.json.pgp".formatted(i)));
            Files.setLastModifiedTime(copy, FileTime.from(Cli.MADE.plus(Duration.ofMinutes(i))));
        }
        try (AirNode _ = node()) {
            List<String> lines = bob.mau("ble", "ls", NODE).ok().lines();
            assertEquals(251, lines.size());
            assertTrue(
                    lines.getFirst().matches("copy-000\\.json\\.pgp  \\d+ B  2026-11-01 08:00:00"), lines.getFirst());
            JsonArray all =
                    bob.mau("ble", "ls", "alice", "alice", "--json").ok().json().asArray();
            assertEquals(251, all.size());
            JsonObject last = all.get(250).asObject();
            assertEquals("hello.json.pgp", last.getString("name", ""));
            assertEquals(alice.fingerprint().toString(), last.getString("author", ""));
            assertEquals(Files.size(first), last.getLong("size", 0));
        }
    }

    @Test
    void aStrangerSeesWhatIsPublic() throws Exception {
        publish("sealed.json", 1);
        alice.mau("share", "hello.txt", "--public").ok();
        Cli carol = Cli.with(directory, "carol");
        carol.radios = bob.radios;
        try (AirNode _ = node()) {
            List<String> lines = carol.mau("ble", "ls", NODE).ok().lines();
            assertEquals(1, lines.size());
            assertTrue(lines.getFirst().startsWith("hello.txt.pgp  "), lines.getFirst());
            Result none =
                    carol.mau("ble", "ls", NODE, carol.fingerprint().toString()).ok();
            assertEquals(List.of("mau: it shares nothing with you"), none.errors());
            carol.mau("ble", "get", NODE, "hello.txt")
                    .failed(
                            ExitCode.NOT_FOUND,
                            "mau: the key of " + alice.fingerprint()
                                    + " is not here, so nothing of theirs can be verified; mau friend KEYFILE adds it");
        }
    }

    // get

    @Test
    void aFileIsFetchedVerifiedAndPrinted() throws Exception {
        byte[] photo = photo(alice, 100_000, "--with", "bob");
        try (AirNode _ = node()) {
            Result got = bob.mau("ble", "get", NODE, "photo.bin").ok();
            assertArrayEquals(photo, got.data());
            assertTrue(
                    got.err()
                            .matches("mau: photo\\.bin\\.pgp: " + Files.size(alice.published("photo.bin.pgp"))
                                    + " bytes in \\d+\\.\\d s, \\d+\\.\\d KiB/s\n"),
                    got.err());
            bob.mau("ble", "get", "alice", "photo.bin", "--message", "-o", "as-it-is")
                    .ok();
            assertArrayEquals(
                    Files.readAllBytes(alice.published("photo.bin.pgp")),
                    Files.readAllBytes(directory.resolve("as-it-is")));
            assertEquals(List.of(), partials());
        }
    }

    @Test
    void aCutLinkIsMadeAgainAndGoesOnAtItsByte() throws Exception {
        byte[] photo = photo(alice, 300_000, "--public");
        long size = Files.size(alice.published("photo.bin.pgp"));
        try (AirNode _ = node()) {
            air.cutAfter(400);
            Result got = bob.mau("ble", "get", NODE, "photo.bin", "-o", "here.bin", "--json")
                    .ok();
            JsonObject told = got.json().asObject();
            assertEquals(1, told.getInt("cuts", 0));
            assertEquals(size, told.getLong("bytes", 0));
            assertEquals(0, told.getLong("before", -1));
            assertArrayEquals(photo, Files.readAllBytes(directory.resolve("here.bin")));
            assertEquals(
                    "mau: " + NODE + ": the connection is gone: the connection was cut; trying again",
                    got.errors().getFirst());
        }
    }

    @Test
    void whatAnEarlierRunGotIsNotFetchedAgain() throws Exception {
        photo(alice, 300_000, "--public");
        long size = Files.size(alice.published("photo.bin.pgp"));
        try (AirNode node = node()) {
            air.cutAfter(400);
            Result cut = bob.mau("ble", "get", NODE, "photo.bin", "-o", "here.bin", "--retry", "0");
            // A try that brought something is not in vain, so that there was another.
            assertEquals(ExitCode.OK.code(), cut.code(), cut.err());
            Files.delete(directory.resolve("here.bin"));
            air.faults(Faults.NONE.pace(Duration.ofMillis(1)));
            try (Serving slow = Serving.start(bob, "ble", "get", NODE, "photo.bin", "-o", "here.bin")) {
                node.lines.take();
                node.lines.take();
                awaitPartial(50_000);
                Result stopped = slow.stop();
                assertEquals(ExitCode.FAILED.code(), stopped.code());
                assertEquals("mau: interrupted", stopped.errors().getLast());
                assertFalse(Files.exists(directory.resolve("here.bin")));
            }
            air.faults(Faults.NONE);
            long before = Files.size(partials().getFirst());
            JsonObject told = bob.mau("ble", "get", NODE, "photo.bin", "-o", "here.bin", "--json")
                    .ok()
                    .json()
                    .asObject();
            assertEquals(before, told.getLong("before", 0));
            assertEquals(size - before, told.getLong("bytes", 0));
        }
    }

    /** Looks at the disk, which tells nobody that it grew. */
    private void awaitPartial(long least) throws IOException {
        long end = System.nanoTime() + Duration.ofSeconds(60).toNanos();
        while (partials().stream().mapToLong(file -> file.toFile().length()).sum() < least) {
            assertTrue(System.nanoTime() < end, "nothing arrives");
            Thread.onSpinWait();
        }
    }

    @Test
    void whatDoesNotVerifyIsNeverPrinted() throws Exception {
        alice.mau("share", "hello.txt", "--public").ok();
        Path file = alice.published("hello.txt.pgp");
        byte[] bytes = Files.readAllBytes(file);
        bytes[bytes.length - 1] ^= 1;
        Files.write(file, bytes);
        try (AirNode _ = node()) {
            Result refused = bob.mau("ble", "get", NODE, "hello.txt", "-o", "here.txt");
            assertEquals(ExitCode.NOT_VERIFIED.code(), refused.code());
            assertTrue(refused.errors().getLast().startsWith("mau: hello.txt.pgp: "), refused.err());
            assertFalse(Files.exists(directory.resolve("here.txt")));
            assertEquals(List.of(), partials());
            Result printed = bob.mau("ble", "get", NODE, "hello.txt");
            assertEquals("", printed.out());
            assertEquals(
                    "", bob.mau("ble", "get", NODE, "hello.txt", "--message").out());
        }
    }

    @Test
    void aFileThatIsNotThereIsNamed() throws Exception {
        try (AirNode _ = node()) {
            bob.mau("ble", "get", NODE, "nothing")
                    .failed(
                            ExitCode.INCOMPLETE,
                            "mau: the node shares no file nothing.pgp of " + alice.fingerprint() + " with you");
        }
        bob.mau("ble", "get", NODE, "x", "--json")
                .failed(ExitCode.USAGE, "mau: --json leaves no place for the content; name a file with --output");
    }

    @Test
    void progressIsDrawnInBytesAndSeconds() throws Exception {
        photo(alice, 100_000, "--public");
        try (AirNode _ = node()) {
            bob.terminal = new FakeTerminal();
            bob.clock = new SteppingClock();
            String drawn = bob.mau("ble", "get", NODE, "photo.bin").ok().err();
            assertTrue(
                    drawn.matches(
                            "(?s).*\r\u001B\\[Kphoto\\.bin\\.pgp  \\d+ of \\d+ bytes  \\d+ s  \\d+\\.\\d KiB/s.*"),
                    drawn);
        }
    }

    // sync

    private Path here(Cli reader, Cli author, String name) {
        return reader.home.resolve(author.fingerprint().toString()).resolve(name);
    }

    @Test
    void bothSidesHaveEverythingAfterwards() throws Exception {
        publish("hello.json", 1);
        bob.file("letter.txt", "dear alice\n");
        bob.mau("share", "letter.txt", "--with", "alice").ok();
        bob.mau("share", "letter.txt", "--name", "diary.txt", "--private").ok();
        bob.mau("follow", "alice").ok();
        alice.mau("follow", "bob").ok();
        long bytes = Files.size(alice.published("hello.json.pgp"));
        long given = Files.size(bob.published("letter.txt.pgp"));
        try (AirNode _ = node()) {
            assertEquals(
                    "alice  complete  1 fetched (" + bytes + " B), 0 already here, 1 given (" + given + " B)\n",
                    bob.mau("ble", "sync", NODE).ok().out());
            bob.mau("verify", "--all").ok();
            assertTrue(Files.exists(here(alice, bob, "letter.txt.pgp")));
            assertFalse(Files.exists(here(alice, bob, "diary.txt.pgp")));
            JsonObject again = bob.mau("ble", "sync", "alice", "--json")
                    .ok()
                    .json()
                    .asArray()
                    .get(0)
                    .asObject();
            assertEquals(List.of(0, 0), List.of(again.getInt("fetched", 1), again.getInt("given", 1)));
            assertTrue(again.getBoolean("complete", false));
        }
    }

    @Test
    void aCutLinkCostsASyncNothing() throws Exception {
        bob.mau("follow", "alice").ok();
        alice.mau("follow", "bob").ok();
        photo(alice, 200_000, "--public");
        photo(bob, 200_000, "--public");
        try (AirNode _ = node()) {
            air.cutAfter(250);
            JsonObject told = bob.mau("ble", "sync", NODE, "--json")
                    .ok()
                    .json()
                    .asArray()
                    .get(0)
                    .asObject();
            assertEquals(1, told.getInt("cuts", 0));
            assertEquals(1, told.getInt("fetched", 0));
            assertEquals(Files.size(alice.published("photo.bin.pgp")), told.getLong("bytes", 0));
            assertEquals(1, told.getInt("given", 0));
            assertTrue(Files.exists(here(alice, bob, "photo.bin.pgp")));
        }
    }

    @Test
    void aNodeThatDoesNotFollowUsWantsNothing() throws Exception {
        publish("hello.json", 1);
        bob.file("letter.txt", "dear alice\n");
        bob.mau("share", "letter.txt", "--public").ok();
        bob.mau("follow", "alice").ok();
        try (AirNode _ = node()) {
            String out = bob.mau("ble", "sync", NODE).ok().out();
            assertTrue(out.endsWith(" already here, 0 given (0 B), 1 not wanted there\n"), out);
        }
    }

    @Test
    void whoIsNotFollowedIsNotSynced() throws Exception {
        try (AirNode _ = node()) {
            bob.mau("ble", "sync", NODE)
                    .failed(ExitCode.NOT_FOUND, "mau: you do not follow alice; mau follow " + alice.fingerprint());
        }
    }

    @Test
    void aNodeThatLeavesDuringASyncLeavesWhatCame() throws Exception {
        bob.mau("follow", "alice").ok();
        photo(alice, 300_000, "--public");
        publish("first.json", 1);
        Files.setLastModifiedTime(alice.published("first.json.pgp"), FileTime.from(Cli.MADE));
        try (AirNode node = node()) {
            air.faults(Faults.NONE.pace(Duration.ofMillis(1)));
            try (Serving sync = Serving.start(bob, "ble", "sync", NODE, "--retry", "1", "--timeout", "1")) {
                awaitPartial(50_000);
                node.away();
                Result ended = sync.ended();
                assertEquals(ExitCode.INCOMPLETE.code(), ended.code());
                assertTrue(
                        ended.out().startsWith("alice  incomplete  1 fetched (")
                                && ended.out().contains("ended early: "),
                        ended.out());
            }
        }
    }

    // watch

    @Test
    void whatANodePublishesIsOnTheScreen() throws Exception {
        publish("temperature.json", 20);
        publish("older.json", 5);
        Files.setLastModifiedTime(
                alice.published("older.json.pgp"), FileTime.from(Instant.now().minusSeconds(90)));
        try (AirNode _ = node();
                Serving watch = Serving.start(bob, "ble", "watch", NODE)) {
            String first = watch.await("20");
            assertTrue(first.contains("  alice  Observation  temperature\n"), first);
            assertFalse(first.contains("value: 5"), first);
            publish("temperature.json", 21);
            watch.await("21");
            air.cut();
            publish("temperature.json", 22);
            watch.await("22");
            Result ended = watch.stop().ok();
            assertEquals(
                    List.of(
                            "mau: connected to alice at " + NODE + "; interrupt to end",
                            "mau: " + NODE + ": the connection is gone: the connection was cut; trying again",
                            "mau: connected to alice at " + NODE + "; interrupt to end"),
                    ended.errors());
        }
    }

    @Test
    void aProgramWatchesADocumentALine() throws Exception {
        publish("temperature.json", 20);
        photo(alice, 400_000, "--public");
        Files.setLastModifiedTime(
                alice.published("photo.bin.pgp"), FileTime.from(Instant.now().minusSeconds(3600)));
        try (AirNode _ = node();
                Serving watch = Serving.start(bob, "ble", "watch", "alice", "--json", "--last", "2")) {
            watch.await("}}\n");
            JsonObject told = watch.json();
            assertTrue(told.getBoolean("verified", false));
            assertEquals("temperature.json.pgp", told.getString("name", ""));
            Result ended = watch.stop().ok();
            assertTrue(ended.err().contains("mau: photo.bin.pgp is new, and not fetched: it has "), ended.err());
            assertEquals(List.of(), partials());
        }
    }

    // What goes wrong.

    @Test
    void aComputerWithoutBluetoothSaysSo() {
        Cli carol = Cli.with(directory, "carol");
        for (String words : List.of("scan", "info " + NODE, "ls " + NODE, "get " + NODE + " x", "watch " + NODE)) {
            carol.mau(("ble " + words).split(" "))
                    .failed(
                            ExitCode.NO_BLUETOOTH,
                            "mau: there is no Bluetooth here; bluetoothctl list tells the adapters, "
                                    + "bluetoothctl power on switches one on");
        }
    }

    @Test
    void whoMayNotUseBluetoothIsTold() {
        bob.radios = adapter -> {
            throw new GattException(
                    GattException.Reason.NOT_ALLOWED, "D-Bus does not let you use " + adapter.orElse("any"));
        };
        bob.mau("ble", "scan", "--adapter", "hci1")
                .failed(
                        ExitCode.NO_BLUETOOTH,
                        "mau: D-Bus does not let you use hci1; are you in the group that D-Bus lets use Bluetooth?");
    }

    @Test
    void whoIsNotThereIsLookedForInVain() {
        bob.mau("ble", "info", NODE, "--timeout", "1")
                .failed(
                        ExitCode.UNREACHABLE,
                        "mau: " + NODE + " was not heard; is it near and switched on? mau ble scan tells who is heard");
        bob.mau("ble", "ls", "alice", "--timeout", "1")
                .failed(
                        ExitCode.UNREACHABLE,
                        "mau: alice was not heard within 1 s; is it near and switched on? mau ble scan tells who is heard");
    }

    @Test
    void whatIsNoNodeIsNotTriedAgain() {
        air.stranger(THERE);
        bob.mau("ble", "ls", NODE).failed(ExitCode.UNREACHABLE, "mau: " + NODE + " is no Mau node");
    }

    @Test
    void wordsThatMeanNothingAreUsage() {
        bob.mau("ble")
                .failed(
                        ExitCode.USAGE,
                        "mau: ble scan, info, ls, get, sync or watch?; mau ble --help tells what each does");
        bob.mau("ble", "info", "00:AA:01")
                .failed(ExitCode.USAGE, "mau: \"00:AA:01\" is no Bluetooth address, as in 00:AA:01:00:00:23");
        bob.mau("ble", "info", "zoe")
                .failed(ExitCode.NOT_FOUND, "mau: no friend is called \"zoe\"; mau friends lists them");
        bob.mau("ble", "scan", "--for", "-1").failed(ExitCode.USAGE, "mau: --for -1: not a number between 0 and 86400");
        bob.mau("ble", "info", NODE, "--timeout", "0")
                .failed(ExitCode.USAGE, "mau: --timeout 0: not a number between 1 and 3600");
        bob.mau("ble", "sync", NODE, "--retry", "-1").failed(ExitCode.USAGE, "mau: --retry -1: not a number from 0 on");
        bob.mau("ble", "watch", NODE, "--last", "101")
                .failed(ExitCode.USAGE, "mau: --last 101: not a number between 0 and 100");
    }
}
