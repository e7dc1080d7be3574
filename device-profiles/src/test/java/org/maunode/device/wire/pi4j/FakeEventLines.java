package org.maunode.device.wire.pi4j;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.maunode.device.wire.GpioLines.Bias;

/** Input lines in memory: edges are kept until they are taken, and a line is taken once. */
final class FakeEventLines {
    /** An edge, or the end of the chip. */
    private enum Event {
        EDGE,
        UNPLUGGED
    }

    private final Map<Integer, Line> lines = new HashMap<>();

    synchronized EventLine open(int offset, Bias bias) {
        if (lines.containsKey(offset)) {
            throw new IllegalStateException("c_gpiod_line_request failed! (Device or resource busy)");
        }
        Line line = new Line(offset, bias == Bias.UP);
        lines.put(offset, line);
        return line;
    }

    /** Somebody outside changes the level. */
    synchronized void change(int offset, boolean high) {
        lines.get(offset).change(high);
    }

    synchronized void unplug(int offset) {
        lines.get(offset).events.add(Event.UNPLUGGED);
    }

    synchronized boolean isTaken(int offset) {
        return lines.containsKey(offset);
    }

    private synchronized void release(int offset) {
        lines.remove(offset);
    }

    private final class Line implements EventLine {
        private final LinkedBlockingQueue<Event> events = new LinkedBlockingQueue<>();
        private final int offset;
        private volatile boolean isHigh;

        Line(int offset, boolean isHigh) {
            this.offset = offset;
            this.isHigh = isHigh;
        }

        void change(boolean high) {
            isHigh = high;
            events.add(Event.EDGE);
        }

        @Override
        public boolean await(Duration longest) {
            try {
                Event event = events.poll(longest.toNanos(), TimeUnit.NANOSECONDS);
                if (event == Event.UNPLUGGED) {
                    throw new IllegalStateException("c_gpiod_line_event_wait failed: -1 (No such device)");
                }
                if (event == Event.EDGE) {
                    events.add(event);
                }
                return event == Event.EDGE;
            } catch (InterruptedException never) {
                throw new AssertionError(never);
            }
        }

        @Override
        public void take() {
            events.remove(Event.EDGE);
        }

        @Override
        public boolean isHigh() {
            return isHigh;
        }

        @Override
        public void release() {
            FakeEventLines.this.release(offset);
        }
    }
}
