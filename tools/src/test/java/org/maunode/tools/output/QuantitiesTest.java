package org.maunode.tools.output;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class QuantitiesTest {
    @Test
    void writesSizesInDecimalUnits() {
        assertEquals("0 B", Quantities.bytes(0));
        assertEquals("999 B", Quantities.bytes(999));
        assertEquals("1.0 kB", Quantities.bytes(1000));
        assertEquals("999.9 kB", Quantities.bytes(999_949));
        assertEquals("1.0 MB", Quantities.bytes(999_950));
        assertEquals("27.3 MB", Quantities.bytes(27_300_000));
        assertEquals("9223372.0 TB", Quantities.bytes(Long.MAX_VALUE));
    }

    @Test
    void writesSpansInTwoUnits() {
        assertEquals("0 s", Quantities.span(Duration.ofMillis(-5)));
        assertEquals("59 s", Quantities.span(Duration.ofSeconds(59)));
        assertEquals("1 min 0 s", Quantities.span(Duration.ofSeconds(60)));
        assertEquals("2 h 5 min", Quantities.span(Duration.ofMinutes(125)));
    }

    @Test
    void countsInTheRightNumber() {
        assertEquals("0 files", Quantities.count(0, "file"));
        assertEquals("1 file", Quantities.count(1, "file"));
        assertEquals("2 files", Quantities.count(2, "file"));
    }
}
