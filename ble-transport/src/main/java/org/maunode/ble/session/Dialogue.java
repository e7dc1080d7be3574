package org.maunode.ble.session;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import org.maunode.ble.session.SessionException.Reason;

/**
 * An agreed session: the two streams share the connection here.
 *
 * <p>What goes first: reports of gaps (they unblock the peer), then data of both streams in turn (acknowledgements ride along),
 * then acknowledgements that found no ride, then a ping.
 */
final class Dialogue {
    private final Allowance allowance;
    private final Lane[] lanes;
    private final KeepAlive keepAlive;
    private Side turn;
    private boolean asking;

    Dialogue(Side self, Agreement agreement, int window, long now) {
        this.allowance = new Allowance(agreement.framesInFlight());
        RoundTrip roundTrip = new RoundTrip();
        this.lanes = new Lane[] {
            lane(Side.CENTRAL, self, agreement, roundTrip, window),
            lane(Side.PERIPHERAL, self, agreement, roundTrip, window)
        };
        this.keepAlive = new KeepAlive(now);
        this.turn = self;
    }

    private Lane lane(Side stream, Side self, Agreement agreement, RoundTrip roundTrip, int window) {
        Outflow out = new Outflow(stream, agreement, roundTrip, allowance);
        return new Lane(stream, self, out, new Inflow(stream, window));
    }

    Lane lane(Side stream) {
        return lanes[stream.bit()];
    }

    // What comes in.

    void heard(Frame frame, long now) {
        keepAlive.heard(now);
        switch (frame) {
            case Data data -> {
                acknowledged(data.acks(), now);
                lane(data.stream()).arrived(data, now);
            }
            case Acks acks -> acknowledged(acks.acks(), now);
            case Report report -> acknowledged(report.ack(), report.arrived(), now);
            case Reset reset -> lane(reset.stream()).reset(reset, now);
            case Ping _ -> oweAll(now);
            case Close _, Hello _, Welcome _, Refuse _ -> throw new IllegalStateException(frame + " is the session's");
        }
    }

    private void acknowledged(List<Ack> acks, long now) {
        for (Ack ack : acks) {
            acknowledged(ack, 0, now);
        }
    }

    /** What one stream learns of the round trip is the other's too. */
    private void acknowledged(Ack ack, long arrived, long now) {
        lane(ack.stream()).out().acknowledged(ack, arrived, now);
        for (Lane lane : lanes) {
            lane.out().lookAnew();
        }
    }

    /** The peer wants to hear that this side is here. */
    void oweAll(long now) {
        for (Lane lane : lanes) {
            lane.in().owe(now);
        }
    }

    // What goes out.

    boolean isSilent(long now) {
        return keepAlive.isSilent(now);
    }

    boolean isDrained() {
        return lanes[0].out().isDrained() && lanes[1].out().isDrained();
    }

    Optional<Frame> poll(long now) {
        expire(now);
        Optional<Frame> frame = report(now);
        frame = frame.isPresent() ? frame : stream(now);
        frame = frame.isPresent() ? frame : acks(now);
        return frame.isPresent() ? frame : ping(now);
    }

    private void expire(long now) {
        for (Lane lane : lanes) {
            asking |= lane.out().expire(now);
        }
    }

    private Optional<Frame> report(long now) {
        for (Lane lane : lanes) {
            if (lane.in().isReportDue(now)) {
                return Optional.of(lane.in().report());
            }
        }
        return Optional.empty();
    }

    private Optional<Frame> stream(long now) {
        Optional<Frame> frame = stream(turn, now);
        frame = frame.isPresent() ? frame : stream(turn.other(), now);
        turn = frame.isPresent() ? turn.other() : turn;
        return frame;
    }

    private Optional<Frame> stream(Side stream, long now) {
        Outflow out = lane(stream).out();
        int here = out.inFlight();
        int together = here + lane(stream.other()).out().inFlight();
        boolean allowed = here < allowance.alone() && together < allowance.together();
        return allowed ? out.poll(new LaneRiders(now), now) : Optional.empty();
    }

    private Optional<Frame> acks(long now) {
        boolean due = lanes[0].in().isDue(now) || lanes[1].in().isDue(now);
        return due ? Optional.of(new Acks(collect(2, in -> in.isOwed()))) : Optional.empty();
    }

    private Optional<Frame> ping(long now) {
        if (!asking && !keepAlive.isAskDue(now)) {
            return Optional.empty();
        }
        asking = false;
        keepAlive.asked(now);
        return Optional.of(new Ping());
    }

    private List<Ack> collect(int most, Predicate<Inflow> wanted) {
        List<Ack> acks = new ArrayList<>(2);
        for (Lane lane : lanes) {
            if (acks.size() < most && wanted.test(lane.in())) {
                acks.add(lane.in().ack());
            }
        }
        return acks;
    }

    /** A stream with a gap does not ride: its report says more. */
    private final class LaneRiders implements Riders {
        private final long now;

        LaneRiders(long now) {
            this.now = now;
        }

        @Override
        public List<Ack> fitting(int bytes) {
            return collect(bytes / Ack.LENGTH, in -> in.isOwed() && !in.hasGap());
        }

        @Override
        public List<Ack> pressing() {
            return collect(2, in -> in.isPressing(now) && !in.hasGap());
        }
    }

    long deadline() {
        long earliest = keepAlive.deadline();
        for (Lane lane : lanes) {
            earliest =
                    Math.min(earliest, Math.min(lane.in().deadline(), lane.out().deadline()));
        }
        return earliest;
    }

    void breakOff(Reason why) {
        lanes[0].breakOff(why);
        lanes[1].breakOff(why);
    }
}
