package org.maunode.tools.content;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class DescriptionTest {
    private static Description of(String json) {
        return Description.of(json.getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void aReadingIsAValueWithItsUnitAndPlace() {
        Description reading = of(
                """
                {"@context": "https://schema.org", "@type": ["Observation", "mau:Reading"], "name": "Air temperature",
                 "description": "21.4 °C at 2026-11-23T08:15:00Z", "value": 21.4, "unitCode": "CEL", "unitText": "°C",
                 "observationAbout": {"@type": "Place", "name": "Greenhouse"}, "mau:quality": "ok"}
                """);
        assertEquals(Optional.of("Observation"), reading.type());
        assertEquals(Optional.of("Air temperature"), reading.title());
        assertEquals(List.of("21.4 °C, Greenhouse"), reading.lines());
    }

    @Test
    void aDoubtfulReadingSaysSo() {
        assertEquals(
                List.of("true (stale)"),
                of("{\"@type\":\"Observation\",\"value\":true,\"mau:quality\":\"stale\"}")
                        .lines());
        assertEquals(
                List.of("7"),
                of("{\"@type\":\"Observation\",\"value\":7,\"unitCode\":\"C62\"}")
                        .lines());
    }

    @Test
    void aPostIsItsHeadlineAndText() {
        Description post = of(
                "{\"@type\":\"https://schema.org/SocialMediaPosting\",\"headline\":\"Hi\",\"articleBody\":\"one\\ntwo\"}");
        assertEquals(Optional.of("SocialMediaPosting"), post.type());
        assertEquals(Optional.of("Hi"), post.title());
        assertEquals(List.of("one", "two"), post.lines());
    }

    @Test
    void aDeviceNamesItsChannels() {
        Description node = of(
                """
                {"@type": ["IndividualProduct", "mau:Node"], "name": "Greenhouse node", "description": "A board",
                 "additionalProperty": [{"name": "Air temperature"}, {"name": "Water pump relay"}]}
                """);
        assertEquals(List.of("A board; Air temperature, Water pump relay"), node.lines());
    }

    @Test
    void aBatchCountsItsEntries() {
        assertEquals(
                List.of("3 entries"),
                of("{\"@type\":\"DataFeed\",\"dataFeedElement\":[{},{},{}]}").lines());
    }

    @Test
    void aResultSaysHowItEnded() {
        assertEquals(
                List.of("failed (denied): not yours"),
                of("{\"@type\":\"ActivateAction\",\"actionStatus\":\"FailedActionStatus\","
                                + "\"mau:resultCode\":\"denied\",\"description\":\"not yours\"}")
                        .lines());
    }

    @Test
    void anythingElseIsItsNameAndDescription() {
        Description thing =
                of("{\"schema:name\":{\"@value\":\"N\",\"@language\":\"en\"},\"description\":[\"D\",\"E\"]}");
        assertEquals(Optional.of("N"), thing.title());
        assertEquals(List.of("D"), thing.lines());
        assertEquals(Optional.empty(), thing.type());
    }

    @Test
    void severalThingsAreCounted() {
        Description two = of("[{\"@type\":\"A\",\"name\":\"a\"},{\"@type\":\"B\",\"name\":\"b\"}]");
        assertEquals(Optional.of("a"), two.title());
        assertEquals(List.of("and 1 more"), two.lines());
        assertTrue(two.isA("B"));
    }

    @Test
    void typesAreComparedWithAndWithoutPrefixInAnyCase() {
        Description reading = of("{\"@type\":[\"Observation\",\"mau:Reading\"]}");
        for (String type : List.of("Observation", "OBSERVATION", "mau:Reading", "reading")) {
            assertTrue(reading.isA(type), type);
        }
        assertFalse(reading.isA("mau"));
    }

    @Test
    void whatIsLongIsCut() {
        Description post =
                of("{\"@type\":\"T\",\"name\":\"" + "n".repeat(201) + "\",\"text\":\"" + "t".repeat(1001) + "\"}");
        assertEquals(200, post.title().orElseThrow().length());
        assertEquals(1000, post.lines().getFirst().length());
    }

    @Test
    void whatDescribesNothingIsFlawed() {
        assertThrows(ContentException.class, () -> of("3"));
        assertThrows(ContentException.class, () -> of("[]"));
        assertThrows(ContentException.class, () -> of("{"));
    }
}
