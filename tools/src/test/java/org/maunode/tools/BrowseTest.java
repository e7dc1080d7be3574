package org.maunode.tools;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.eclipsesource.json.Json;
import com.eclipsesource.json.JsonArray;
import com.eclipsesource.json.JsonObject;
import java.io.PipedInputStream;
import java.io.PipedOutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.maunode.runtime.ExitCode;
import org.maunode.tools.shell.Terminal;

/** What was posted, in order. */
@ExtendWith(OwnThreads.class)
class BrowseTest {
    private static final Instant NOON = Instant.parse("2026-11-23T12:00:00Z");

    @TempDir
    Path directory;

    private Cli alice;

    @BeforeEach
    void begin() {
        alice = Cli.with(directory, "alice");
        alice.terminal = new Detached();
    }

    private void share(String name, String content, int secondsAfterNoon) {
        alice.file(name, content);
        alice.clock = InstantSource.fixed(NOON.plusSeconds(secondsAfterNoon));
        alice.mau("share", name, "--public").ok();
    }

    private static String post(String headline, String text) {
        return new JsonObject()
                .add("@context", "https://schema.org")
                .add("@type", "SocialMediaPosting")
                .add("headline", headline)
                .add("articleBody", text)
                .toString();
    }

    private static String reading(double value) {
        return new JsonObject()
                .add("@context", "https://schema.org")
                .add("@type", new JsonArray().add("Observation").add("mau:Reading"))
                .add("name", "Air temperature")
                .add("value", value)
                .add("unitText", "°C")
                .toString();
    }

    @Test
    void postsStandInTheOrderOfTheirSignatures() {
        share("second.json", post("Second", "two\nlines"), 60);
        share("third.txt", "plain", 120);
        share("first.json", reading(21.4), 0);
        long size = size("third.txt.pgp");
        assertEquals(
                List.of(
                        "2026-11-23 12:00:00  alice  Observation  Air temperature",
                        "    21.4 °C",
                        "2026-11-23 12:01:00  alice  SocialMediaPosting  Second",
                        "    two",
                        "    lines",
                        "2026-11-23 12:02:00  alice  third.txt  " + size + " B"),
                alice.mau("browse").ok().lines());
    }

    private long size(String name) {
        return alice.published(name).toFile().length();
    }

    @Test
    void choosesByTypeWithAndWithoutPrefix() {
        share("a.json", reading(1), 0);
        share("b.json", post("B", "b"), 1);
        share("c.txt", "c", 2);
        for (String type : List.of("Observation", "observation", "mau:Reading", "reading")) {
            assertEquals(2, alice.mau("browse", "--type", type).ok().lines().size(), type);
        }
        assertEquals("", alice.mau("browse", "--type", "Person").ok().out());
    }

    @Test
    void choosesByTime() {
        share("a.txt", "a", 0);
        share("b.txt", "b", 3600);
        alice.clock = InstantSource.fixed(NOON.plusSeconds(7200));
        assertEquals(1, alice.mau("browse", "--since", "1h").ok().lines().size());
        assertEquals(2, alice.mau("browse", "--since", "2h").ok().lines().size());
        assertEquals(
                2, alice.mau("browse", "--since", "2026-11-23").ok().lines().size());
        assertEquals(
                1,
                alice.mau("browse", "--since", "2026-11-23T12:00:01Z")
                        .ok()
                        .lines()
                        .size());
        assertEquals(
                1,
                alice.mau("browse", "--since", "2026-11-23 12:30").ok().lines().size());
        assertEquals(
                0, alice.mau("browse", "--since", "2026-11-24").ok().lines().size());
        alice.mau("browse", "--since", "yesterday")
                .failed(
                        ExitCode.USAGE,
                        "mau: \"yesterday\" is no time; write 2026-11-23, 2026-11-23T08:15:00Z, 3h or 2d");
    }

    @Test
    void theNewestAreShownAndTheOldestFirst() {
        for (int i = 0; i < 5; i++) {
            share("f" + i + ".txt", "x", i);
        }
        List<String> two = alice.mau("browse", "--limit", "2").ok().lines();
        assertEquals(2, two.size());
        assertTrue(two.get(0).contains("f3.txt") && two.get(1).contains("f4.txt"), two::toString);
        assertEquals(5, alice.mau("browse", "--limit", "0").ok().lines().size());
        alice.mau("browse", "--limit", "-1").failed(ExitCode.USAGE, "mau: --limit -1: not a number from 0 on");
    }

    @Test
    void whatDoesNotVerifyIsMarkedAndNotShown() throws Exception {
        share("a.json", post("Secret headline", "x"), 0);
        Path file = alice.published("a.json.pgp");
        byte[] bytes = Files.readAllBytes(file);
        bytes[bytes.length - 1] ^= 1;
        Files.write(file, bytes);
        String shown = alice.mau("browse").ok().out();
        assertTrue(shown.contains("  alice  NOT VERIFIED  a.json  "), shown);
        assertTrue(!shown.contains("headline"), shown);
        JsonObject json =
                alice.mau("browse", "--json").ok().json().asArray().get(0).asObject();
        assertTrue(!json.getBoolean("verified", true) && !json.get("problem").isNull(), json.toString());
    }

    @Test
    void brokenJsonIsSaidInItsLine() {
        share("a.json", "{\"name\": \"half", 0);
        String shown = alice.mau("browse").ok().out();
        assertTrue(shown.contains("  alice  a.json  ") && shown.contains("(line 1, column "), shown);
    }

    @Test
    void aPostCannotMoveTheCursor() {
        share("a.json", post("\u001b[2J\u202eevil", "one\r\n\u0007two"), 0);
        assertEquals(
                List.of(
                        "2026-11-23 12:00:00  alice  SocialMediaPosting  \uFFFD[2J\uFFFDevil",
                        "    one",
                        "    \uFFFDtwo"),
                alice.mau("browse").ok().lines());
    }

    @Test
    void aLongTextIsCut() {
        share("a.json", post("Long", "x".repeat(5000)), 0);
        assertTrue(alice.mau("browse").ok().out().length() < 1200);
    }

    @Test
    void jsonHasStableKeys() {
        share("a.json", reading(21.4), 0);
        JsonObject json =
                alice.mau("browse", "--json").ok().json().asArray().get(0).asObject();
        assertEquals(
                List.of(
                        "name",
                        "author",
                        "size",
                        "modified",
                        "sha256",
                        "authorName",
                        "time",
                        "verified",
                        "problem",
                        "types",
                        "title",
                        "text",
                        "fields"),
                json.names());
        assertEquals("2026-11-23T12:00:00Z", json.getString("time", ""));
        assertEquals("21.4", json.get("fields").asObject().getString("value", ""));
    }

    @Test
    void onlyThoseWhoAreNamed() {
        Cli bob = Cli.with(directory, "bob");
        alice.befriend(bob);
        alice.mau("follow", "bob").ok();
        share("a.txt", "a", 0);
        assertEquals(1, alice.mau("browse").ok().lines().size());
        assertEquals(0, alice.mau("browse", "bob").ok().lines().size());
        assertEquals(
                1,
                alice.mau("browse", "alice", "--fingerprint", "bob")
                        .ok()
                        .lines()
                        .size());
    }

    @Test
    void watchingGoesOnWithWhatComesAndTellsItOnce() throws Exception {
        share("a.txt", "a", 0);
        share("b.txt", "b", 1);
        try (Serving watching = Serving.start(alice, "browse", "--watch")) {
            watching.await("b.txt");
            share("c.json", post("C", "c"), 2);
            watching.await("  SocialMediaPosting  C\n    c\n");
            share("c.json", post("C2", "c2"), 3);
            watching.await("  SocialMediaPosting  C2\n    c2\n");
            Result result = watching.stop().ok();
            assertEquals(6, result.lines().size(), result.out());
            assertEquals(List.of("mau: watching; interrupt to end"), result.errors());
        }
    }

    @Test
    void watchingInJsonIsADocumentALine() throws Exception {
        share("a.txt", "a", 0);
        try (Serving watching = Serving.start(alice, "browse", "--watch", "--json", "--type", "SocialMediaPosting")) {
            share("c.json", post("C", "c"), 2);
            String line = watching.await("\n");
            assertEquals("C", Json.parse(line).asObject().getString("title", ""));
            assertEquals(1, watching.stop().ok().lines().size());
        }
    }

    @Test
    void watchingEndsWithItsInput() throws Exception {
        share("a.txt", "a", 0);
        PipedOutputStream theirs = new PipedOutputStream();
        alice.in = new PipedInputStream(theirs);
        alice.terminal = Terminal.NONE;
        try (Serving watching = Serving.start(alice, "browse", "--watch")) {
            watching.await("a.txt");
            theirs.close();
            watching.ended().ok();
        }
    }
}
