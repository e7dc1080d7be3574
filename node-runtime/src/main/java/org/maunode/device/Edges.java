package org.maunode.device;

import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Objects;
import org.maunode.device.driver.Sample;
import org.maunode.device.driver.TellingDriver;

/**
 * What a sensor told by itself, until the publisher comes for it: a button that is pressed and let go while something else is
 * being written has been pressed. Thread-safe.
 */
final class Edges implements TellingDriver.Listener {
    /** A line that flutters faster than this is heard loses its oldest changes. */
    static final int MOST = 8;

    /** @param at when it was told */
    record Edge(Sample sample, Instant at) {}

    private final InstantSource clock;
    private final Runnable toldAnew;
    private final Runnable lost;
    private final Deque<Edge> waiting = new ArrayDeque<>();

    /**
     * @param toldAnew called when something waits where nothing did, on the wire's thread
     * @param lost called when the sensor tells no more, on the wire's thread
     */
    Edges(InstantSource clock, Runnable toldAnew, Runnable lost) {
        this.clock = Objects.requireNonNull(clock);
        this.toldAnew = Objects.requireNonNull(toldAnew);
        this.lost = Objects.requireNonNull(lost);
    }

    @Override
    public void changed(Sample now) {
        if (add(new Edge(now, clock.instant()))) {
            toldAnew.run();
        }
    }

    @Override
    public void lost() {
        lost.run();
    }

    private synchronized boolean add(Edge edge) {
        if (waiting.size() == MOST) {
            waiting.remove();
        }
        waiting.add(edge);
        return waiting.size() == 1;
    }

    /** What was told since the last time, oldest first. */
    synchronized List<Edge> take() {
        List<Edge> told = List.copyOf(waiting);
        waiting.clear();
        return told;
    }
}
