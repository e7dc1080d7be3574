package org.maunode.tools;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.eclipsesource.json.JsonObject;
import com.eclipsesource.json.JsonValue;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.maunode.ble.air.FakeAir;
import org.maunode.ble.gatt.BluetoothAddress;
import org.maunode.runtime.ExitCode;
import org.maunode.tools.command.Catalogue;

/** The manual says what the program does. */
@ExtendWith(OwnThreads.class)
class DocsTest {
    private static final Path DOCS = Path.of("..", "docs");
    private static final List<String> EVERYWHERE =
            List.of("--home", "--passphrase-file", "--json", "--quiet", "--log", "--help");
    private static final Pattern OPTION = Pattern.compile("--[a-z-]+");

    @TempDir
    Path directory;

    private static String read(String name) throws IOException {
        return Files.readString(DOCS.resolve(name));
    }

    private static String section(String command) throws IOException {
        String manual = read("cli.md");
        int start = manual.indexOf("\n### " + command + "\n");
        assertTrue(start >= 0, "no section about " + command);
        int end = manual.indexOf("\n### ", start + 1);
        return manual.substring(start, end < 0 ? manual.length() : end);
    }

    @Test
    void theTableOfExitCodesIsTheProgramsOwn() throws IOException {
        List<String> expected = Arrays.stream(ExitCode.values())
                .map(code -> "| " + code.code() + " | " + code + " | " + code.meaning() + " |")
                .toList();
        assertEquals(
                expected,
                read("exit-codes.md")
                        .lines()
                        .filter(line -> line.matches("\\| \\d+ .*"))
                        .toList());
    }

    @ParameterizedTest
    @EnumSource(Catalogue.class)
    void everyOptionIsInTheManual(Catalogue entry) throws IOException {
        Matcher options = OPTION.matcher(
                new Cli(directory, "nobody").mau(entry.word(), "--help").ok().out());
        String section = section(entry.word());
        String all = read("cli.md");
        while (options.find()) {
            String option = options.group();
            String place = EVERYWHERE.contains(option) ? all : section;
            assertTrue(
                    place.contains("`" + option) || place.contains(" " + option) || place.contains("[" + option),
                    option);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"scan", "info", "ls", "get", "sync", "watch"})
    void everyOptionOverBluetoothIsInTheManual(String word) throws IOException {
        String help =
                new Cli(directory, "nobody").mau("ble", word, "--help").ok().out();
        assertTrue(help.startsWith("Usage: mau ble " + word + " "), help);
        Matcher options = OPTION.matcher(help);
        while (options.find()) {
            String place = EVERYWHERE.contains(options.group()) ? read("cli.md") : section("ble");
            assertTrue(place.contains(options.group()), options.group());
        }
        assertTrue(section("ble").contains("`mau ble " + word + " "), word);
    }

    @Test
    void everyKeyOverBluetoothIsInTheManual() throws Exception {
        Cli alice = Cli.with(directory, "alice");
        Cli bob = Cli.with(directory, "bob");
        alice.befriend(bob);
        alice.file("post.json", "{\"@context\":\"https://schema.org\",\"@type\":\"Observation\",\"value\":1}");
        alice.mau("share", "post.json", "--with", "bob").ok();
        bob.mau("follow", "alice").ok();
        BluetoothAddress there = new BluetoothAddress("00:AA:01:00:00:23");
        try (FakeAir air = new FakeAir(1);
                AirNode _ = AirNode.of(air, there, alice)) {
            bob.radios = _ -> air.central(new BluetoothAddress("00:AA:01:01:00:24"));
            for (String words : List.of("scan --for 1", "info A", "ls A", "get A post.json -o out", "sync A")) {
                String[] command = ("ble " + words.replace("A", there.text()) + " --json").split(" ");
                String also = command[1].equals("sync") ? section("sync") : "";
                assertKeys(
                        "ble " + words,
                        section("ble") + also,
                        bob.mau(command).ok().json());
            }
            try (Serving watch = Serving.start(bob, "ble", "watch", "alice", "--json")) {
                watch.await("\n");
                assertKeys("ble watch", section("browse"), watch.json());
            }
        }
    }

    @Test
    void everyKeyIsInTheManual() throws Exception {
        Cli alice = Cli.with(directory, "alice");
        Cli bob = Cli.with(directory, "bob");
        alice.befriend(bob);
        alice.file("post.json", "{\"@context\":\"https://schema.org\",\"@type\":\"Observation\",\"value\":1}");
        alice.mau("share", "post.json", "--with", "bob").ok();
        alice.mau("groups", "add", "family", "bob").ok();
        new Measuring(alice, "--private").batch("door", Measuring.HOUR, Measuring.turned(1, true));
        for (String words : List.of(
                "show",
                "export",
                "friends",
                "groups",
                "follow bob",
                "follows",
                "share post.json --public",
                "files",
                "edit post.json --input post.json",
                "browse",
                "versions post.json",
                "readings alice door",
                "verify",
                "unfollow bob",
                "delete post.json",
                "profile",
                "profile show greenhouse",
                "profile show door",
                "version")) {
            String[] command = (words + " --json").split(" ");
            assertKeys(command[0], alice.mau(command).ok().json());
        }
        try (Serving serving = Serving.serve(alice)) {
            assertKeys("serve", serving.json());
            bob.mau("follow", "alice", "--address", serving.address()).ok();
            assertKeys("sync", bob.mau("sync", "--json").ok().json());
            assertKeys("peers", bob.mau("peers", "--json").ok().json());
            assertKeys("find", bob.mau("find", "alice", "--json").ok().json());
            assertKeys("ping", bob.mau("ping", "alice", "--json").ok().json());
        }
        try (FakeNode _ = new FakeNode(alice.home)) {
            assertKeys("status", alice.mau("status", "--json").ok().json());
        }
    }

    private static void assertKeys(String command, JsonValue printed) throws IOException {
        assertKeys(command, section(command), printed);
    }

    private static void assertKeys(String command, String section, JsonValue printed) throws IOException {
        String all = section + general();
        keys(printed).forEach(key -> assertTrue(all.contains("`" + key + "`"), command + ": " + key));
    }

    /** What is said once of persons, files and readers. */
    private static String general() throws IOException {
        String manual = read("cli.md");
        return manual.substring(manual.indexOf("JSON of a person"), manual.indexOf("## Commands"));
    }

    private static Stream<String> keys(JsonValue value) {
        if (value.isArray()) {
            return value.asArray().values().stream().flatMap(DocsTest::keys);
        }
        if (!value.isObject()) {
            return Stream.empty();
        }
        JsonObject object = value.asObject();
        return object.names().stream().flatMap(name -> Stream.concat(Stream.of(name), keys(object.get(name))));
    }
}
