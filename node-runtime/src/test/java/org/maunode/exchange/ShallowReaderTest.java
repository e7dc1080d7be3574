package org.maunode.exchange;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.io.StringReader;
import org.junit.jupiter.api.Test;
import org.maunode.exchange.ExchangeException.Reason;

class ShallowReaderTest {
    private static String nested(int depth) {
        return "[".repeat(depth) + "]".repeat(depth);
    }

    private static String read(String json) throws IOException {
        try (ShallowReader reader = new ShallowReader(new StringReader(json))) {
            return reader.readAllAsString();
        }
    }

    @Test
    void passesWhatIsAsDeepAsTheLimitAndNoDeeper() throws IOException {
        String deepest = nested(ShallowReader.MAX_DEPTH);
        assertEquals(deepest, read(deepest));
        String deeper = nested(ShallowReader.MAX_DEPTH + 1);
        assertEquals(
                Reason.PROTOCOL,
                assertThrows(ExchangeException.class, () -> read(deeper)).reason());
    }

    @Test
    void passesTextsAndNumbersAsLongAsTheLimitAndNoLonger() throws IOException {
        for (String kind : new String[] {"\"", ""}) {
            String longest = "[" + kind + "7".repeat(ShallowReader.MAX_TEXT - 2) + kind + "]";
            assertEquals(longest, read(longest));
            String longer = "[" + kind + "7".repeat(ShallowReader.MAX_TEXT + 1) + kind + "]";
            assertThrows(ExchangeException.class, () -> read(longer));
        }
    }

    @Test
    void bracketsInTextsDoNotCount() throws IOException {
        String text = "[\"" + "[{".repeat(100) + "\\\"" + "[".repeat(100) + "\\\\\"]";
        assertEquals(text, read(text));
    }

    @Test
    void siblingsDoNotCount() throws IOException {
        String wide = "[" + "{},[],".repeat(1000) + "0]";
        assertEquals(wide, read(wide));
    }

    @Test
    void aListingOfHalfAMillionBracketsIsRefusedAndOverflowsNoStack() {
        String hostile = "[".repeat(500_000);
        assertEquals(
                Reason.PROTOCOL,
                assertThrows(ExchangeException.class, () -> ListingJson.parse(new StringReader(hostile)))
                        .reason());
        assertEquals(
                Reason.PROTOCOL,
                assertThrows(ExchangeException.class, () -> ContactsJson.parse(new StringReader(hostile)))
                        .reason());
    }
}
