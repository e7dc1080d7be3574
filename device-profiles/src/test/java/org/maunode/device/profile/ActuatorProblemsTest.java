package org.maunode.device.profile;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.maunode.device.profile.Written.LAMP;
import static org.maunode.device.profile.Written.LOAD;
import static org.maunode.device.profile.Written.PUMP;
import static org.maunode.device.profile.Written.channel;
import static org.maunode.device.profile.Written.complaints;
import static org.maunode.device.profile.Written.with;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Channels that can be commanded, and who may read them. */
final class ActuatorProblemsTest {
    private static ActuatorChannel pump() {
        return assertInstanceOf(ActuatorChannel.class, channel(PUMP));
    }

    private static Setting level(String number) {
        return new Setting.Level(new BigDecimal(number));
    }

    @Test
    void aSwitchIsReadWithAllItsRules() {
        assertEquals(DriverKind.RELAY, pump().driver());
        assertEquals(new GroupName("gardeners"), pump().controllers());
        assertEquals(new Safety(Setting.OFF, Duration.ofMinutes(15), Duration.ofSeconds(2)), pump().safety());
        assertEquals(new Audience.OfTheNode(), pump().readers());
        assertEquals("Pump, set by gardeners for 15 min at most, otherwise off", pump().summary());
    }

    @Test
    void aLevelIsReadWithItsRangeAndSteps() {
        ActuatorChannel lamp = assertInstanceOf(ActuatorChannel.class, channel(LAMP));
        assertTrue(lamp.accepts(level("0")) && lamp.accepts(level("100")));
        assertFalse(lamp.accepts(level("100.01")) || lamp.accepts(level("-0.1")) || lamp.accepts(Setting.ON));
        assertEquals(level("40.5"), lamp.rounded(level("40.4")));
        assertEquals("40.5 %", lamp.say(level("40.5")));
        assertEquals(Duration.ZERO, lamp.safety().leastBetween());
    }

    @Test
    void roundingLeadsNowhereOutOfTheRange() {
        ActuatorChannel lamp = (ActuatorChannel) channel(with(LAMP, "0.5", "60"));
        assertEquals(level("100"), lamp.rounded(level("100")));
        assertEquals(level("60"), lamp.rounded(level("50")));
        assertEquals(level("0"), lamp.rounded(level("20")));
    }

    @Test
    void aSwitchAcceptsNoNumber() {
        assertTrue(pump().accepts(Setting.ON) && pump().accepts(Setting.OFF));
        assertFalse(pump().accepts(level("1")));
    }

    /** PR-14 */
    @Test
    void somebodyMustBeInControl() {
        assertEquals(
                List.of("\"controllers\" is missing; add it to this object"),
                complaints(with(PUMP, "\"controllers\": \"gardeners\", ", "")));
    }

    /** PR-14 */
    @ParameterizedTest
    @ValueSource(strings = {"public", "", " ", ".hidden", "a/b", "..", "a\\\\b", "a\\u0000", "a\\u202eb"})
    void whatCannotNameAGroupControlsNothing(String group) {
        List<String> told = complaints(with(PUMP, "gardeners", group));
        assertTrue(told.size() == 1 && told.getFirst().contains("write the name of a group"), told.toString());
    }

    /** PR-14 */
    @Test
    void aGroupMayBeAsLongAsADirectorysNameAndNoLonger() {
        String longest = "é".repeat(127) + "x";
        assertEquals(
                longest,
                ((ActuatorChannel) channel(with(PUMP, "gardeners", longest)))
                        .controllers()
                        .value());
        assertEquals(1, complaints(with(PUMP, "gardeners", longest + "x")).size());
    }

    /** PR-13 */
    @Test
    void readersAreEveryoneOrAGroupOrThoseOfTheNode() {
        assertEquals(new Audience.OfTheNode(), channel(LOAD).readers());
        assertEquals(
                new Audience.Everyone(),
                channel(with(LOAD, "\"driver\"", "\"readers\": \"public\", \"driver\""))
                        .readers());
        assertEquals(
                new Audience.Members(new GroupName("family")),
                channel(with(LOAD, "\"driver\"", "\"readers\": \"family\", \"driver\""))
                        .readers());
        assertEquals(
                List.of("\"readers\" may not be \"../x\"; write \"public\", or the name of a group"),
                complaints(with(LOAD, "\"driver\"", "\"readers\": \"../x\", \"driver\"")));
    }

    /** PR-15 */
    @ParameterizedTest
    @CsvSource({
        "false, true, true",
        "false, 0, false",
        "false, null, false",
        "900, 1, true",
        "900, 31622400, true",
        "900, 0, false",
        "900, 31622401, false",
        "900, 1.5, false",
        ": 2, : 0, true",
        ": 2, : 86400, true",
        ": 2, : 86401, false",
        ": 2, : -1, false"
    })
    void theRulesOfASwitchHaveTheirLimits(String from, String to, boolean sound) {
        if (sound) {
            assertInstanceOf(ActuatorChannel.class, channel(with(PUMP, from, to)));
        } else {
            assertEquals(1, complaints(with(PUMP, from, to)).size());
        }
    }

    /** PR-15 */
    @ParameterizedTest
    @CsvSource({"0, true", "100, true", "100.5, false", "-1, false", "true, false", "\"10\", false"})
    void theFailSafeStateOfALevelLiesInItsRange(String failSafe, boolean sound) {
        String text = with(LAMP, "\"failSafe\": 10", "\"failSafe\": " + failSafe);
        if (sound) {
            assertInstanceOf(ActuatorChannel.class, channel(text));
        } else {
            assertEquals(1, complaints(text).size());
        }
    }

    /** PR-15 */
    @Test
    void nothingOfItsSafetyHasADefault() {
        assertEquals(1, complaints(with(PUMP, "\"failSafe\": false, ", "")).size());
        assertEquals(1, complaints(with(PUMP, "\"maxOnSeconds\": 900, ", "")).size());
    }

    /** PR-16 */
    @Test
    void aSensorHasNothingOfAnActuator() {
        String both = with(LOAD, "\"driver\"", "\"failSafe\": false, \"controllers\": \"x\", \"driver\"");
        assertEquals(
                List.of(
                        "\"failSafe\" is for what can be switched, and this channel measures; remove it",
                        "\"controllers\" is for what can be switched, and this channel measures; remove it"),
                complaints(both));
    }

    /** PR-16 */
    @Test
    void anActuatorHasNothingOfASensor() {
        assertEquals(
                List.of("\"periodSeconds\" is for sensors, and this channel is set; remove it"),
                complaints(with(PUMP, "\"sets\"", "\"periodSeconds\": 5, \"sets\"")));
        assertEquals(
                List.of("\"deadBand\" is for what is measured; remove it"),
                complaints(with(LAMP, "\"sets\"", "\"deadBand\": 5, \"sets\"")));
        assertEquals(
                List.of(
                        "\"sets\" is missing; add it to this object",
                        "\"measures\" is for sensors, and this channel is set; remove it",
                        "\"unit\" is missing; add it to this object",
                        "\"precision\" is missing; add it to this object"),
                complaints(with(PUMP, "\"sets\"", "\"measures\"")).stream()
                        .sorted(java.util.Comparator.comparing(
                                text -> text.contains("unit") || text.contains("precision")))
                        .toList());
    }

    /** PR-9 */
    @Test
    void whatIsOnlyOnOrOffHasNoNumbers() {
        assertEquals(
                List.of("\"precision\" is for numbers, and onOff is true or false; remove it"),
                complaints(with(PUMP, "\"sets\"", "\"precision\": 1, \"sets\"")));
    }

    /** PR-8 */
    @Test
    void aRelaySetsNoLevel() {
        assertTrue(complaints(with(PUMP, "onOff", "level"))
                .toString()
                .contains("driver \"relay\" does not set level; it sets onOff"));
    }

    @Test
    void noChannelIsBuiltAgainstItsOwnRules() {
        ActuatorChannel pump = pump();
        assertThrows(
                IllegalArgumentException.class,
                () -> new ActuatorChannel(
                        pump.name(),
                        pump.title(),
                        pump.device(),
                        pump.scale(),
                        pump.readers(),
                        pump.controllers(),
                        new Safety(level("1"), Duration.ofSeconds(1), Duration.ZERO)));
        assertThrows(IllegalArgumentException.class, () -> new Safety(Setting.OFF, Duration.ZERO, Duration.ZERO));
        assertThrows(IllegalArgumentException.class, () -> new Device(DriverKind.RELAY, new Wiring.Any()));
    }

    @Test
    void levelsOfEqualWorthAreEqual() {
        assertEquals(level("5"), level("5.00"));
        assertEquals(level("5").hashCode(), level("5.00").hashCode());
    }
}
