package org.maunode.tools.content;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.eclipsesource.json.Json;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class StrictJsonTest {
    private static final int NESTING_LIMIT = 1000;

    @ParameterizedTest
    @ValueSource(
            strings = {
                "null",
                "true",
                "1",
                "1.50",
                "-0.0",
                "1e300",
                "\"a\"",
                "[]",
                "{}",
                "[1,[2,{\"a\":[]}],null]",
                "{\"a\":{\"a\":1},\"b\":[{\"a\":2},{\"a\":3}]}"
            })
    void readsWhatTheParserReads(String text) {
        assertEquals(Json.parse(text), StrictJson.parse(text));
        assertEquals(text, StrictJson.parse(text).toString());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            textBlock =
                    """
                    {"a":1,"a":2}            | line 1, column 11: the name "a" stands twice in one object
                    [1, 1e400]               | line 1, column 10: the number 1e400 is too large
                    {"a" 1}                  | line 1, column 6: expected ':'
                    {"a":1} x                | line 1, column 9: unexpected character
                    [1,                      | line 1, column 4: unexpected end of input
                    """)
    void saysWhatIsWrongAndWhere(String text, String message) {
        ContentException flaw = assertThrows(ContentException.class, () -> StrictJson.parse(text));
        assertEquals(message, flaw.getMessage());
    }

    @Test
    void countsLines() {
        ContentException flaw = assertThrows(ContentException.class, () -> StrictJson.parse("{\n\n  x}"));
        assertEquals("line 3, column 3: expected name", flaw.getMessage());
    }

    @Test
    void refusesWhatIsNotUtf8() {
        byte[] latin = "{\"name\":\"caf\u00e9\"}".getBytes(StandardCharsets.ISO_8859_1);
        ContentException flaw = assertThrows(ContentException.class, () -> StrictJson.parse(latin));
        assertEquals("is not UTF-8 text", flaw.getMessage());
    }

    @Test
    void nestsToALimit() {
        StrictJson.parse("[".repeat(NESTING_LIMIT) + "]".repeat(NESTING_LIMIT));
        assertThrows(
                ContentException.class,
                () -> StrictJson.parse("[".repeat(NESTING_LIMIT + 1) + "]".repeat(NESTING_LIMIT + 1)));
    }

    @Test
    void aHostileNumberOfNamesIsReadInLinearTime() {
        StringBuilder text = new StringBuilder("{\"first\":0");
        for (int i = 0; i < 100_000; i++) {
            text.append(",\"n").append(i).append("\":0");
        }
        assertEquals(
                100_001,
                StrictJson.parse(text.append('}').toString()).asObject().size());
    }
}
