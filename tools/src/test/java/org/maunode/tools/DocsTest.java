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

    @Test
    void everyKeyIsInTheManual() throws Exception {
        Cli alice = Cli.with(directory, "alice");
        Cli bob = Cli.with(directory, "bob");
        alice.befriend(bob);
        alice.file("post.json", "{\"@context\":\"https://schema.org\",\"@type\":\"Observation\",\"value\":1}");
        alice.mau("share", "post.json", "--with", "bob").ok();
        alice.mau("groups", "add", "family", "bob").ok();
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
        String section = section(command) + general();
        keys(printed).forEach(key -> assertTrue(section.contains("`" + key + "`"), command + ": " + key));
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
