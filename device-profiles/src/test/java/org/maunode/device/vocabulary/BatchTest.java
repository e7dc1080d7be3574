package org.maunode.device.vocabulary;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.maunode.device.vocabulary.Hours.HOUR;
import static org.maunode.device.vocabulary.Hours.batch;
import static org.maunode.device.vocabulary.Hours.every;
import static org.maunode.device.vocabulary.Hours.fault;
import static org.maunode.device.vocabulary.Hours.value;

import com.eclipsesource.json.Json;
import com.eclipsesource.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.maunode.device.profile.ChannelName;
import org.maunode.device.sampling.Quality;
import org.maunode.device.vocabulary.Batch.Entry;

/** An hour of readings as a document. */
final class BatchTest {
    private static JsonObject document(Entry... entries) {
        return Json.parse(batch("cpu-temperature", entries).toJson()).asObject();
    }

    private static String description(String channel, Entry... entries) {
        return Json.parse(batch(channel, entries).toJson()).asObject().getString("description", "");
    }

    @Test
    void isThisTextByteForByte() {
        assertEquals(
                """
                {"@context":["https://schema.org",{"mau":"https://w3id.org/mau-device/v1#"}],\
                "@id":"/p2p/1f0c0b6a6d3b3a6d8c1f5f0a5f3e2d1c0b9a8f7e/cpu-temperature-20261123T08.json.pgp",\
                "@type":["DataFeed","mau:Batch"],"name":"CPU temperature",\
                "description":"3 readings in the hour from 2026-11-23 08:00 UTC: least 21.4 °C, most 23 °C, mean 22.2 °C; 1 fault",\
                "about":{"@type":"Product","name":"Greenhouse node"},\
                "temporalCoverage":"2026-11-23T08:00:00Z/2026-11-23T09:00:00Z",\
                "variableMeasured":{"@type":"PropertyValue","name":"CPU temperature","propertyID":"mau:cpuTemperature",\
                "unitCode":"CEL","unitText":"°C"},\
                "mau:channel":{"@id":"/p2p/1f0c0b6a6d3b3a6d8c1f5f0a5f3e2d1c0b9a8f7e/node.json.pgp#cpu-temperature"},\
                "mau:quality":"ok","dataFeedElement":[
                {"@type":"Observation","observationDate":"2026-11-23T08:00:01Z","value":21.4,"mau:sequence":1},
                {"@type":"Observation","observationDate":"2026-11-23T08:00:02Z","value":23,"mau:sequence":2},
                {"@type":"Observation","observationDate":"2026-11-23T08:00:03Z","mau:sequence":3,"mau:quality":"fault"}]}
                """,
                batch("cpu-temperature", value(1, "21.4"), value(2, "23"), fault(3))
                        .toJson());
    }

    @Test
    void saysOnceThatItWasSimulated() {
        Entry simulated = new Entry(HOUR, value(1, "21").sample(), Quality.SIMULATED, 1);
        JsonObject document = document(simulated, fault(2));
        assertEquals("simulated", document.getString("mau:quality", ""));
        assertNull(document.get("dataFeedElement").asArray().get(0).asObject().get("mau:quality"));
        assertTrue(document.getString("description", "").endsWith("; 1 fault (simulated)"));
    }

    @Test
    void describesWhatIsOnlyOnOrOff() {
        assertEquals(
                "3 readings in the hour from 2026-11-23 08:00 UTC: on in 2, off in 1",
                description("door", Hours.turned(1, true), Hours.turned(2, false), Hours.turned(3, true)));
    }

    @Test
    void describesAnHourWithoutAValue() {
        assertEquals("1 reading in the hour from 2026-11-23 08:00 UTC; 1 fault", description("load", fault(1)));
    }

    @Test
    void meansNoMoreDigitsThanTheChannelHas() {
        String words = description("cpu-temperature", value(1, "20"), value(2, "20"), value(3, "21"));
        assertTrue(words.endsWith("mean 20.3 °C"), words);
    }

    @Test
    void aFaultBeginsWhenTheSensorFailedAndInventsNoValue() {
        Entry lost = Entry.of(Scene.lost(Scene.measured("load", "1")), 9);
        assertEquals(Scene.NOW.plus(Duration.ofMinutes(1)), lost.at());
        assertTrue(lost.sample().isEmpty());
        assertEquals(Quality.FAULT, lost.quality());
        assertTrue(Entry.of(Scene.missing("load"), 1).sample().isEmpty());
        assertEquals(
                "1",
                Entry.of(Scene.measured("load", "1"), 1)
                        .sample()
                        .map(sample -> ((org.maunode.device.driver.Sample.Amount) sample)
                                .value()
                                .toString())
                        .orElseThrow());
    }

    @Test
    void anHourAtOneHertzIsBelowTheLimitOfItsReaders() {
        String text = batch("cpu-temperature", every(Batch.MAX_ENTRIES)).toJson();
        int bytes = text.getBytes(StandardCharsets.UTF_8).length;
        assertTrue(bytes < 110 * Batch.MAX_ENTRIES, bytes + " bytes");
    }

    @Test
    void hasEntriesThatRiseUpToItsLimit() {
        assertThrows(IllegalArgumentException.class, () -> batch("load"));
        assertThrows(IllegalArgumentException.class, () -> batch("load", every(Batch.MAX_ENTRIES + 1)));
        assertThrows(IllegalArgumentException.class, () -> batch("load", value(2, "1"), value(2, "1")));
        assertThrows(IllegalArgumentException.class, () -> value(0, "1"));
        assertThrows(IllegalArgumentException.class, () -> Hours.numbered(LinkedData.MAX_EXACT + 1));
        List<Entry> one = List.of(value(1, "1"));
        assertThrows(
                IllegalArgumentException.class,
                () -> new Batch(Scene.NODE, Scene.channel("load"), HOUR.plusSeconds(1), one));
    }

    @Test
    void isAFileNamedAfterItsChannelAndHour() {
        assertEquals(
                "network-sent-20261123T08.json",
                NodeId.batchOf(new ChannelName("network-sent"), HOUR.plusSeconds(3599)));
    }

    @Test
    void itsNameTellsItsHour() {
        ChannelName air = new ChannelName("air");
        assertEquals(Optional.of(HOUR), NodeId.hourOf(air, NodeId.batchOf(air, HOUR)));
        for (String other : List.of(
                "air.json",
                "soil-20261123T08.json",
                "air-out-20261123T08.json",
                "air-20261123T24.json",
                "air-20261123T08.txt",
                "air-20261123.json",
                "air-.json",
                "air-20261323T08.json")) {
            assertEquals(Optional.empty(), NodeId.hourOf(air, other), other);
        }
    }
}
