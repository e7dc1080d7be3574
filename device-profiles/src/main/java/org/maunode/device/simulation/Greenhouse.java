package org.maunode.device.simulation;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;

/**
 * A greenhouse of a few square metres under the sky of a temperate spring: the sun warms it, the soil dries, the pump
 * wets the soil, the fan brings in air from outside. It reads no clock. Not safe for several threads.
 */
final class Greenhouse {
    /** Longer steps would overshoot: the air follows the fan within minutes. */
    private static final Duration STEP = Duration.ofSeconds(30);

    /** After a longer silence the state of the last two days counts, and nothing before. */
    private static final Duration MEMORY = Duration.ofDays(2);

    private static final double NOON_LUX = 60_000;
    private static final double NIGHT_LUX = 0.3;
    private static final double SATURATED = 95;
    private static final double WILTED = 5;
    private static final double HOUR = 3600;

    private final Drift clouds;
    private final Drift season;
    private final Drift pressure;
    private Instant now;
    private double air;
    private double humidity = 65;
    private double soil = 45;
    private double ground;
    private boolean pump;
    private boolean fan;

    Greenhouse(long seed, Instant now) {
        this.clouds = new Drift(seed, Duration.ofMinutes(20));
        this.season = new Drift(seed + 1, Duration.ofDays(3));
        this.pressure = new Drift(seed + 2, Duration.ofHours(18));
        this.now = now;
        this.air = aim(now, false);
        this.ground = mean(now);
    }

    /** Lets the time pass; back in time nothing happens. */
    void advance(Instant to) {
        if (Duration.between(now, to).compareTo(MEMORY) > 0) {
            now = to.minus(MEMORY);
        }
        while (now.isBefore(to)) {
            Instant next = now.plus(STEP).isBefore(to) ? now.plus(STEP) : to;
            step(Duration.between(now, next).toNanos() / 1e9, next);
            now = next;
        }
    }

    private void step(double seconds, Instant time) {
        air += approach(aim(time, fan) - air, seconds, fan ? 300 : 1800);
        ground += approach(mean(time) - ground, seconds, 12 * HOUR);
        humidity += approach(aimedHumidity() - humidity, seconds, fan ? 300 : 900);
        double drying = (0.6 + 2.0 * sun(time) + (fan ? 0.4 : 0)) / HOUR * seconds;
        double wetting = pump ? 0.4 * (1 - soil / 100) * seconds : 0;
        soil = Math.clamp(soil + wetting - drying, WILTED, SATURATED);
    }

    /** The way towards something in this time, if the way shrinks to a third within {@code slowness} seconds. */
    private static double approach(double way, double seconds, double slowness) {
        return way * (1 - Math.exp(-seconds / slowness));
    }

    /** Glass warms by 14 degrees in full sun; the fan leaves 4 of them. */
    private double aim(Instant time, boolean aired) {
        return outside(time) + (aired ? 4 : 14) * sun(time) + (aired ? 0 : 2);
    }

    private double aimedHumidity() {
        double aimed = 45 + 0.5 * soil - 0.9 * (air - 18) + (pump ? 8 : 0);
        return Math.clamp(fan ? 0.5 * aimed + 27 : aimed, 25, 98);
    }

    private double outside(Instant time) {
        return mean(time) + 6 * Math.sin(2 * Math.PI * (hour(time) - 9) / 24);
    }

    private double mean(Instant time) {
        return 13 + 4 * season.at(time);
    }

    /** How much of the strongest sun there is: none from 6 in the evening to 6 in the morning, in UTC. */
    private double sun(Instant time) {
        double height = Math.sin(Math.PI * (hour(time) - 6) / 12);
        return Math.max(0, height) * (0.65 + 0.35 * clouds.at(time));
    }

    private static double hour(Instant time) {
        return time.atOffset(ZoneOffset.UTC).toLocalTime().toNanoOfDay() / 1e9 / HOUR;
    }

    void pump(boolean on) {
        pump = on;
    }

    void fan(boolean on) {
        fan = on;
    }

    /** In °C. */
    double air() {
        return air;
    }

    /** In °C, a hand deep. */
    double ground() {
        return ground;
    }

    /** Relative, in percent. */
    double humidity() {
        return humidity;
    }

    /** In lux. */
    double light() {
        return NIGHT_LUX + NOON_LUX * sun(now);
    }

    /** How much of the water that it can hold, in percent. */
    double soil() {
        return soil;
    }

    /** In hectopascal. */
    double pressure() {
        return 1013 + 12 * pressure.at(now);
    }
}
