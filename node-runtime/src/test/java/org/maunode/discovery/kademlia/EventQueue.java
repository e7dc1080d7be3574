package org.maunode.discovery.kademlia;

import java.util.PriorityQueue;

/** What happens when in a simulation. Events of one millisecond happen in the order in which they were planned. */
final class EventQueue {
    private record Event(long at, long number, Runnable what) implements Comparable<Event> {
        @Override
        public int compareTo(Event other) {
            return at != other.at ? Long.compare(at, other.at) : Long.compare(number, other.number);
        }
    }

    private final PriorityQueue<Event> events = new PriorityQueue<>();
    private long planned;
    private long now;

    long now() {
        return now;
    }

    void at(long time, Runnable what) {
        events.add(new Event(Math.max(now, time), planned++, what));
    }

    void in(long milliseconds, Runnable what) {
        at(now + milliseconds, what);
    }

    void runUntil(long end) {
        while (!events.isEmpty() && events.peek().at <= end) {
            Event next = events.poll();
            now = next.at;
            next.what.run();
        }
        now = end;
    }

    /** How many events have been planned so far. */
    long planned() {
        return planned;
    }
}
