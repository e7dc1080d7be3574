package org.maunode.discovery.overlay;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

class PaceTest {
    private final Pace pace = new Pace();

    @Test
    void theFirstChangeIsWrittenAtOnceAndOnce() {
        assertFalse(pace.isDue(1000));
        pace.changed(1000);
        assertTrue(pace.isDue(1000));
        assertFalse(pace.isDue(1000));
        assertEquals(OptionalLong.empty(), pace.due());
    }

    /** KW-30. */
    @Test
    void laterChangesWaitHoweverManyTheyAre() {
        pace.changed(0);
        assertTrue(pace.isDue(0));
        for (long now = 1; now < Pace.APART; now += 1000) {
            pace.changed(now);
            assertFalse(pace.isDue(now));
        }
        assertEquals(OptionalLong.of(Pace.APART), pace.due());
        assertTrue(pace.isDue(Pace.APART));
    }

    @Test
    void aChangeLongAfterTheLastWriteDoesNotWait() {
        pace.changed(0);
        assertTrue(pace.isDue(0));
        pace.changed(3 * Pace.APART);
        assertTrue(pace.isDue(3 * Pace.APART));
    }
}
