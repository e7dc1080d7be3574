package org.maunode.tools.content;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class JsonLdCheckTest {
    private static final String GOOD =
            "{\"@context\":[\"https://schema.org\",{\"mau\":\"https://w3id.org/mau-device/v1#\"}],"
                    + "\"@type\":[\"Observation\",\"mau:Reading\"],\"name\":\"Air\",\"observationDate\":\"2026-11-23T08:15:00Z\"}";

    private static List<String> check(String text) {
        return JsonLdCheck.check(text.getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void aGoodDocumentGivesNoWarning() {
        assertEquals(List.of(), check(GOOD));
        assertEquals(List.of(), check("[" + GOOD + "," + GOOD + "]"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            textBlock =
                    """
                    3                                                     | is neither an object nor an array of objects
                    []                                                    | is neither an object nor an array of objects
                    [1,2]                                                 | is neither an object nor an array of objects
                    {"@type":"Thing"}                                     | has no "@context"
                    {"@context":"https://schema.org"}                     | has no "@type"
                    {"@context":"https://schema.org","@type":3}           | has no "@type"
                    [{"@context":"https://schema.org","@type":"T"},{}]    | element 2: has no "@context"
                    """)
    void refusesWhatIsNoJsonLd(String text, String message) {
        assertEquals(
                message, assertThrows(ContentException.class, () -> check(text)).getMessage());
    }

    @Test
    void aContextAboveAGraphIsEnough() {
        assertEquals(
                List.of(),
                check("{\"@context\":\"https://schema.org\",\"@graph\":[{\"@type\":\"Person\",\"name\":\"A\"}]}"));
    }

    @Test
    void warnsOfWhatOthersCannotShow() {
        assertEquals(
                List.of(
                        "\"@context\" does not name https://schema.org, which others read here",
                        "the context https://example.org/c would have to be fetched; write it inline",
                        "nothing to show: none of name, headline, text, description, articleBody, caption",
                        "datePublished \"yesterday\" is no ISO 8601 date or time"),
                check("{\"@context\":\"https://example.org/c\",\"@type\":\"T\",\"datePublished\":\"yesterday\"}"));
    }

    @Test
    void datesMayHaveNoTime() {
        assertEquals(
                List.of(),
                check(
                        "{\"@context\":\"https://schema.org\",\"@type\":\"T\",\"name\":\"n\",\"datePublished\":\"2026-11-23\"}"));
    }
}
