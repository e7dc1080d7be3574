package org.maunode.discovery.kademlia;

import java.util.Arrays;
import java.util.Optional;
import java.util.random.RandomGenerator;

/**
 * When which part of the table is looked up again: our own neighbourhood twice as often as each bucket that has nodes which a
 * lookup of ourselves does not reach. One at a time; spread by jitter, so that nodes that start together do not stay in step.
 */
final class Upkeep {
    /** After joining, our neighbourhood is looked up a second time after this part of that time: what was lost or lied about shows. */
    private static final int FIRST_AGAIN = 12;
    /** While nobody answers, our neighbourhood is looked up again after this, then twice this, ... */
    static final long FIRST_RETRY = 10_000;

    private static final int SELF = Id.BITS;

    private final Id self;
    private final long every;
    private final RandomGenerator random;
    private final long[] due = new long[Id.BITS + 1];
    private long retry = FIRST_RETRY;
    private boolean running;
    private boolean settling;

    Upkeep(Id self, long every, RandomGenerator random) {
        this.self = self;
        this.every = every;
        this.random = random;
        Arrays.fill(due, Engine.NEVER);
    }

    void begin(long now) {
        Arrays.fill(due, now);
        settling = true;
    }

    /** Those around us are to hear of us now. */
    void moved(long now) {
        if (due[SELF] != Engine.NEVER) {
            due[SELF] = now;
        }
    }

    private int index(Id id) {
        return self.sharedBits(id);
    }

    /** A lookup of {@code target} begins: its part of the table needs none for a while. */
    void touched(Id target, long now) {
        int index = index(target);
        if (due[index] != Engine.NEVER) {
            due[index] = now + jittered(index == SELF ? neighbourhood() : every);
        }
    }

    private long neighbourhood() {
        boolean first = settling;
        settling = false;
        return first ? every / FIRST_AGAIN : every / 2;
    }

    /** Three to five quarters of {@code span}. */
    private long jittered(long span) {
        return span - span / 4 + random.nextLong(span / 2 + 1);
    }

    /** What to look up now: ourselves, or a random id of a bucket up to {@code deepest}. */
    Optional<Id> next(int deepest, long now) {
        if (running) {
            return Optional.empty();
        }
        if (due[SELF] <= now) {
            return Optional.of(self);
        }
        for (int index = deepest; index >= 0; index--) {
            if (due[index] <= now) {
                return Optional.of(self.randomSharing(index, random));
            }
        }
        return Optional.empty();
    }

    void started() {
        running = true;
    }

    /** @param unheard whether nobody answered us */
    void finished(boolean unheard, long now) {
        running = false;
        if (unheard) {
            due[SELF] = Math.min(due[SELF], now + jittered(retry));
            retry = Math.min(2 * retry, every);
        } else {
            retry = FIRST_RETRY;
        }
    }

    long deadline(int deepest) {
        if (running) {
            return Engine.NEVER;
        }
        long next = due[SELF];
        for (int index = 0; index <= deepest; index++) {
            next = Math.min(next, due[index]);
        }
        return next;
    }
}
