package org.maunode.device.profile;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.FieldSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.maunode.device.profile.ProfileException.Reason;

/** What a profile may not be, and that each mistake is told with its place and a way out. */
final class ProfileProblemsTest {
    private static final String LOAD =
            """
            {"title": "Load", "driver": "load", "measures": "systemLoad", "unit": "C62", "precision": 0.01, "deadBand": 0}\
            """;

    private static final List<String> NAMES = Profiles.NAMES;

    private static Profile parse(String json) {
        return Profiles.parse("p.json", json.getBytes(StandardCharsets.UTF_8));
    }

    private static ProfileException refusal(String json) {
        return assertThrows(ProfileException.class, () -> parse(json));
    }

    private static List<String> problems(String json) {
        return refusal(json).problems().stream().map(Problem::toString).toList();
    }

    private static String profile(String channels) {
        return "{\"name\": \"p\", \"version\": 1, \"title\": \"P\", \"channels\": {" + channels + "}}";
    }

    /** The load channel with one of its settings written otherwise. */
    private static String load(String from, String to) {
        assertTrue(LOAD.contains(from));
        return profile("\"load\": " + LOAD.replace(from, to));
    }

    /** PR-10 */
    @Test
    void aSoundProfileHasNone() {
        Profile profile = parse(profile("\"load\": " + LOAD));
        assertEquals(SensorChannel.DEFAULT_PERIOD, profile.sensors().getFirst().period());
        assertEquals(1, profile.channels().size());
    }

    /** PR-2, PR-3, PR-4 */
    @Test
    void aDozenMistakesAreToldAtOnceEachWithLineColumnAndSuggestion() {
        String json =
                """
                {
                  "name": "My Profile",
                  "version": 1.5,
                  "titel": "What hangs on the board",
                  "channels": {
                    "cpu": {"title": "CPU", "driver": "cpu-temprature", "measures": "cpuTemperature",
                            "unit": "CEL", "precision": 0.1, "deadBand": 1},
                    "Load!": {"title": "", "driver": "load", "measures": "uptime",
                             "unit": "C62", "precision": 1e400, "deadBand": -1},
                    "memory": {"title": "Memory", "driver": "memory", "measures": "memoryAvailable",
                               "unit": "CEL", "precision": 1000, "deadBand": 0, "deadBand": 1},
                    "cpu": 7
                  }
                }
                """;
        assertEquals(
                List.of(
                        "1:1: \"title\" is missing; add it to this object",
                        "2:3: \"My Profile\" cannot name a profile; use a-z, 0-9 and single hyphens, a letter first,"
                                + " at most 40 characters, and not node, account, cmd-... or res-...",
                        "3:14: \"version\" is not a whole number; write it without decimals",
                        "4:3: unknown key \"titel\"; did you mean \"title\"?",
                        "6:39: unknown driver \"cpu-temprature\"; did you mean \"cpu-temperature\"?",
                        "8:5: \"Load!\" cannot name a channel; use a-z, 0-9 and single hyphens, a letter first,"
                                + " at most 40 characters, and not node, account, cmd-... or res-...",
                        "8:24: \"title\" is empty or too long; write 1 to 100 characters",
                        "8:46: driver \"load\" does not measure uptime; it measures systemLoad",
                        "9:42: \"precision\" may not be 1e400; write a number from 0.000001 to 1000000000000000",
                        "9:61: \"deadBand\" may not be -1; write a number from 0 to 1000000000000000",
                        "11:16: the unit of what is measured here is not \"CEL\" (°C); write \"AD\" (bytes)",
                        "11:65: key \"deadBand\" stands here a second time;"
                                + " the first is in line 11: remove or rename one",
                        "12:5: key \"cpu\" stands here a second time; the first is in line 6: remove or rename one"),
                problems(json));
    }

    @Test
    void theMessageNamesTheFileInEachLine() {
        ProfileException refusal = refusal(profile("\"load\": " + LOAD + ", \"load\": " + LOAD));
        assertEquals(Reason.UNSOUND, refusal.reason());
        assertTrue(refusal.getMessage().startsWith("p.json:1:176: key \"load\" stands here"), refusal.getMessage());
    }

    /** PR-7 */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "Air",
                "air_2",
                "air.json",
                "../air",
                "-air",
                "air-",
                "a--b",
                "2air",
                "é",
                "node",
                "account",
                "cmd-x",
                "res-1"
            })
    void aNameThatIsNoSafeFileNameIsRefused(String name) {
        assertEquals(1, problems(profile("\"" + name + "\": " + LOAD)).size());
    }

    /** PR-7 */
    @Test
    void aNameMayHaveFortyCharactersAndNoMore() {
        String longest = "a".repeat(ChannelName.MAX_LENGTH);
        assertEquals(
                longest,
                parse(profile("\"" + longest + "\": " + LOAD))
                        .channels()
                        .getFirst()
                        .name()
                        .value());
        assertEquals(1, problems(profile("\"" + longest + "a\": " + LOAD)).size());
    }

    /** PR-7 */
    @Test
    void thereMayBeSixtyFourChannelsAndNoMore() {
        assertEquals(64, parse(profile(channels(64))).channels().size());
        assertTrue(problems(profile(channels(65))).getFirst().contains("65 channels are too many"));
        assertTrue(problems(profile("")).getFirst().contains("there is no channel"));
    }

    private static String channels(int count) {
        return IntStream.range(0, count)
                .mapToObj(i -> "\"c" + i + "\": " + LOAD)
                .collect(Collectors.joining(","));
    }

    /** PR-10 */
    @ParameterizedTest
    @CsvSource({"1, true", "86400, true", "0, false", "86401, false", "1.5, false", "-1, false", "1e400, false"})
    void thePeriodLiesBetweenASecondAndADay(String seconds, boolean sound) {
        String json = load("\"driver\"", "\"periodSeconds\": " + seconds + ", \"driver\"");
        if (sound) {
            assertEquals(
                    Duration.ofSeconds(Long.parseLong(seconds)),
                    parse(json).sensors().getFirst().period());
        } else {
            assertEquals(1, problems(json).size());
        }
    }

    /** PR-11 */
    @ParameterizedTest
    @ValueSource(
            strings = {"0", "-0.1", "0.0000001", "1e16", "1e999999999", "1e-400", "true", "null", "\"0.1\"", "[]", "{}"
            })
    void aPrecisionThatIsNoUsefulNumberIsRefused(String precision) {
        assertEquals(1, problems(load("0.01", precision)).size());
    }

    /** PR-5 */
    @Test
    void aNumberMayHaveThirtyTwoCharactersAndNoMore() {
        String longest = "0." + "1".repeat(Fields.MAX_DIGITS - 2);
        assertEquals(1, parse(load("0.01", longest)).channels().size());
        assertEquals(1, problems(load("0.01", longest + "1")).size());
    }

    /** PR-9 */
    @Test
    void aUnitWrittenAsPeopleWriteItIsRefusedWithTheCodesToChooseFrom() {
        assertTrue(problems(load("C62", "percent")).getFirst().contains("known are CEL, P1, A97"));
    }

    @Test
    void whatIsOnlyOnOrOffHasNoNumbersSettings() {
        List<String> problems = problems(load("systemLoad", "motion"));
        assertTrue(problems.toString().contains("driver \"load\" does not measure motion"));
    }

    /** PR-1 */
    @Test
    void aProfileMayBeAsLongAsTheLimitAndNoLonger() {
        String json = profile("\"load\": " + LOAD);
        String full = json + " ".repeat(Profiles.MAX_BYTES - json.length());
        assertEquals(1, parse(full).channels().size());
        assertEquals(Reason.OVER_LIMIT, refusal(full + " ").reason());
    }

    /** PR-1 */
    @Test
    void nestingEndsAtItsLimit() {
        String within = "[".repeat(NodeParser.MAX_NESTING) + "]".repeat(NodeParser.MAX_NESTING);
        assertEquals(Reason.UNSOUND, refusal(within).reason());
        assertEquals(Reason.OVER_LIMIT, refusal("[" + within + "]").reason());
        assertEquals(Reason.OVER_LIMIT, refusal("{\"a\":".repeat(5000)).reason());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "{", "{\"name\": NaN}", "{} {}", "{'name': 1}", "\uFEFF{}", "{\"a\": 1,}", "{\"a\": 01}"})
    void whatIsNotJsonIsToldWithItsPlace(String text) {
        ProfileException refusal = refusal(text);
        assertEquals(Reason.NOT_JSON, refusal.reason());
        assertTrue(refusal.problems().getFirst().message().startsWith("not JSON: "), refusal.getMessage());
    }

    @Test
    void thePlaceOfASyntaxErrorIsExact() {
        assertEquals(
                List.of("2:11: not JSON: Expected value; check commas, quotes and brackets"),
                problems("{\n  \"name\": NaN\n}"));
    }

    @Test
    void bytesThatAreNotUtf8AreRefused() {
        ProfileException refusal = assertThrows(
                ProfileException.class, () -> Profiles.parse("p.json", new byte[] {'{', (byte) 0xff, '}'}));
        assertEquals(Reason.NOT_JSON, refusal.reason());
    }

    /** PR-6 */
    @ParameterizedTest
    @ValueSource(strings = {"[]", "7", "null", "\"host\""})
    void aProfileIsAnObject(String json) {
        assertEquals(List.of("1:1: a profile is a JSON object; begin with {\"name\": ..."), problems(json));
    }

    @Test
    void aHostileKeyIsShownShortAndHarmless() {
        String key = "\\u001b[2J\\u202e" + "x".repeat(30_000);
        String problem = problems(profile("\"load\": " + LOAD)
                        .replace("\"title\": \"P\"", "\"title\": \"P\", \"" + key + "\": 1"))
                .getFirst();
        assertTrue(problem.length() < 200 && problem.contains("\"?[2J?xxx"), problem);
    }

    /** PR-2 */
    @Test
    void aThousandMistakesAreToldInAHundredProblems() {
        String many =
                IntStream.range(0, 1000).mapToObj(i -> "\"k" + i + "\": 1").collect(Collectors.joining(","));
        assertEquals(Problems.MAX, problems("{" + many + "}").size());
    }

    @Test
    void aFileIsReadAndAMissingOneIsNamed(@TempDir Path folder) throws IOException {
        Path file = Files.writeString(folder.resolve("mine.json"), profile("\"load\": " + LOAD));
        assertEquals("p/1", Profiles.load(file).id());
        Path missing = folder.resolve("none.json");
        ProfileException refusal = assertThrows(ProfileException.class, () -> Profiles.load(missing));
        assertEquals(Reason.UNREADABLE, refusal.reason());
        assertEquals(missing + ":1:1: there is no such file; check the path and its permissions", refusal.getMessage());
        assertEquals(
                Reason.UNREADABLE,
                assertThrows(ProfileException.class, () -> Profiles.load(folder))
                        .reason());
    }

    /** PR-5: as decimal digits it would fill the memory, and every double takes it for 0. */
    @Test
    void aNumberHasFortyDecimalsAndNoMore() {
        assertEquals(
                1,
                parse(load("\"deadBand\": 0", "\"deadBand\": 1e-40")).channels().size());
        for (String endless : List.of("1e-41", "1e-999999999", "0e-999999999")) {
            assertEquals(
                    1,
                    problems(load("\"deadBand\": 0", "\"deadBand\": " + endless))
                            .size());
        }
    }

    /** Whatever happens to a sound profile's bytes, the answer is a profile or a list of problems. */
    @ParameterizedTest
    @FieldSource("NAMES")
    void damagedProfilesNeverFailInAnyOtherWay(String name) throws IOException {
        byte[] sound;
        try (var in = Profiles.class.getResourceAsStream(name + ".json")) {
            sound = in.readAllBytes();
        }
        Random random = new Random(64);
        for (int round = 0; round < 2000; round++) {
            byte[] damaged = sound.clone();
            for (int hits = random.nextInt(1, 4); hits > 0; hits--) {
                damaged[random.nextInt(damaged.length)] = (byte) "{}[],:\"0e-\ntru\u0000".charAt(random.nextInt(15));
            }
            try {
                Profiles.parse("damaged", damaged);
            } catch (ProfileException refusal) {
                assertTrue(refusal.problems().stream().allMatch(p -> p.line() > 0 && p.column() > 0));
            }
        }
    }

    /** Words in the place of other words: what is sound JSON gets past the first check. */
    @ParameterizedTest
    @FieldSource("NAMES")
    void exchangedWordsNeverFailInAnyOtherWay(String name) throws IOException {
        String sound;
        try (var in = Profiles.class.getResourceAsStream(name + ".json")) {
            sound = new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
        List<String> words = Pattern.compile("\"[^\"]*\"|[0-9.]+|true|false")
                .matcher(sound)
                .results()
                .map(MatchResult::group)
                .toList();
        Random random = new Random(64);
        for (int round = 0; round < 2000; round++) {
            String damaged = sound;
            for (int hits = random.nextInt(1, 4); hits > 0; hits--) {
                damaged = damaged.replace(
                        words.get(random.nextInt(words.size())), words.get(random.nextInt(words.size())));
            }
            try {
                parse(damaged);
            } catch (ProfileException refusal) {
                assertTrue(refusal.problems().size() <= Problems.MAX);
            }
        }
    }
}
