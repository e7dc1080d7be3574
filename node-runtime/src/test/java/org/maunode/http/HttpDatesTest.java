package org.maunode.http;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class HttpDatesTest {
    private static final Instant T = Instant.parse("1994-11-06T08:49:37Z");

    @Test
    void theThreeFormsOfHttpAreRead() {
        for (String text : List.of(
                "Sun, 06 Nov 1994 08:49:37 GMT", "Sunday, 06-Nov-94 08:49:37 GMT", "Sun Nov  6 08:49:37 1994")) {
            assertEquals(Optional.of(T), HttpDates.parse(text), text);
        }
        assertEquals(Optional.of(T.plusSeconds(10 * 86400)), HttpDates.parse("Wed Nov 16 08:49:37 1994"));
    }

    @Test
    void theYearOneIsReadThoughItLiesFarBefore1970() {
        assertEquals(Optional.of(Instant.parse("0001-01-01T00:00:00Z")), HttpDates.parse(HttpDates.YEAR_ONE));
    }

    @Test
    void shortYearsLieBetween1970And2069() {
        assertEquals(
                Optional.of(Instant.parse("2069-01-01T00:00:00Z")), HttpDates.parse("Tuesday, 01-Jan-69 00:00:00 GMT"));
        assertEquals(
                Optional.of(Instant.parse("1970-01-01T00:00:00Z")),
                HttpDates.parse("Thursday, 01-Jan-70 00:00:00 GMT"));
    }

    @Test
    void aWrongNameOfTheDayDoesNotMatter() {
        assertEquals(Optional.of(T), HttpDates.parse("Mon, 06 Nov 1994 08:49:37 GMT"));
    }

    @Test
    void everythingElseIsNoDate() {
        for (String text : List.of(
                "",
                "0",
                "1994-11-06T08:49:37Z",
                "Sun, 06 Nov 1994 08:49:37 +0000",
                "Sun, 06 Nov 1994 08:49:37",
                "Sun, 31 Feb 1994 08:49:37 GMT",
                "Sun, 06 Nov 1994 25:49:37 GMT",
                "Sun, 06 Foo 1994 08:49:37 GMT",
                "Sun, 6 Nov 1994 08:49:37 GMT",
                "Sun, 06 Nov 1994 08:49:37 GMT, x")) {
            assertEquals(Optional.empty(), HttpDates.parse(text), text);
        }
    }

    @Test
    void whatIsWrittenIsReadAgainToTheSecond() {
        assertEquals("Sun, 06 Nov 1994 08:49:37 GMT", HttpDates.format(T.plusMillis(999)));
        assertEquals(Optional.of(T), HttpDates.parse(HttpDates.format(T)));
        for (Instant early : List.of(Instant.MIN, Instant.EPOCH.minusNanos(1), Instant.parse("0001-01-01T00:00:00Z"))) {
            assertEquals("Mon, 01 Jan 0001 00:00:00 GMT", HttpDates.format(early));
        }
        assertEquals("Thu, 01 Jan 1970 00:00:00 GMT", HttpDates.format(Instant.EPOCH));
        assertEquals("Fri, 31 Dec 9999 23:59:59 GMT", HttpDates.format(Instant.MAX));
    }
}
