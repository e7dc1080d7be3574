package org.maunode.device.vocabulary;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.maunode.device.vocabulary.Documents.example;
import static org.maunode.device.vocabulary.Hours.batch;
import static org.maunode.device.vocabulary.Hours.every;
import static org.maunode.device.vocabulary.Hours.fault;
import static org.maunode.device.vocabulary.Hours.turned;
import static org.maunode.device.vocabulary.Hours.value;

import com.eclipsesource.json.Json;
import com.eclipsesource.json.JsonArray;
import com.eclipsesource.json.JsonObject;
import com.eclipsesource.json.JsonValue;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.maunode.device.driver.Sample;
import org.maunode.device.profile.ChannelName;
import org.maunode.device.sampling.Quality;
import org.maunode.device.vocabulary.Batch.Entry;
import org.maunode.device.vocabulary.DocumentException.Reason;

/** What is read of a channel's documents, and what is said of everything else. */
final class ReadingsTest {
    private static final String ELEMENTS = "dataFeedElement";

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static Readings latest(String text) {
        return Readings.parseLatest(utf8(text));
    }

    private static Readings parse(Batch batch) {
        return Readings.parseBatch(utf8(batch.toJson()));
    }

    private static JsonObject sample() {
        return Json.parse(batch("cpu-temperature", value(1, "21.4"), fault(2)).toJson())
                .asObject();
    }

    private static DocumentException refusal(JsonObject document) {
        return assertThrows(
                DocumentException.class, () -> Readings.parseBatch(utf8(document.toString())), document::toString);
    }

    private static DocumentException refusalOf(JsonValue... elements) {
        return refusal(with(elements));
    }

    private static JsonObject with(JsonValue... elements) {
        JsonArray list = new JsonArray();
        List.of(elements).forEach(list::add);
        return sample().set(ELEMENTS, list);
    }

    private static JsonObject element() {
        return sample().get(ELEMENTS).asArray().get(0).asObject();
    }

    @Test
    void readsTheBatchesThatAreWritten() {
        List<Entry> entries = List.of(value(1, "21.4"), fault(2), value(3, "-0.5"), value(9, "85675000000"));
        Readings read = parse(batch("cpu-temperature", entries.toArray(Entry[]::new)));
        assertEquals(
                new Readings(Scene.FINGERPRINT, new ChannelName("cpu-temperature"), "CPU temperature", "°C", entries),
                read);
    }

    @Test
    void readsSwitchesAndWhatIsSimulated() {
        List<Entry> switches = List.of(turned(1, true), turned(2, false), fault(3));
        assertEquals(
                switches, parse(batch("door", switches.toArray(Entry[]::new))).entries());
        Entry simulated = new Entry(Hours.HOUR, value(1, "21").sample(), Quality.SIMULATED, 1);
        Entry stale = new Entry(Hours.HOUR, value(1, "21").sample(), Quality.STALE, 2);
        assertEquals(
                List.of(simulated, stale),
                parse(batch("load", simulated, stale)).entries());
    }

    @Test
    void hasNoUnitWhereThingsAreMerelyCounted() {
        assertEquals("", parse(batch("load", value(1, "1"))).unit());
        assertEquals("", parse(batch("door", turned(1, true))).unit());
    }

    @Test
    void readsTheWorkedExamples() {
        Readings air = latest(example("2-observation.jsonld").toString());
        assertEquals("air", air.channel().value());
        assertEquals("Air temperature", air.title());
        assertEquals("°C", air.unit());
        assertEquals(
                List.of(new Entry(
                        Instant.parse("2026-11-23T08:15:00Z"), value(1, "21.4").sample(), Quality.OK, 48213)),
                air.entries());
        Readings pump = latest(example("3-relay-state.jsonld").toString());
        assertEquals(
                List.of(new Entry(
                        Instant.parse("2026-11-23T08:16:02Z"), Optional.of(new Sample.Switch(true)), Quality.OK, 312)),
                pump.entries());
    }

    @Test
    void leavesOutTheLastGoodValueOfASensorThatFails() {
        Readings lost = latest(Scene.reading(Scene.lost(Scene.measured("load", "1"))));
        assertEquals(Optional.empty(), lost.entries().getFirst().sample());
        assertEquals(Quality.FAULT, lost.entries().getFirst().quality());
        assertEquals(
                Optional.empty(),
                latest(Scene.reading(Scene.missing("load")))
                        .entries()
                        .getFirst()
                        .sample());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "@context         | 5                      | @context: is not the one of this vocabulary",
                "@type            | \"DataFeed\"           | @type: lacks mau:Batch",
                "@type            | [5]                    | @type: is not text",
                "dataFeedElement  | {}                     | dataFeedElement: is not a list",
                "mau:quality      | \"good\"               | mau:quality: is not ok, stale, fault or simulated",
                "variableMeasured | \"air\"                | variableMeasured: is not an object",
                "variableMeasured | {\"unitText\": \"\\n\"}  | variableMeasured/unitText: is more than one line of text",
                "mau:channel      | {\"@id\": \"#air\"}     | mau:channel/@id: is not /p2p/FINGERPRINT/node.json.pgp#CHANNEL",
                "name             | \"\\u001b[2J\"          | name: is more than one line of text"
            })
    void saysWhichPartOfABatchIsWrong(String key, String value, String message) {
        assertEquals(message, refusal(sample().set(key, Json.parse(value))).getMessage());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "@type           | \"Person\"    | @type: lacks Observation",
                "observationDate | \"today\"     | observationDate: is no time from 1970 to 2200, written as 2026-11-23T08:16:00Z",
                "value           | \"21.4\"      | value: is neither a number nor true or false",
                "mau:sequence    | 0             | mau:sequence: is not a whole number from 1 to 9007199254740991",
                "mau:quality     | \"fine\"      | mau:quality: is not ok, stale, fault or simulated",
                "unitCode        | \"FAH\"       | unitCode: belongs to the batch"
            })
    void saysWhichReadingIsWrongAndHow(String key, String value, String message) {
        assertEquals(
                "dataFeedElement[1]/" + message,
                refusalOf(element(), element().set(key, Json.parse(value))).getMessage());
    }

    @Test
    void aReadingNeedsItsParts() {
        assertEquals(
                "dataFeedElement[0]/mau:sequence: is missing",
                refusalOf(element().remove("mau:sequence")).getMessage());
        assertEquals(
                "dataFeedElement[0]/observationDate: is missing",
                refusalOf(element().remove("observationDate")).getMessage());
        assertEquals(
                "dataFeedElement[0]: is not an object", refusalOf(Json.value(5)).getMessage());
        assertEquals(
                "dataFeedElement: is missing",
                refusal(sample().remove(ELEMENTS)).getMessage());
    }

    @Test
    void aStateOrReadingIsNoBatchNorTheOtherWayRound() {
        assertEquals(
                "@type: lacks mau:Batch",
                refusal(example("2-observation.jsonld")).getMessage());
        assertEquals(
                "@type: is neither mau:Reading nor mau:State",
                assertThrows(DocumentException.class, () -> latest(sample().toString()))
                        .getMessage());
    }

    @Test
    void readsAsManyAsABatchHoldsAndNoMore() {
        String full = batch("load", every(Batch.MAX_ENTRIES)).toJson();
        assertEquals(
                Batch.MAX_ENTRIES, Readings.parseBatch(utf8(full)).entries().size());
        String more = full.replace("]}\n", "," + element() + "]}");
        DocumentException refusal = assertThrows(DocumentException.class, () -> Readings.parseBatch(utf8(more)));
        assertEquals(Reason.OVER_LIMIT, refusal.reason());
        assertEquals("dataFeedElement[7200]: is more than a batch holds", refusal.getMessage());
    }

    @Test
    void aBatchMayBeSoLongAndNoLonger() {
        String text = sample().toString();
        int room = Readings.MAX_BATCH - utf8(text).length;
        Readings.parseBatch(utf8(text + " ".repeat(room)));
        DocumentException refusal =
                assertThrows(DocumentException.class, () -> Readings.parseBatch(utf8(text + " ".repeat(room + 1))));
        assertEquals(Reason.OVER_LIMIT, refusal.reason());
    }

    private static JsonObject element(JsonValue extra) {
        return element().add("extra", extra);
    }

    private static JsonArray values(int count) {
        JsonArray values = new JsonArray();
        for (int i = 0; i < count; i++) {
            values.add(0);
        }
        return values;
    }

    @Test
    void eachReadingHoldsSoManyValuesAndNoMore() {
        int documentWithItsList = 25;
        int elementWithItsArray = 6;
        int room = StrictJson.MAX_VALUES - documentWithItsList - elementWithItsArray;
        Readings.parseBatch(
                utf8(with(element(values(room)), element(values(room))).toString()));
        DocumentException refusal = refusalOf(element(), element(values(room + 1)));
        assertEquals(Reason.OVER_LIMIT, refusal.reason());
        assertTrue(refusal.getMessage().endsWith("more than 1000 values"), refusal.getMessage());
    }

    @Test
    void noNumberIsLongerThanItLooks() {
        String number = "1e-" + (StrictJson.MAX_SCALE);
        Readings.parseBatch(
                utf8(with(element().set("value", Json.parse(number))).toString()));
        for (String wild : List.of("1e-401", "1e-999999999", "1e-99999999999", "0e999999999", "1e400")) {
            assertEquals(
                    Reason.OVER_LIMIT,
                    refusalOf(element().set("value", Json.parse(wild))).reason(),
                    wild);
        }
    }

    @Test
    void nothingButItsOwnExceptionComesOutOfBrokenBatches() {
        Random random = new Random(11);
        byte[] whole = utf8(batch("load", every(5)).toJson());
        for (int i = 0; i < 20_000; i++) {
            byte[] broken = whole.clone();
            for (int k = random.nextInt(4); k >= 0; k--) {
                broken[random.nextInt(broken.length)] = (byte) random.nextInt(128);
            }
            try {
                assertTrue(Readings.parseBatch(broken).entries().size() <= 5);
            } catch (DocumentException said) {
                assertTrue(said.getMessage().contains(": "), said.getMessage());
            }
        }
    }
}
