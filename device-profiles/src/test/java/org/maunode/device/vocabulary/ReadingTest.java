package org.maunode.device.vocabulary;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.maunode.device.vocabulary.Documents.example;
import static org.maunode.device.vocabulary.Documents.structure;
import static org.maunode.device.vocabulary.Scene.lost;
import static org.maunode.device.vocabulary.Scene.measured;
import static org.maunode.device.vocabulary.Scene.missing;
import static org.maunode.device.vocabulary.Scene.reading;

import com.eclipsesource.json.Json;
import com.eclipsesource.json.JsonObject;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.maunode.device.profile.ChannelName;
import org.maunode.device.sampling.Observed;
import org.maunode.device.sampling.Quality;

final class ReadingTest {
    private static JsonObject document(Observed observed) {
        return Json.parse(reading(observed)).asObject();
    }

    private static String description(Observed observed) {
        return document(observed).getString("description", "");
    }

    @Test
    void isBuiltAsTheWorkedExampleIs() {
        String expected = structure(example("2-observation.jsonld")).replace("\"Place\"", "\"Product\"");
        assertEquals(expected, structure(document(measured("cpu-temperature", "21.4"))));
    }

    @Test
    void isThisTextByteForByte() {
        assertEquals(
                """
                {
                  "@context": [
                    "https://schema.org",
                    {
                      "mau": "https://w3id.org/mau-device/v1#"
                    }
                  ],
                  "@id": "/p2p/1f0c0b6a6d3b3a6d8c1f5f0a5f3e2d1c0b9a8f7e/cpu-temperature.json.pgp",
                  "@type": [
                    "Observation",
                    "mau:Reading"
                  ],
                  "name": "CPU temperature",
                  "description": "21.4 °C at 2026-11-23T08:15:00Z",
                  "observationAbout": {
                    "@type": "Product",
                    "name": "Greenhouse node"
                  },
                  "observationDate": "2026-11-23T08:15:00Z",
                  "measuredProperty": {
                    "@id": "mau:cpuTemperature",
                    "@type": "Property"
                  },
                  "value": 21.4,
                  "unitCode": "CEL",
                  "unitText": "°C",
                  "measurementTechnique": "Linux thermal zone cpu-thermal",
                  "marginOfError": {
                    "@type": "QuantitativeValue",
                    "value": 5,
                    "unitCode": "CEL"
                  },
                  "mau:channel": {
                    "@id": "/p2p/1f0c0b6a6d3b3a6d8c1f5f0a5f3e2d1c0b9a8f7e/node.json.pgp#cpu-temperature"
                  },
                  "mau:sequence": 48213,
                  "mau:quality": "ok"
                }
                """,
                reading(measured("cpu-temperature", "21.4")));
    }

    @Test
    void hasNoUnitTextWhereThingsAreMerelyCounted() {
        JsonObject load = document(measured("load", "0.08"));
        assertEquals("C62", load.getString("unitCode", ""));
        assertNull(load.get("unitText"));
    }

    @Test
    void keepsTheLastGoodValueAndItsTimeInAFault() {
        JsonObject fault = document(lost(measured("cpu-temperature", "21.4")));
        assertEquals("fault", fault.getString("mau:quality", ""));
        assertEquals("21.4", fault.get("value").toString());
        assertEquals("2026-11-23T08:15:00Z", fault.getString("observationDate", ""));
        assertEquals(
                "the sensor is not there since 2026-11-23T08:16:00Z; last 21.4 °C at 2026-11-23T08:15:00Z",
                fault.getString("description", ""));
    }

    @Test
    void inventsNoValueWhereThereNeverWasOne() {
        JsonObject fault = document(missing("cpu-temperature"));
        assertEquals("fault", fault.getString("mau:quality", ""));
        assertNull(fault.get("value"));
        assertNull(fault.get("unitCode"));
        assertEquals(
                "the sensor cannot be read since 2026-11-23T08:15:00Z; there is no value yet",
                fault.getString("description", ""));
    }

    @Test
    void namesItsQualityInTheVocabularysWords() {
        for (Quality quality : Quality.values()) {
            JsonObject document = document(measured("load", "0.08", quality));
            assertEquals(quality.word(), document.getString("mau:quality", ""));
        }
        assertEquals(
                "0.08 at 2026-11-23T08:15:00Z, not renewed since",
                description(measured("load", "0.08", Quality.STALE)));
        assertEquals(
                "0.08 at 2026-11-23T08:15:00Z (simulated)", description(measured("load", "0.08", Quality.SIMULATED)));
    }

    @ParameterizedTest
    @CsvSource({
        "cpu-temperature, -9.5, -9.5 °C",
        "load, 12.00, 12.00",
        "memory, 0, 0 bytes",
        "memory, 999, 999 bytes",
        "memory, 1000, 1 kB",
        "memory, 884000000, 884 MB",
        "storage, 85675000000, 85.7 GB",
        "storage, 999950000000, 1 TB",
        "storage, 9007199254740991, 9.01 PB",
        "uptime, 8, 8 s",
        "uptime, 60, 1 min",
        "uptime, 3599, 59 min 59 s",
        "uptime, 3600, 1 h",
        "uptime, 273600, 3 d 4 h"
    })
    void saysItsValueAsPeopleDo(String channel, String value, String words) {
        assertEquals(words + " at 2026-11-23T08:15:00Z", description(measured(channel, value)));
    }

    @ParameterizedTest
    @CsvSource({"9007199254740991", "85675000000", "0.000001", "8.5675E+10", "1E+15", "1E-6"})
    void writesEveryNumberWithoutAnExponent(String value) {
        String text = document(measured("storage", value)).get("value").toString();
        assertFalse(text.contains("E") || text.contains("e"), text);
        assertEquals(Double.parseDouble(value), Double.parseDouble(text));
    }

    @Test
    void escapesWhateverTheNodeIsCalled() {
        String name = "\"Pi\"\n\\ \u2028 <b> é";
        NodeId node = new NodeId("/p2p/x", "x", name);
        String text = new Reading(node, measured("load", "1"), "t", 1).toJson();
        JsonObject about = Json.parse(text).asObject().get("observationAbout").asObject();
        assertEquals(name, about.getString("name", ""));
    }

    @Test
    void countsFromOne() {
        assertThrows(IllegalArgumentException.class, () -> new Reading(Scene.NODE, measured("load", "1"), "t", 0));
    }

    @Test
    void isAFileNamedAfterItsChannel() {
        assertEquals("network-sent.json", NodeId.documentOf(new ChannelName("network-sent")));
        assertThrows(IllegalArgumentException.class, () -> new NodeId("/p2p/x/", "x", "n"));
        assertThrows(IllegalArgumentException.class, () -> new NodeId("p2p", "x", "n"));
    }
}
