package org.maunode.device;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Objects;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.maunode.device.driver.Driver;
import org.maunode.device.driver.DriverException;
import org.maunode.device.driver.Drivers;
import org.maunode.device.driver.Opened;
import org.maunode.device.driver.TellingDriver;
import org.maunode.device.profile.ChannelName;
import org.maunode.device.profile.SensorChannel;
import org.maunode.device.sampling.ChannelSampler;
import org.maunode.device.sampling.Search;
import org.maunode.device.wire.Wires;

/**
 * One sensor of the profile, from being looked for to being read:
 *
 * <pre>
 *             found                  its turn, if reading takes time
 *   Absent ───────────► Present ──────────────────────────────────────► Asked
 *     ▲  ▲ not there       │  ▲ └─ its turn: read at once                 │ │ no answer in time: stale
 *     │  └─┘               │  └─────────────── answered ─────────────────┘ └─┘
 *     └────────────────────┘ not there for five minutes, and the machine has none
 * </pre>
 *
 * Confined to the publisher's thread.
 */
final class Sensor {
    /** A network that comes and goes would have the node's description written each time. */
    static final Duration GONE = Duration.ofMinutes(5);

    /**
     * One who says that it answers at once, and then takes longer, twice in a row because the first time may have loaded a
     * library, is read on a thread of its own from then on.
     */
    private static final Duration AT_ONCE = Duration.ofMillis(250);

    private static final int HOLD_UPS = 2;

    private static final Duration UNTIL_SOMETHING_HAPPENS = Duration.ofDays(1);

    private static final Logger LOG = Logger.getLogger("org.maunode.device");

    /** Where it stands. */
    private sealed interface State {
        record Absent(Search search) implements State {}

        record Present(Driver driver, Duration patience) implements State {}

        /** @param deadline when its answer is overdue; the far future once that was said */
        record Asked(Present present, Instant since, Instant deadline) implements State {}
    }

    /**
     * What a sensor needs of the publisher.
     *
     * @param later runs something of a channel's on the publisher's thread soon, whichever thread asks for it
     * @param told passes on that this sensor has told of a change, on the wire's thread
     */
    record Surroundings(
            Wires wires,
            Lanes lanes,
            InstantSource clock,
            BiConsumer<ChannelName, Runnable> later,
            Consumer<Sensor> told) {
        Surroundings {
            Objects.requireNonNull(wires);
            Objects.requireNonNull(lanes);
            Objects.requireNonNull(clock);
            Objects.requireNonNull(later);
            Objects.requireNonNull(told);
        }
    }

    private final SensorFeed feed;
    private final Surroundings around;
    private final Edges edges;
    private State state;
    private int holdUps;

    /** Looks for the sensor, and reads nothing yet. */
    Sensor(SensorFeed feed, Surroundings around) {
        this.feed = feed;
        this.around = around;
        this.edges = new Edges(around.clock(), () -> around.told().accept(this), () -> later(this::lost));
        this.state = switch (Drivers.open(channel(), around.wires())) {
            case Opened.Ready(Driver driver) -> present(driver);
            case Opened.Absent(String why) -> absent(Search.begun(around.clock().instant()), why);
        };
    }

    private void later(Runnable work) {
        around.later().accept(channel().name(), work);
    }

    SensorChannel channel() {
        return feed.channel();
    }

    SensorFeed feed() {
        return feed;
    }

    /** Whether this machine has it, as far as is known; one that fails is there until it has been gone for long. */
    boolean isPresent() {
        return !(state instanceof State.Absent);
    }

    /** How long {@link #turn} has nothing to do. */
    Duration untilDue(Instant now) {
        return switch (state) {
            case State.Absent(Search search) -> search.untilDue(now);
            case State.Present _ -> feed.untilDue(now);
            case State.Asked asked ->
                now.isBefore(asked.since()) ? Duration.ZERO : Duration.between(now, asked.deadline());
        };
    }

    /** Does what is due, if anything is. */
    void turn(Instant now) {
        if (untilDue(now).compareTo(ChannelSampler.TOGETHER) <= 0) {
            switch (state) {
                case State.Absent(Search search) -> look(search, now);
                case State.Present present -> ask(present, now);
                case State.Asked asked -> waited(asked, now);
            }
        }
    }

    private void look(Search search, Instant now) {
        state = new State.Absent(search.missed(now));
        if (Drivers.open(channel(), around.wires()) instanceof Opened.Ready(Driver driver)) {
            LOG.log(Level.INFO, "{0}: there now: {1}", new Object[] {channel().name(), driver.technique()});
            State.Present found = present(driver);
            state = found;
            ask(found, now);
        }
    }

    private State.Present present(Driver driver) {
        if (driver instanceof TellingDriver telling) {
            telling.onChange(edges);
        }
        return new State.Present(driver, driver.patience());
    }

    private State.Absent absent(Search search, String why) {
        LOG.log(Level.INFO, "{0}: {1}", new Object[] {channel().name(), why});
        return new State.Absent(search);
    }

    /** What an earlier run published of a sensor that is not here now must not go on looking as if it were. */
    void disownIfAbsent(Instant now) {
        if (!isPresent() && feed.isPublished()) {
            feed.failed(DriverException.Reason.VANISHED, "not here since the start", now);
        }
    }

    private void ask(State.Present present, Instant now) {
        feed.asked(now);
        if (present.patience().isZero()) {
            readAtOnce(present, now);
        } else {
            Lane lane = around.lanes().of(channel(), present.patience());
            state = new State.Asked(present, now, now.plus(lane.allowed()));
            lane.read(present.driver(), answer -> later(() -> answered(answer, present)));
        }
    }

    private void readAtOnce(State.Present present, Instant now) {
        hear();
        long begun = System.nanoTime();
        Answer answer = Answer.of(present.driver());
        Duration took = Duration.ofNanos(System.nanoTime() - begun);
        holdUps = took.compareTo(AT_ONCE) > 0 ? holdUps + 1 : 0;
        if (holdUps == HOLD_UPS) {
            LOG.log(Level.WARNING, "{0}: took {1} ms again, and has a thread of its own from now on", new Object[] {
                channel().name(), took.toMillis()
            });
            state = new State.Present(present.driver(), took);
        }
        take(answer, present.driver(), now);
    }

    private void answered(Answer answer, State.Present present) {
        state = present;
        take(answer, present.driver(), around.clock().instant());
    }

    private void take(Answer answer, Driver driver, Instant at) {
        if (answer instanceof Answer.Fault fault && fault.reason() == DriverException.Reason.VANISHED) {
            giveUpIfGone(driver, at);
        }
        feed.answered(answer, driver.technique(), at);
    }

    /** What the profile hangs on the board is never given up; the catalogue of drivers knows which that is. */
    private void giveUpIfGone(Driver driver, Instant now) {
        boolean isGone = feed.failingSince()
                .filter(since -> Duration.between(since, now).compareTo(GONE) >= 0)
                .isPresent();
        if (isGone && Drivers.open(channel(), around.wires()) instanceof Opened.Absent(String why)) {
            driver.close();
            state = absent(Search.begun(now), why);
        }
    }

    private void waited(State.Asked asked, Instant now) {
        if (now.isBefore(asked.since())) {
            Duration allowed = Duration.between(asked.since(), asked.deadline());
            state = new State.Asked(asked.present(), now, now.plus(allowed));
        } else {
            state = new State.Asked(asked.present(), now, now.plus(UNTIL_SOMETHING_HAPPENS));
            feed.overdue(now);
        }
    }

    /** Takes what the sensor told by itself. */
    void hear() {
        for (Edges.Edge edge : edges.take()) {
            feed.measured(edge.sample(), edge.at());
        }
    }

    private void lost() {
        if (state instanceof State.Present present) {
            ask(present, around.clock().instant());
        }
    }
}
