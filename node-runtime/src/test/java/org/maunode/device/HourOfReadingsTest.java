package org.maunode.device;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.maunode.device.driver.Sample;
import org.maunode.device.sampling.Quality;
import org.maunode.device.vocabulary.Batch.Entry;

final class HourOfReadingsTest {
    private static final Instant HOUR = Instant.parse("2026-11-23T12:00:00Z");
    private static final int MOST = HourOfReadings.MOST;

    private static Entry entry(long sequence) {
        return new Entry(
                HOUR.plusMillis(sequence),
                Optional.of(new Sample.Amount(BigDecimal.valueOf(sequence))),
                Quality.OK,
                sequence);
    }

    private static HourOfReadings of(int readings) {
        HourOfReadings hour = new HourOfReadings(HOUR);
        LongStream.rangeClosed(1, readings).mapToObj(HourOfReadingsTest::entry).forEach(hour::add);
        return hour;
    }

    private static List<Long> numbers(HourOfReadings hour) {
        return hour.entries().stream().map(Entry::sequence).toList();
    }

    @Test
    void asManyAsItHoldsAreAllThere() {
        assertEquals(LongStream.rangeClosed(1, MOST).boxed().toList(), numbers(of(MOST)));
        assertEquals(MOST, of(MOST).published());
    }

    @Test
    void oneMoreAndEverySecondOneGoes() {
        HourOfReadings hour = of(MOST + 1);
        assertEquals(MOST / 2 + 1, hour.entries().size());
        assertEquals(List.of(1L, 3L, 5L), numbers(hour).subList(0, 3));
        assertEquals(MOST + 1, hour.published());
    }

    @Test
    void thinningIsEvenHoweverManyComeAndMemoryIsFlat() {
        for (int readings : new int[] {3600, 7200, 100_000}) {
            HourOfReadings hour = of(readings);
            assertTrue(hour.entries().size() <= MOST && hour.entries().size() > MOST / 2 - 1, readings + " readings");
            assertEquals(readings, hour.published());
            List<Long> numbers = numbers(hour);
            long step = numbers.get(1) - numbers.get(0);
            for (int i = 0; i < numbers.size(); i++) {
                assertEquals(1 + i * step, numbers.get(i));
            }
            assertTrue(readings - numbers.getLast() < step, "up to the last");
        }
    }

    @Test
    void whoGoesOnWithAWrittenHourThinsAsBefore() {
        for (int before : new int[] {0, 1, 100, MOST, MOST + 1, 2000, 3599}) {
            HourOfReadings one = of(before);
            HourOfReadings two = HourOfReadings.of(HOUR, List.copyOf(one.entries()));
            List<Long> steps = new ArrayList<>();
            for (long sequence = before + 2001L; sequence < before + 6000L; sequence++) {
                two.add(entry(sequence));
            }
            for (int i = 1; i < two.entries().size(); i++) {
                steps.add(numbers(two).get(i) - numbers(two).get(i - 1));
            }
            assertTrue(two.entries().size() <= MOST, before + " before");
            assertTrue(steps.stream().allMatch(step -> step > 0));
            assertTrue(
                    steps.stream().distinct().count() <= 3,
                    "evenly, but for the gap: " + steps.stream().distinct().toList());
        }
    }
}
