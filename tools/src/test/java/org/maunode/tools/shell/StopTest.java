package org.maunode.tools.shell;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class StopTest {
    private final Stop stop = new Stop();
    private final List<String> heard = new ArrayList<>();

    @Test
    void tellsEveryListenerOnce() {
        stop.onRequest(() -> heard.add("a"));
        stop.onRequest(() -> heard.add("b"));
        assertTrue(stop.isHeard());
        stop.request();
        stop.request();
        assertEquals(List.of("a", "b"), heard);
        assertTrue(stop.isRequested());
    }

    @Test
    void tellsALateListenerAtOnce() {
        stop.request();
        stop.onRequest(() -> heard.add("late"));
        assertEquals(List.of("late"), heard);
    }

    @Test
    void nobodyListensUntilSomebodyDoes() {
        assertFalse(stop.isHeard());
    }

    @Test
    void aPauseEndsWithTheWish() throws InterruptedException {
        stop.request();
        assertTrue(stop.pause(Duration.ofDays(1)));
        stop.await();
    }

    @Test
    void aPauseEndsByItself() throws InterruptedException {
        assertFalse(stop.pause(Duration.ZERO));
    }
}
