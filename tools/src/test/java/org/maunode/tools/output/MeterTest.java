package org.maunode.tools.output;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Instant;
import org.junit.jupiter.api.Test;

class MeterTest {
    private static final Instant START = Instant.parse("2026-11-23T08:00:00Z");

    private final Meter meter = new Meter(START);

    @Test
    void tellsShareSpeedAndWhatIsLeft() {
        meter.expect(10_000_000, 0);
        meter.moved(2_500_000);
        assertEquals("25 %  2.5 MB of 10.0 MB  500.0 kB/s  15 s left", meter.describe(START.plusSeconds(5)));
    }

    @Test
    void whatWasThereBeforeCountsAsDoneAndNotAsSpeed() {
        meter.expect(10_000_000, 8_000_000);
        meter.moved(1_000_000);
        assertEquals("90 %  9.0 MB of 10.0 MB  1.0 MB/s  1 s left", meter.describe(START.plusSeconds(1)));
    }

    @Test
    void anUnknownSizeHasNoShare() {
        meter.moved(1000);
        assertEquals("1.0 kB  1.0 kB/s", meter.describe(START.plusSeconds(1)));
    }

    @Test
    void startsWithoutDividingByNothing() {
        meter.expect(1000, 0);
        assertEquals("0 %  0 B of 1.0 kB  0 B/s", meter.describe(START));
    }

    @Test
    void neverTellsMoreThanAll() {
        meter.expect(1000, 0);
        meter.moved(2000);
        assertEquals("100 %  2.0 kB of 1.0 kB  2.0 kB/s", meter.describe(START.plusSeconds(1)));
    }
}
