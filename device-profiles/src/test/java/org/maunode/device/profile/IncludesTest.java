package org.maunode.device.profile;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.maunode.device.profile.Written.LOAD;
import static org.maunode.device.profile.Written.PUMP;
import static org.maunode.device.profile.Written.with;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Profiles that are made of others. */
final class IncludesTest {
    @TempDir
    private Path folder;

    private void write(String name, String include, String channels) throws IOException {
        String json = "{\"name\": \"%s\", \"version\": 1, \"title\": \"T\",\n\"include\": [%s],\n\"channels\": {%s}}";
        Files.writeString(folder.resolve(name + ".json"), json.formatted(name, include, channels));
    }

    private Profile load(String name) {
        return Profiles.load(folder.resolve(name + ".json"));
    }

    private String refusal(String name) {
        return assertThrows(ProfileException.class, () -> load(name))
                .getMessage()
                .replace(folder + "/", "");
    }

    private static List<String> names(Profile profile) {
        return profile.channels().stream()
                .map(channel -> channel.name().value())
                .toList();
    }

    /** PR-21 */
    @Test
    void inheritedChannelsComeFirst() throws IOException {
        write("shed", "\"host\"", "\"pump\": " + PUMP);
        assertEquals(
                List.of(
                        "cpu-temperature",
                        "load",
                        "memory",
                        "storage",
                        "uptime",
                        "network-received",
                        "network-sent",
                        "wifi-signal",
                        "pump"),
                names(load("shed")));
        assertEquals("shed/1", load("shed").id());
    }

    /** PR-21 */
    @Test
    void aProfileMayBeNothingButOthers() throws IOException {
        write("both", "\"left\", \"right\"", "");
        write("left", "", "\"a\": " + LOAD);
        write("right", "", "\"b\": " + LOAD);
        assertEquals(List.of("a", "b"), names(load("both")));
        Path file = folder.resolve("both.json");
        Files.writeString(file, Files.readString(file).replace(",\n\"channels\": {}", ""));
        assertEquals(List.of("a", "b"), names(load("both")));
    }

    /** PR-21: what two others include, is there once. */
    @Test
    void whatIsIncludedTwiceIsReadOnce() throws IOException {
        write("top", "\"left\", \"right\"", "\"c\": " + LOAD);
        write("left", "\"bottom\"", "\"a\": " + LOAD);
        write("right", "\"bottom\"", "\"b\": " + LOAD);
        write("bottom", "", "\"z\": " + LOAD);
        assertEquals(List.of("z", "a", "b", "c"), names(load("top")));
    }

    /** PR-21: a profile's text means the same in every folder. */
    @Test
    void aReadyProfileIsNotReplacedByAFileOfItsName() throws IOException {
        write("shed", "\"host\"", "\"pump\": " + PUMP);
        write("host", "", "\"only\": " + LOAD);
        assertEquals(9, load("shed").channels().size());
    }

    /** PR-21 */
    @Test
    void aFileMayHaveTheNameOfTheReadyProfileThatItExtends() throws IOException {
        write("host", "\"host\"", "\"pump\": " + PUMP);
        assertEquals(9, load("host").channels().size());
    }

    /** PR-22 */
    @Test
    void oneOfItsOwnReplacesAnInheritedOneInItsPlace() throws IOException {
        write("shed", "\"host\"", "\"load\": " + with(LOAD, "\"Load\"", "\"My load\""));
        assertEquals(8, load("shed").channels().size());
        assertEquals("My load", load("shed").channels().get(1).title());
    }

    /** PR-22 */
    @Test
    void nullTakesAnInheritedOneAway() throws IOException {
        write("shed", "\"host\"", "\"load\": null, \"wifi-signal\": null");
        assertEquals(6, load("shed").channels().size());
        write("odd", "\"host\"", "\"laod\": null");
        assertEquals(
                "odd.json:3:14: channel \"laod\" is null, and no included profile has it; did you mean \"load\"?",
                refusal("odd"));
    }

    /** PR-22 */
    @Test
    void whoTakesEverythingAwayHasNothing() throws IOException {
        write("one", "", "\"a\": " + LOAD);
        write("none", "\"one\"", "\"a\": null");
        assertTrue(refusal("none").contains("there is no channel"));
    }

    /** PR-23 */
    @Test
    void twoThatDisagreeMustBeDecidedBetween() throws IOException {
        write("left", "", "\"a\": " + LOAD);
        write("right", "", "\"a\": " + with(LOAD, "\"Load\"", "\"Another\""));
        write("top", "\"left\", \"right\"", "");
        assertEquals(
                "top.json:2:21: another included profile has a different channel \"a\";"
                        + " describe \"a\" here, or write null for it",
                refusal("top"));
        write("top", "\"left\", \"right\"", "\"a\": " + with(LOAD, "\"Load\"", "\"Mine\""));
        assertEquals("Mine", load("top").channels().getFirst().title());
        write("top", "\"left\", \"right\"", "\"a\": null, \"b\": " + LOAD);
        assertEquals(List.of("b"), names(load("top")));
    }

    /** PR-24 */
    @Test
    void aCircleIsToldAsItGoes() throws IOException {
        write("a", "\"b\"", "\"x\": " + LOAD);
        write("b", "\"c\"", "");
        write("c", "\"b\"", "");
        assertTrue(
                refusal("a")
                        .contains("c.json:2:13: profiles include each other: b.json includes c.json includes b.json;"
                                + " remove one of the includes"),
                refusal("a"));
        write("self", "\"self\"", "\"x\": " + LOAD);
        assertTrue(refusal("self").startsWith("self.json:2:13: profiles include each other"), refusal("self"));
    }

    /** PR-21 */
    @Test
    void includesAreNestedEightDeepAndNoDeeper() throws IOException {
        for (int i = 0; i <= Includes.MAX_NESTING; i++) {
            write("n" + i, "\"n" + (i + 1) + "\"", "");
        }
        write("n" + (Includes.MAX_NESTING + 1), "", "\"x\": " + LOAD);
        assertEquals(List.of("x"), names(load("n1")));
        assertTrue(refusal("n0").contains("n8.json:2:13: profiles include each other deeper than 8"), refusal("n0"));
    }

    /** PR-21 */
    @Test
    void sixteenAreIncludedAndNoMore() throws IOException {
        for (int i = 0; i <= Includes.MAX_ENTRIES; i++) {
            write("i" + i, "", "\"c" + i + "\": " + LOAD);
        }
        write("within", list(Includes.MAX_ENTRIES), "");
        write("beyond", list(Includes.MAX_ENTRIES + 1), "\"c\": " + LOAD);
        assertEquals(Includes.MAX_ENTRIES, load("within").channels().size());
        assertTrue(refusal("beyond").contains("2:12: too many profiles are included"), refusal("beyond"));
    }

    private static String list(int count) {
        return IntStream.range(0, count).mapToObj(i -> "\"i" + i + "\"").collect(Collectors.joining(", "));
    }

    /** PR-25 */
    @Test
    void mistakesOfAnIncludedOneFollowUnderItsName() throws IOException {
        write("top", "\"below\"", "\"a\": " + with(LOAD, "C62", "CEL"));
        write("below", "", "\"b\": " + with(LOAD, "load", "laod"));
        assertEquals(
                List.of("top.json:3", "below.json:3"),
                refusal("top")
                        .lines()
                        .map(line -> line.replaceFirst(":\\d+: .*", ""))
                        .toList());
    }

    /** PR-25 */
    @Test
    void anIncludedOneThatIsNoProfileIsToldWithItsPlace() throws IOException {
        write("top", "\"below\"", "\"a\": " + LOAD);
        Files.writeString(folder.resolve("below.json"), "{\n  nothing\n}");
        assertTrue(refusal("top").startsWith("below.json:2:3: not JSON"), refusal("top"));
        Files.delete(folder.resolve("below.json"));
        Files.createDirectory(folder.resolve("below.json"));
        assertTrue(refusal("top").startsWith("below.json:1:1: cannot be read"), refusal("top"));
    }

    /** PR-19: inherited channels hold their lines too. */
    @Test
    void anInheritedLineIsNotUsedAgain() throws IOException {
        write("below", "", "\"pump\": " + PUMP);
        write("top", "\"below\"", "\"fan\": " + PUMP);
        assertTrue(refusal("top").contains("line 17 of gpiochip0 is already used by channel \"pump\""));
        write("top", "\"below\"", "\"pump\": null, \"fan\": " + PUMP);
        assertEquals(List.of("fan"), names(load("top")));
    }

    /** PR-7 */
    @Test
    void inheritedChannelsCount() throws IOException {
        String many =
                IntStream.range(0, 57).mapToObj(i -> "\"c" + i + "\": " + LOAD).collect(Collectors.joining(","));
        write("top", "\"host\"", many);
        assertTrue(refusal("top").contains("65 channels are too many"), refusal("top"));
        write("top", "\"host\"", many.replace("\"c0\"", "\"load\""));
        assertEquals(64, load("top").channels().size());
    }

    /** PR-21 */
    @ParameterizedTest
    @ValueSource(strings = {"\"../secret\"", "\"\"", "\"nowhere\"", "7", "null", "[\"host\"]"})
    void whatNamesNoProfileIsRefused(String entry) throws IOException {
        write("top", entry, "\"a\": " + LOAD);
        assertEquals(1, refusal("top").lines().count(), refusal("top"));
    }

    @Test
    void textThatIsNoFileIncludesReadyOnesAlone() {
        assertEquals(
                List.of(
                        "1:67: there is no profile \"shed\" to include; known are host, greenhouse, weather, door, power;"
                                + " or put NAME.json beside this file"),
                Written.problems(
                        "{\"name\": \"p\", \"version\": 1, \"title\": \"P\",             \"include\": [\"shed\"],"
                                + " \"channels\": {\"a\": " + LOAD + "}}"));
    }
}
