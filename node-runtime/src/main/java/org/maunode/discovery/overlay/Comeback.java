package org.maunode.discovery.overlay;

import java.util.OptionalLong;
import java.util.random.RandomGenerator;

/**
 * When a node whom nobody in the network answers tries again: later and later, spread by a quarter either way. Times in
 * milliseconds. Pure.
 */
final class Comeback {
    static final long FIRST = 10_000;
    static final long LONGEST = 15 * 60_000;
    private static final int MAX_DOUBLINGS = 16;

    private final RandomGenerator random;
    private int tries;
    private OptionalLong due = OptionalLong.empty();

    Comeback(RandomGenerator random) {
        this.random = random;
    }

    /** Nobody answers: the next try is set, unless one is. */
    void alone(long now) {
        if (due.isEmpty()) {
            long wait = Math.min(FIRST << Math.min(tries, MAX_DOUBLINGS), LONGEST);
            due = OptionalLong.of(now + wait + random.nextLong(-wait / 4, wait / 4 + 1));
            tries++;
        }
    }

    /** Somebody answers. */
    void joined() {
        tries = 0;
        due = OptionalLong.empty();
    }

    /** The network changed: what was in vain may not be so now. */
    void soon(long now) {
        if (due.isPresent()) {
            tries = 0;
            due = OptionalLong.of(now);
        }
    }

    OptionalLong due() {
        return due;
    }

    /** Whether it is time, which is told once. */
    boolean isDue(long now) {
        boolean time = due.isPresent() && now >= due.getAsLong();
        if (time) {
            due = OptionalLong.empty();
        }
        return time;
    }
}
