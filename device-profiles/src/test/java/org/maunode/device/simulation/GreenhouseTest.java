package org.maunode.device.simulation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** That the greenhouse behaves as one would believe of a real one, whatever its seed. */
final class GreenhouseTest {
    private static final Instant MIDNIGHT = Instant.parse("2026-05-04T00:00:00Z");
    private static final Instant NOON = Instant.parse("2026-05-04T12:00:00Z");

    private static Greenhouse at(long seed, Instant time) {
        Greenhouse greenhouse = new Greenhouse(seed, time.minus(Duration.ofDays(1)));
        greenhouse.advance(time);
        return greenhouse;
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 64, 20261123})
    void hasDayAndNight(long seed) {
        Greenhouse night = at(seed, MIDNIGHT);
        Greenhouse day = at(seed, NOON);
        assertTrue(night.light() < 1, "" + night.light());
        assertTrue(day.light() > 10_000 && day.light() < 100_000, "" + day.light());
        assertTrue(day.air() > night.air() + 5, day.air() + " by day, " + night.air() + " by night");
        assertTrue(day.humidity() < night.humidity());
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 64, 20261123})
    void staysWithinWhatIsBelievableForAMonth(long seed) {
        Greenhouse greenhouse = at(seed, MIDNIGHT);
        double before = greenhouse.air();
        for (int minute = 1; minute <= 30 * 24 * 60; minute++) {
            greenhouse.advance(MIDNIGHT.plus(Duration.ofMinutes(minute)));
            assertTrue(greenhouse.air() > -5 && greenhouse.air() < 50, "" + greenhouse.air());
            assertTrue(Math.abs(greenhouse.air() - before) < 1.5, "a jump of the air");
            assertTrue(greenhouse.humidity() >= 20 && greenhouse.humidity() <= 100);
            assertTrue(greenhouse.pressure() > 995 && greenhouse.pressure() < 1030);
            assertTrue(greenhouse.soil() >= 5 && greenhouse.soil() <= 95);
            before = greenhouse.air();
        }
        assertTrue(greenhouse.soil() < 10, "a month without water");
    }

    @Test
    void thePumpWetsTheSoilWithinSecondsAndTheSunDriesItAgain() {
        Greenhouse greenhouse = at(1, NOON);
        double dry = greenhouse.soil();
        greenhouse.pump(true);
        greenhouse.advance(NOON.plusSeconds(5));
        greenhouse.pump(false);
        double wet = greenhouse.soil();
        assertTrue(wet > dry + 0.9 && wet < dry + 3, dry + " to " + wet);
        greenhouse.advance(NOON.plus(Duration.ofHours(2)));
        assertTrue(greenhouse.soil() < wet);
    }

    @Test
    void theFanCoolsADayAndNothingFallsBelowTheAirOutside() {
        Greenhouse aired = at(1, NOON);
        Greenhouse closed = at(1, NOON);
        aired.fan(true);
        Instant later = NOON.plus(Duration.ofMinutes(20));
        aired.advance(later);
        closed.advance(later);
        assertTrue(aired.air() < closed.air() - 2, aired.air() + " aired, " + closed.air() + " closed");
    }

    @Test
    void isTheSameForTheSameSeedHoweverOftenItIsLookedAt() {
        Greenhouse once = new Greenhouse(7, MIDNIGHT);
        Greenhouse often = new Greenhouse(7, MIDNIGHT);
        once.advance(NOON);
        for (Instant time = MIDNIGHT; !time.isAfter(NOON); time = time.plusSeconds(30)) {
            often.advance(time);
        }
        assertEquals(once.air(), often.air(), 1e-9);
        assertEquals(once.soil(), often.soil(), 1e-9);
        assertTrue(once.air() != at(8, NOON).air());
    }

    @Test
    void timeThatGoesBackChangesNothingAndAYearTakesNoLongerThanTwoDays() {
        Greenhouse greenhouse = at(1, NOON);
        double air = greenhouse.air();
        greenhouse.advance(MIDNIGHT);
        assertEquals(air, greenhouse.air());
        greenhouse.advance(NOON.plus(Duration.ofDays(20_000)));
        assertTrue(greenhouse.air() > -5 && greenhouse.air() < 50);
    }
}
