package org.maunode.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

final class ThinningTest {
    private static final Instant NOW = Instant.parse("2026-11-23T10:30:00Z");

    private static List<Instant> kept(List<Instant> versions, Retention retention, Instant now) {
        List<Instant> kept = new ArrayList<>(versions);
        kept.removeAll(Thinning.superfluous(versions, Function.identity(), retention, now));
        return kept;
    }

    private static List<Instant> every(Duration step, int count) {
        return IntStream.range(0, count)
                .mapToObj(i -> NOW.minus(step.multipliedBy(count - 1L - i)))
                .toList();
    }

    private static List<Instant> random(Random random, int count) {
        TreeSet<Instant> times = new TreeSet<>();
        while (times.size() < count) {
            long age = (long) Math.pow(10, 1 + random.nextDouble() * 7);
            times.add(NOW.minusSeconds(age).minusMillis(random.nextInt(1000)));
        }
        return List.copyOf(times);
    }

    @Test
    void keepAllKeepsAll() {
        assertEquals(
                List.of(), Thinning.superfluous(every(Duration.ofDays(1), 99), t -> t, new Retention.KeepAll(), NOW));
    }

    @Test
    void keepLastKeepsTheNewest() {
        List<Instant> versions = every(Duration.ofMinutes(1), 5);
        assertEquals(versions.subList(3, 5), kept(versions, new Retention.KeepLast(2), NOW));
        assertEquals(List.of(), kept(versions, new Retention.KeepLast(0), NOW));
        assertEquals(versions, kept(versions, new Retention.KeepLast(5), NOW));
        assertEquals(versions, kept(versions, new Retention.KeepLast(6), NOW));
    }

    @Test
    void staggeredKeepsAllOfTheLastHour() {
        List<Instant> versions = every(Duration.ofMinutes(1), 61);
        assertEquals(versions, kept(versions, new Retention.Staggered(100), NOW));
    }

    @Test
    void staggeredKeepsTheNewestOfEachHourForADay() {
        List<Instant> kept = kept(every(Duration.ofMinutes(10), 6 * 24), new Retention.Staggered(100), NOW);
        List<Instant> old = kept.stream()
                .filter(t -> t.isBefore(NOW.minus(Duration.ofHours(2))))
                .toList();
        assertEquals(
                old.size(),
                old.stream().map(t -> t.getEpochSecond() / 3600).distinct().count());
        assertTrue(old.stream().allMatch(t -> t.toString().endsWith(":50:00Z")), old.toString());
    }

    @Test
    void staggeredKeepsOneADayForAMonthAndThenOneAMonth() {
        List<Instant> kept = kept(every(Duration.ofHours(5), 1000), new Retention.Staggered(1000), NOW);
        List<Instant> days = kept.stream()
                .filter(t -> t.isBefore(NOW.minus(Duration.ofHours(48))) && t.isAfter(NOW.minus(Duration.ofDays(30))))
                .toList();
        assertEquals(28, days.size());
        assertEquals(
                28,
                days.stream().map(t -> t.getEpochSecond() / 86400).distinct().count());
        long months = kept.stream()
                .filter(t -> t.isBefore(NOW.minus(Duration.ofDays(31))))
                .count();
        assertTrue(months >= 5 && months <= 7, "months " + months);
    }

    @Test
    void neverKeepsMoreThanTheMostAndAlwaysTheNewest() {
        for (int seed = 0; seed < 50; seed++) {
            Random random = new Random(seed);
            List<Instant> versions = random(random, 1 + random.nextInt(200));
            int most = random.nextInt(20);
            List<Instant> kept = kept(versions, new Retention.Staggered(most), NOW);
            assertTrue(kept.size() <= most, "seed " + seed);
            assertEquals(most > 0, kept.contains(versions.getLast()), "seed " + seed);
        }
    }

    @Test
    void whatAMoreGenerousPolicyDropsAStricterOneDropsToo() {
        for (int seed = 0; seed < 50; seed++) {
            List<Instant> versions = random(new Random(seed), 150);
            for (int most = 1; most < 30; most++) {
                List<Instant> strict = kept(versions, new Retention.Staggered(most), NOW);
                assertTrue(
                        kept(versions, new Retention.Staggered(most + 1), NOW).containsAll(strict), "seed " + seed);
            }
        }
    }

    @Test
    void thinningTwiceIsThinningOnce() {
        for (int seed = 0; seed < 50; seed++) {
            List<Instant> once = kept(random(new Random(seed), 150), new Retention.Staggered(40), NOW);
            assertEquals(once, kept(once, new Retention.Staggered(40), NOW), "seed " + seed);
        }
    }

    @Test
    void thinningAfterEachVersionLeavesWhatThinningOnceLeaves() {
        for (int seed = 0; seed < 20; seed++) {
            List<Instant> versions = random(new Random(seed), 200);
            List<Instant> often = new ArrayList<>();
            for (Instant version : versions) {
                often.add(version);
                often = new ArrayList<>(kept(often, new Retention.Staggered(1000), version));
            }
            assertEquals(
                    kept(versions, new Retention.Staggered(1000), NOW),
                    kept(often, new Retention.Staggered(1000), NOW),
                    "seed " + seed);
        }
    }

    @Test
    void aVersionFromTheFutureCountsAsNew() {
        List<Instant> versions = List.of(NOW.plus(Duration.ofDays(400)), NOW.plus(Duration.ofDays(401)));
        assertEquals(versions, kept(versions, new Retention.Staggered(9), NOW));
    }

    @Test
    void noPolicyKeepsLessThanNothing() {
        assertThrows(IllegalArgumentException.class, () -> new Retention.KeepLast(-1));
        assertThrows(IllegalArgumentException.class, () -> new Retention.Staggered(-1));
        assertFalse(new Retention.KeepLast(0).equals(new Retention.KeepLast(1)));
    }
}
