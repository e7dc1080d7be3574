package org.maunode.ble.session;

import java.util.ArrayDeque;
import java.util.Iterator;
import java.util.Optional;

/**
 * The frames of one stream that have a number and are not acknowledged yet, oldest first. It counts them as they change, because
 * what is asked for every frame that is sent must not go through them all.
 */
final class Flights implements Iterable<Flight> {
    private final ArrayDeque<Flight> all = new ArrayDeque<>();
    private int flying;
    private int waiting;

    /** Those that were sent, and of which nothing has been heard. */
    int flying() {
        return flying;
    }

    /** The oldest that is to be sent, for the first time or again. */
    Optional<Flight> waiting() {
        return waiting == 0
                ? Optional.empty()
                : all.stream().filter(Flight::isWaiting).findFirst();
    }

    void add(Flight fresh) {
        all.add(fresh);
        waiting++;
    }

    void sent(Flight flight, long transmission, long now) {
        leave(flight);
        flight.sent(transmission, now);
        flying++;
    }

    void delivered(Flight flight) {
        leave(flight);
        flight.delivered();
    }

    void lost(Flight flight) {
        leave(flight);
        flight.lost();
        waiting++;
    }

    private void leave(Flight flight) {
        flying -= flight.isFlying() ? 1 : 0;
        waiting -= flight.isWaiting() ? 1 : 0;
    }

    boolean areAllDelivered() {
        return flying == 0 && waiting == 0;
    }

    /** Those before this number have been delivered. */
    void forgetBefore(long number) {
        while (!all.isEmpty() && all.peek().number() < number) {
            all.poll();
        }
    }

    void clear() {
        all.clear();
        flying = 0;
        waiting = 0;
    }

    @Override
    public Iterator<Flight> iterator() {
        return all.iterator();
    }
}
