package org.maunode.http;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class ByteRangeTest {
    private static final ByteRange.Asked WHOLE = new ByteRange.Asked.Whole();
    private static final ByteRange.Asked OUTSIDE = new ByteRange.Asked.Outside();

    private static ByteRange.Asked part(long first, long last) {
        return new ByteRange.Asked.Part(new ByteRange(first, last));
    }

    @Test
    void oneRangeIsReadInAllItsForms() {
        assertEquals(part(2, 4), ByteRange.parse("bytes=2-4", 10));
        assertEquals(part(2, 9), ByteRange.parse("bytes=2-", 10));
        assertEquals(part(2, 9), ByteRange.parse("bytes=2-999", 10));
        assertEquals(part(7, 9), ByteRange.parse("bytes=-3", 10));
        assertEquals(part(0, 9), ByteRange.parse("bytes=-999", 10));
        assertEquals(part(9, 9), ByteRange.parse("bytes=9-9", 10));
    }

    @Test
    void whatLiesBehindTheEndIsOutside() {
        assertEquals(OUTSIDE, ByteRange.parse("bytes=10-", 10));
        assertEquals(OUTSIDE, ByteRange.parse("bytes=10-20", 10));
        assertEquals(OUTSIDE, ByteRange.parse("bytes=-0", 10));
        assertEquals(OUTSIDE, ByteRange.parse("bytes=0-", 0));
        assertEquals(OUTSIDE, ByteRange.parse("bytes=-1", 0));
    }

    @Test
    void severalRangesAndNonsenseAreTheWhole() {
        for (String header : List.of(
                "bytes=0-1,3-4",
                "bytes=4-2",
                "bytes=-",
                "bytes=",
                "bytes",
                "lines=1-2",
                "bytes=a-b",
                "bytes=1-" + "9".repeat(30),
                "bytes=--1")) {
            assertEquals(WHOLE, ByteRange.parse(header, 10), header);
        }
    }

    @Test
    void contentRangesAreReadStrictly() {
        assertEquals(
                Optional.of(new ByteRange.Content(new ByteRange(2, 9), 10)), ByteRange.Content.parse("bytes 2-9/10"));
        assertEquals(
                Optional.of(new ByteRange.Content(new ByteRange(2, 9), -1)), ByteRange.Content.parse("bytes 2-9/*"));
        for (String header :
                List.of("bytes 2-9/9", "bytes 9-2/10", "bytes */10", "bytes=2-9/10", "bytes 2-9", "bytes 2-/10")) {
            assertEquals(Optional.empty(), ByteRange.Content.parse(header), header);
        }
    }

    @Test
    void itIsWrittenAsItIsRead() {
        ByteRange range = new ByteRange(2, 9);
        assertEquals("bytes 2-9/10", range.of(10));
        assertEquals(8, range.length());
    }
}
