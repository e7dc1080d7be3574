package org.maunode.ble.session;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;
import java.util.Random;
import java.util.function.Predicate;

/** A link in virtual time, both directions, that treats frames as its {@link Faults} say; the same seed gives the same link. */
final class Air {
    record Arrival(long at, long order, Side to, byte[] frame) {}

    private final Faults faults;
    private final Random random;
    private final PriorityQueue<Arrival> flying =
            new PriorityQueue<>(Comparator.comparingLong(Arrival::at).thenComparingLong(Arrival::order));
    private final List<Arrival> sent = new ArrayList<>();
    private Predicate<byte[]> vanishes = frame -> false;
    private long order;

    Air(Faults faults, long seed) {
        this.faults = faults;
        this.random = new Random(seed);
    }

    void send(Side from, byte[] frame, long now) {
        sent.add(new Arrival(now, order, from.other(), frame));
        if (!happens(faults.loss()) && !vanishes.test(frame)) {
            fly(from.other(), frame, now);
            if (happens(faults.twice())) {
                fly(from.other(), frame, now);
            }
        }
    }

    /** Loses these frames besides. */
    void lose(Predicate<byte[]> which) {
        vanishes = which;
    }

    private void fly(Side to, byte[] frame, long now) {
        long late = happens(faults.late()) ? random.nextInt(faults.lateness() + 1) : 0;
        byte[] arriving = happens(faults.cut()) ? Arrays.copyOf(frame, random.nextInt(frame.length)) : frame;
        flying.add(new Arrival(now + faults.delay() + late, order++, to, arriving));
    }

    private boolean happens(int percent) {
        return random.nextInt(100) < percent;
    }

    long nextAt() {
        return flying.isEmpty() ? Long.MAX_VALUE : flying.peek().at();
    }

    boolean hasArrived(long now) {
        return nextAt() <= now;
    }

    Arrival take() {
        return flying.remove();
    }

    void clear() {
        flying.clear();
    }

    /** Everything that was handed to the link, whether it arrived or not. */
    List<Arrival> sent() {
        return sent;
    }

    /** Bytes handed to the link for this side. */
    long bytesTo(Side to) {
        return sent.stream()
                .filter(frame -> frame.to() == to)
                .mapToLong(frame -> frame.frame().length)
                .sum();
    }
}
