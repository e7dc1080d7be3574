package org.maunode.device;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

final class SequenceTest {
    private static final Duration EVERY = Duration.ofMinutes(1);

    @Test
    void numbersBeginAtOneAndGoOnFromTheDisk() {
        assertEquals(1, new Sequence(() -> Sequence.reached(0, false)).next());
        assertEquals(43, new Sequence(() -> Sequence.reached(42, false)).next());
    }

    @Test
    void afterAPowerCutTheyLeapOverAllThatMayHaveBeenShown() {
        assertEquals(43 + Sequence.RESERVE, new Sequence(() -> Sequence.reached(42, true)).next());
        assertEquals(1, new Sequence(() -> Sequence.reached(0, true)).next(), "but nothing was shown of a new channel");
    }

    @Test
    void aNumberThatWasNotUsedIsOfferedAgain() {
        Sequence sequence = new Sequence(() -> 0);
        assertEquals(sequence.next(), sequence.next());
        sequence.used();
        assertEquals(2, sequence.next());
    }

    @Test
    void aDiskThatCannotBeReadIsAskedAgain() {
        AtomicInteger asked = new AtomicInteger();
        Sequence sequence = new Sequence(() -> {
            if (asked.getAndIncrement() == 0) {
                throw new IllegalStateException("not now");
            }
            return 7;
        });
        assertThrows(IllegalStateException.class, sequence::next);
        assertEquals(8, sequence.next());
    }

    @Test
    void whenTheReserveIsUsedUpOneIsWritten() {
        Sequence sequence = new Sequence(() -> 0);
        for (int i = 0; i < Sequence.RESERVE; i++) {
            assertEquals(EVERY, sequence.unwritten(EVERY));
            sequence.used();
        }
        assertEquals(Duration.ZERO, sequence.unwritten(EVERY));
        sequence.used();
        assertEquals(EVERY, sequence.unwritten(EVERY));
    }

    /** The disk is as far behind as it may be at every cut: what the first of a process, and what was forced, left there. */
    @Test
    void noNumberIsShownTwiceHoweverOftenThePowerGoes() {
        Random random = new Random(5);
        long disk = 0;
        long shown = 0;
        for (int life = 0; life < 300; life++) {
            long found = disk;
            boolean unclean = life > 0;
            Sequence sequence = new Sequence(() -> Sequence.reached(found, unclean));
            int readings = random.nextInt(4000);
            for (int i = 0; i < readings; i++) {
                long next = sequence.next();
                assertTrue(next > shown, next + " after " + shown);
                disk = i == 0 || sequence.unwritten(EVERY).isZero() ? next : disk;
                sequence.used();
                shown = next;
            }
        }
    }
}
