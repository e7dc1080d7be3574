package org.maunode.device.simulation;

import java.time.Duration;
import java.time.Instant;
import java.util.Random;

/**
 * A value that wanders between -1 and 1 as weather and loads do. It is a function of the seed and the time alone, so that
 * it does not matter who asks how often.
 *
 * @param pace how long it takes from one turn to the next
 */
record Drift(long seed, Duration pace) {

    double at(Instant time) {
        double position = time.toEpochMilli() / (double) pace.toMillis();
        long turn = (long) Math.floor(position);
        double part = position - turn;
        double smooth = part * part * (3 - 2 * part);
        return point(turn) * (1 - smooth) + point(turn + 1) * smooth;
    }

    private double point(long turn) {
        // Neighbouring seeds give neighbouring first numbers: the multiplier scatters them.
        return new Random((seed ^ turn) * 0x9E3779B97F4A7C15L).nextDouble() * 2 - 1;
    }
}
