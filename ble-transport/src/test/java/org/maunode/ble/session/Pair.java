package org.maunode.ble.session;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;

/** Two engines and the air between them, in virtual time. */
final class Pair {
    private static final int MOST_FRAMES_AT_ONCE = 200;

    private final Map<Side, Session> sessions = new EnumMap<>(Side.class);
    private final Air air;
    private Runnable work = () -> {};
    private Consumer<Air.Arrival> tap = arrival -> {};
    private final long seed;
    private long now;

    Pair(SessionOptions central, SessionOptions peripheral, Faults faults, long seed) {
        sessions.put(Side.CENTRAL, Session.central(central, (int) seed, now));
        sessions.put(Side.PERIPHERAL, Session.peripheral(peripheral, (int) ~seed, now));
        air = new Air(faults, seed);
        this.seed = seed;
    }

    static Pair atMtu(int mtu, Faults faults, long seed) {
        SessionOptions options = SessionOptions.atMtu(mtu).preferring(Limits.LARGEST_FRAME);
        return new Pair(options, options, faults, seed);
    }

    /** Two sides that have agreed over a link without faults. */
    static Pair open() {
        Pair pair = atMtu(247, Faults.NONE, 1);
        pair.open(10_000);
        return pair;
    }

    Session central() {
        return sessions.get(Side.CENTRAL);
    }

    Session peripheral() {
        return sessions.get(Side.PERIPHERAL);
    }

    Session of(Side side) {
        return sessions.get(side);
    }

    Air air() {
        return air;
    }

    long now() {
        return now;
    }

    /** What the owners of both sides do whenever anything has happened. */
    void work(Runnable then) {
        this.work = then;
    }

    /** Sees every frame just before it is received. */
    void tap(Consumer<Air.Arrival> sees) {
        this.tap = sees;
    }

    void open(long within) {
        run(
                within,
                () -> central().state() == Session.State.OPEN && peripheral().state() == Session.State.OPEN);
    }

    /** Runs until it is so; fails if it is not within so many virtual milliseconds. */
    void run(long within, BooleanSupplier until) {
        long limit = now + within;
        settle();
        while (!until.getAsBoolean()) {
            step();
            assertTrue(now <= limit, () -> "not within " + within + " ms; " + this);
        }
    }

    /** Runs for so many virtual milliseconds. */
    void run(long milliseconds) {
        long end = now + milliseconds;
        settle();
        while (nextAt() <= end) {
            step();
        }
        now = end;
        settle();
    }

    private void step() {
        now = Math.max(now, nextAt());
        while (air.hasArrived(now)) {
            Air.Arrival arrival = air.take();
            tap.accept(arrival);
            of(arrival.to()).receive(arrival.frame(), now);
        }
        settle();
    }

    private long nextAt() {
        long next = air.nextAt();
        for (Session session : sessions.values()) {
            next = Math.min(next, session.deadline().orElse(Long.MAX_VALUE));
        }
        assertTrue(next < Long.MAX_VALUE, () -> "nothing will ever happen again; " + this);
        return next;
    }

    /** Lets both owners work and sends what there is to send; the engine must come to rest by itself. */
    void settle() {
        work.run();
        for (Side side : Side.values()) {
            int sent = 0;
            for (Optional<byte[]> frame = of(side).poll(now); frame.isPresent(); frame = of(side).poll(now)) {
                air.send(side, frame.get(), now);
                sent++;
                assertTrue(sent < MOST_FRAMES_AT_ONCE, () -> side + " does not come to rest; " + this);
            }
            long deadline = of(side).deadline().orElse(Long.MAX_VALUE);
            assertTrue(deadline > now, () -> side + " has nothing to send and wants to be polled; " + this);
        }
    }

    /** The connection breaks: what is in the air is lost and both sides are told. */
    void cut() {
        air.clear();
        sessions.values().forEach(Session::linkLost);
    }

    @Override
    public String toString() {
        return "seed " + seed + " at " + now + " ms central " + central().state() + ", peripheral "
                + peripheral().state() + ", " + air.sent().size() + " frames sent";
    }
}
