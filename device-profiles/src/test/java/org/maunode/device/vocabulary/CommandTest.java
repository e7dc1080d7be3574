package org.maunode.device.vocabulary;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.maunode.device.vocabulary.Documents.example;

import com.eclipsesource.json.Json;
import com.eclipsesource.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.maunode.device.profile.Setting;
import org.maunode.device.vocabulary.DocumentException.Reason;

/** What is a command, and what is said of everything else. */
final class CommandTest {
    private static Command parse(String text) {
        return Command.parse(text.getBytes(StandardCharsets.UTF_8));
    }

    private static JsonObject sample() {
        return Orders.json(Orders.on().toJson());
    }

    private static DocumentException refusal(JsonObject document) {
        return refusal(document.toString());
    }

    private static DocumentException refusal(String text) {
        return assertThrows(DocumentException.class, () -> parse(text), text);
    }

    @Test
    void readsTheWorkedExample() {
        Command command = parse(example("4-command.jsonld").toString());
        assertEquals(Orders.ID, command.id());
        assertEquals(Scene.FINGERPRINT, command.recipient());
        assertEquals("pump", command.channel());
        assertEquals(Setting.ON, command.setting());
        assertEquals(77, command.counter());
        assertEquals(Optional.of(Duration.ofMinutes(10)), command.duration());
        assertEquals(Orders.START.plusSeconds(60), command.expires());
        assertEquals("Turn the pump on for 10 minutes", command.name());
    }

    @Test
    void readsWhatItWrites() {
        assertEquals(Orders.on(), parse(Orders.on().toJson()));
        assertEquals(Orders.level(), parse(Orders.level().toJson()));
        assertEquals(Orders.level().toJson(), parse(Orders.level().toJson()).toJson());
    }

    @Test
    void aTruthValueMayBeSetToo() {
        JsonObject document = Orders.json(Orders.level().toJson());
        document.set("mau:setValue", new JsonObject().add("value", true));
        assertEquals(Setting.ON, parse(document.toString()).setting());
    }

    @Test
    void expiresAfterAMinuteIfItDoesNotSay() {
        JsonObject document = sample().remove("mau:expires");
        assertEquals(Orders.START.plusSeconds(60), parse(document.toString()).expires());
    }

    @Test
    void expiresAfterADayWhateverItSays() {
        JsonObject document = sample().set("mau:expires", "2199-01-01T00:00:00Z");
        assertEquals(
                Orders.START.plus(Command.MAX_VALIDITY),
                parse(document.toString()).expires());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"@context", "@id", "@type", "identifier", "object", "startTime", "mau:recipient", "mau:counter"})
    void namesThePartThatIsMissing(String key) {
        DocumentException refusal = refusal(sample().remove(key));
        assertEquals(Reason.MISSING, refusal.reason());
        assertEquals(key + ": is missing", refusal.getMessage());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "@id          | \"/p2p/x/cmd-1.json.pgp\"                        | @id: is not /p2p/FINGERPRINT/cmd-ULID.json.pgp",
                "identifier   | \"01JDC3Y8Z4T8V0Q6M2K7R9W1XB\"                   | identifier: is not the ULID of @id",
                "identifier   | 5                                               | identifier: is not text",
                "agent        | {\"identifier\": \"aa\"}                         | agent/identifier: is not the fingerprint in @id",
                "agent        | \"Alice\"                                       | agent: is not an object",
                "object       | {\"@id\": \"#pump\"}                             | object/@id: is no channel of mau:recipient",
                "mau:recipient| \"1F0C\"                                        | mau:recipient: is not 40 hexadecimal digits in lower case",
                "mau:counter  | 0                                               | mau:counter: is not a whole number from 1 to 9007199254740991",
                "mau:counter  | 9007199254740992                                | mau:counter: is not a whole number from 1 to 9007199254740991",
                "mau:counter  | 1.5                                             | mau:counter: is not a whole number from 1 to 9007199254740991",
                "mau:counter  | \"77\"                                          | mau:counter: is not a whole number from 1 to 9007199254740991",
                "mau:durationSeconds | -1                                       | mau:durationSeconds: is not a whole number from 1 to 9007199254740991",
                "mau:setValue | {\"value\": 1}                                  | mau:setValue: does not belong to ActivateAction",
                "startTime    | \"yesterday\"                                   | startTime: is no time from 1970 to 2200, written as 2026-11-23T08:16:00Z",
                "startTime    | \"+999999999-01-01T00:00:00Z\"                  | startTime: is no time from 1970 to 2200, written as 2026-11-23T08:16:00Z",
                "@type        | \"ActivateAction\"                              | @type: is not an action of schema.org and mau:Command",
                "@type        | [\"ActivateAction\", \"mau:State\"]              | @type: lacks mau:Command",
                "@type        | [\"PayAction\", \"mau:Command\"]                 | @type: has no ActivateAction, DeactivateAction, UpdateAction or ControlAction",
                "@context     | [\"https://schema.org\", {\"mau\": \"x:\"}]       | @context: is not the one of this vocabulary",
                "actionStatus | \"CompletedActionStatus\"                       | actionStatus: is not PotentialActionStatus",
                "name         | \"a\\u001bb\"                                    | name: is more than one line of text",
            })
    void saysWhichPartIsWrongAndWhatItMustBe(String key, String value, String message) {
        DocumentException refusal = refusal(sample().set(key, Json.parse(value)));
        assertEquals(message, refusal.getMessage());
        assertEquals(Reason.MALFORMED, refusal.reason());
    }

    @Test
    void aLevelNeedsANumber() {
        JsonObject document = Orders.json(Orders.level().toJson());
        assertEquals(
                "mau:setValue: is missing",
                refusal(Orders.json(document.toString()).remove("mau:setValue")).getMessage());
        document.set("mau:setValue", new JsonObject().add("value", "42"));
        assertEquals(
                "mau:setValue/value: is neither a number nor true or false",
                refusal(document).getMessage());
    }

    @Test
    void aKeyThatStandsTwiceIsRefusedWithItsPlace() {
        String twice = sample().toString().replaceFirst("\\{", "{\"mau:counter\":99,");
        DocumentException refusal = refusal(twice);
        assertEquals(Reason.DUPLICATE_KEY, refusal.reason());
        assertTrue(refusal.getMessage().startsWith("line 1, column "), refusal.getMessage());
        assertTrue(refusal.getMessage().contains("\"mau:counter\""), refusal.getMessage());
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "{", "[]x", "{\"a\": nul}", "{} {}"})
    void whatIsNotJsonIsRefusedWithItsPlace(String text) {
        DocumentException refusal = refusal(text);
        assertEquals(Reason.NOT_JSON, refusal.reason());
        assertTrue(refusal.getMessage().startsWith("line 1, column "), refusal.getMessage());
    }

    @Test
    void whatIsNoObjectOrNoTextIsRefused() {
        assertEquals("the document: is not an object", refusal("[]").getMessage());
        byte[] latin = {'"', (byte) 0xe9, '"'};
        assertEquals(
                "the document: is not UTF-8 text",
                assertThrows(DocumentException.class, () -> Command.parse(latin))
                        .getMessage());
    }

    private static void assertLimit(JsonObject atLimit, JsonObject above) {
        parse(atLimit.toString());
        assertEquals(Reason.OVER_LIMIT, refusal(above).reason());
    }

    @Test
    void everyLimitHoldsAndOneMoreIsRefused() {
        assertLimit(nested(StrictJson.MAX_NESTING - 1), nested(StrictJson.MAX_NESTING));
        assertLimit(
                sample().add("x", "y".repeat(StrictJson.MAX_STRING)),
                sample().add("x", "y".repeat(StrictJson.MAX_STRING + 1)));
        assertLimit(
                sample().add("x".repeat(StrictJson.MAX_STRING), 1),
                sample().add("x".repeat(StrictJson.MAX_STRING + 1), 1));
        assertLimit(
                sample().add("x", Json.parse("1".repeat(StrictJson.MAX_NUMBER))),
                sample().add("x", Json.parse("1".repeat(StrictJson.MAX_NUMBER + 1))));
        assertLimit(sample().add("x", Json.parse("1e300")), sample().add("x", Json.parse("1e400")));
        assertLimit(sample().add("x", Json.parse("1e-400")), sample().add("x", Json.parse("1e-401")));
        assertLimit(
                sample().set("name", "n".repeat(Command.MAX_NAME)),
                sample().set("name", "n".repeat(Command.MAX_NAME + 1)));
        assertLimit(channel("c".repeat(Command.MAX_CHANNEL)), channel("c".repeat(Command.MAX_CHANNEL + 1)));
    }

    private static JsonObject channel(String name) {
        return sample().set(
                        "object", new JsonObject().add("@id", "/p2p/" + Scene.FINGERPRINT + "/node.json.pgp#" + name));
    }

    private static JsonObject nested(int depth) {
        return sample().add("x", Json.parse("[".repeat(depth) + "]".repeat(depth)));
    }

    @Test
    void aDocumentMayBeSoLongAndNoLonger() {
        String text = sample().toString();
        parse(text + " ".repeat(StrictJson.MAX_BYTES - text.length()));
        assertEquals(
                Reason.OVER_LIMIT,
                refusal(text + " ".repeat(StrictJson.MAX_BYTES + 1 - text.length()))
                        .reason());
    }

    @Test
    void nothingButItsOwnExceptionComesOutOfBrokenDocuments() {
        Random random = new Random(7);
        byte[] whole = Orders.level().toJson().getBytes(StandardCharsets.UTF_8);
        for (int i = 0; i < 20_000; i++) {
            byte[] broken = whole.clone();
            for (int k = random.nextInt(4); k >= 0; k--) {
                broken[random.nextInt(broken.length)] = (byte) random.nextInt(128);
            }
            try {
                Command.parse(broken);
            } catch (DocumentException said) {
                assertTrue(said.getMessage().contains(": "), said.getMessage());
            }
        }
    }

    @Test
    void ulidsSortByTimeAndAreWrittenInUpperCaseAlone() {
        Random random = new Random(5);
        Ulid one = Ulid.at(Orders.START, random);
        assertTrue(one.compareTo(Ulid.at(Orders.START.plusMillis(1), random)) < 0);
        assertTrue(Ulid.isWellFormed(one.value()));
        assertTrue(!Ulid.isWellFormed(one.value().toLowerCase(Locale.ROOT)));
        assertTrue(!Ulid.isWellFormed("8".repeat(26)), "more than 128 bits");
        assertEquals(Optional.of(one), CommandId.ofFile("cmd-" + one + ".json.pgp"));
        assertEquals(Optional.empty(), CommandId.ofFile("cmd-" + one + ".json.pgp.pgp"));
    }
}
