package org.maunode.ble.session;

import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.maunode.ble.session.SessionException.Reason;

/**
 * What this side sends on one stream: unsent bytes, numbered frames until they are acknowledged, the peer's credit.
 *
 * <p>What is asked for each frame goes through the flights with plain loops: streams cost a slow board more than the frame does.
 */
final class Outflow {
    /** Where this half of the call stands. */
    private enum End {
        OPEN,
        FINISHING,
        FINISHED,
        RESETTING,
        RESET
    }

    private static final long LONG_AGO = Long.MIN_VALUE / 2;

    private final Side stream;
    private final Agreement agreement;
    private final RoundTrip roundTrip;
    private final Allowance allowance;
    private final ByteQueue unsent = new ByteQueue(Limits.UNSENT_BYTES);
    private final ArrayDeque<Flight> flights = new ArrayDeque<>();
    private End end = End.RESET;
    private long first;
    private long acked;
    private long next;
    private long limit;
    private long transmissions;
    private long newestArrived;
    private int doublings;
    private long quietSince;
    private long rungAt = LONG_AGO;

    Outflow(Side stream, Agreement agreement, RoundTrip roundTrip, Allowance allowance) {
        this.stream = stream;
        this.agreement = agreement;
        this.roundTrip = roundTrip;
        this.allowance = allowance;
        this.limit = agreement.peerWindow();
    }

    // What the writer does.

    int write(byte[] source, int offset, int length) {
        return unsent.add(source, offset, length);
    }

    int room() {
        return unsent.room();
    }

    void finish() {
        end = end == End.OPEN ? End.FINISHING : end;
    }

    /** Drops whatever has not arrived and tells the peer so; its number is allowed although no credit may be left for it. */
    void reset() {
        if (!isReset()) {
            unsent.clear();
            flights.clear();
            flights.add(new Flight(new Reset(stream, Numbers.wire(next)), next));
            next++;
            end = End.RESETTING;
        }
    }

    /** A new call begins: the peer has shown that everything before has arrived. */
    void begin() {
        unsent.clear();
        flights.forEach(Flight::delivered);
        end = End.OPEN;
        first = next;
    }

    /** The call never happened: nothing of it has been sent. */
    void retract() {
        unsent.clear();
        end = End.RESET;
    }

    /** Whether anything of this call has been cut into a frame. */
    boolean hasBegun() {
        return next > first;
    }

    boolean isReset() {
        return end == End.RESETTING || end == End.RESET;
    }

    /** Whether the end of this half has been on the wire. */
    boolean isEndSent() {
        return end == End.FINISHED || end == End.RESET;
    }

    boolean isEndAcked() {
        return isEndSent() && acked == next;
    }

    /** Whether everything written, and the end if there is one, has been acknowledged. */
    boolean isDrained() {
        return !hasNew() && acked == next;
    }

    // What goes out.

    int inFlight() {
        int flying = 0;
        for (Flight flight : flights) {
            flying += flight.isFlying() ? 1 : 0;
        }
        return flying;
    }

    /** The frame to send now: what was lost before what is new. */
    Optional<Frame> poll(Riders riders, long now) {
        for (Flight flight : flights) {
            if (flight.isWaiting()) {
                return Optional.of(repeat(flight, riders, now));
            }
        }
        return hasNew() && next < limit ? Optional.of(cut(riders, now)) : Optional.empty();
    }

    private boolean hasNew() {
        return unsent.size() > 0 || end == End.FINISHING;
    }

    private Frame repeat(Flight flight, Riders riders, long now) {
        flight.sent(++transmissions, now);
        end = end == End.RESETTING ? End.RESET : end;
        return switch (flight.frame()) {
            case Data data ->
                data.carrying(riders.fitting(agreement.frameSize() - Data.OVERHEAD - data.payload().length));
            case Frame other -> other;
        };
    }

    private Frame cut(Riders riders, long now) {
        int room = agreement.frameSize() - Data.OVERHEAD;
        int free = room - unsent.size();
        List<Ack> acks = free >= Ack.LENGTH ? riders.fitting(free) : riders.pressing();
        byte[] payload = unsent.take(Math.min(unsent.size(), room - Ack.LENGTH * acks.size()));
        boolean last = end == End.FINISHING && unsent.size() == 0;
        end = last ? End.FINISHED : end;
        Data data = new Data(stream, Numbers.wire(next), last, List.of(), payload);
        Flight flight = new Flight(data, next++);
        flights.add(flight);
        flight.sent(++transmissions, now);
        return data.carrying(acks);
    }

    // What comes back.

    /** The peer says how far this stream has arrived; {@code arrived} is the bitmap of a report, or zero. */
    void acknowledged(Ack ack, int arrived, long now) {
        long upTo = Numbers.nearest(ack.next(), acked);
        check(upTo, ack, arrived);
        if (upTo >= acked) {
            boolean progress = upTo > acked || upTo + ack.window() > limit;
            acked = upTo;
            limit = Math.max(limit, upTo + ack.window());
            settle(arrived, now);
            relax(progress, now);
        }
    }

    private void check(long upTo, Ack ack, int arrived) {
        long newest = arrived == 0 ? upTo : upTo + 1 + Integer.SIZE - Integer.numberOfLeadingZeros(arrived);
        if (upTo < 0 || newest > next) {
            throw new SessionException(
                    Reason.ACK_OF_UNSENT, "frame " + (newest - 1) + " is acknowledged, " + next + " were sent");
        }
        if (ack.window() > agreement.peerWindow()) {
            throw new SessionException(
                    Reason.CREDIT_OVERFLOW, "credit " + ack.window() + ", window " + agreement.peerWindow());
        }
        long promised = upTo + ack.window();
        if (upTo > acked && promised < limit || upTo < acked && promised > limit) {
            throw new SessionException(Reason.CREDIT_SHRUNK, "credit up to " + promised + " after " + limit);
        }
    }

    private void settle(int arrived, long now) {
        flights.stream()
                .filter(flight -> isNamed(flight, arrived) && !flight.isDelivered())
                .filter(flight -> deliver(flight, now))
                .max(Comparator.comparingLong(Flight::order))
                .ifPresent(flight -> learn(flight, now));
        while (!flights.isEmpty() && flights.peek().number() < acked) {
            flights.poll();
        }
        flights.forEach(flight -> flight.overtakenBy(newestArrived, now));
    }

    private boolean isNamed(Flight flight, int arrived) {
        long behind = flight.number() - acked;
        return behind < 0 || behind > 0 && behind < Integer.SIZE && (arrived >> behind - 1 & 1) != 0;
    }

    /** Returns whether it is known which transmission arrived. */
    private boolean deliver(Flight flight, long now) {
        if (flight.wasHastilyLost(now, roundTrip.least())) {
            roundTrip.hasty();
            allowance.restored();
        }
        boolean telling = flight.isFlying() && flight.isUnambiguous();
        flight.delivered();
        allowance.arrived();
        return telling;
    }

    /** If the timer has rung meanwhile, this answers the repetition: the first acknowledgement was lost. */
    private void learn(Flight newest, long now) {
        long age = newest.age(now);
        long sinceRing = now - rungAt;
        roundTrip.measured(sinceRing < roundTrip.least() ? age : Math.min(age, sinceRing));
        newestArrived = Math.max(newestArrived, newest.order());
    }

    /** After progress the timer begins anew; what is still older than it allows did not survive whatever made it ring. */
    private void relax(boolean progress, long now) {
        quietSince = now;
        if (progress && doublings > 0) {
            doublings = 0;
            loseOlderThan(roundTrip.timeout(0), now);
        }
    }

    // What time does.

    /** Holds for lost what is; returns whether the peer should be asked for news, because credit was out for too long. */
    boolean expire(long now) {
        loseOvertaken(now);
        boolean asking = false;
        while (now >= deadline()) {
            asking |= isBlocked();
            ring(now);
            doublings++;
            quietSince = now;
            rungAt = now;
        }
        return asking;
    }

    /** The first time only the oldest frame is repeated: if the link was just slow, that is all it costs. */
    private void ring(long now) {
        if (doublings == 0) {
            flights.stream().filter(Flight::isFlying).findFirst().ifPresent(Flight::lost);
        } else {
            allowance.lost(now, roundTrip);
            loseOlderThan(roundTrip.timeout(0), now);
        }
    }

    private void loseOlderThan(long age, long now) {
        flights.stream()
                .filter(flight -> flight.isFlying() && flight.age(now) >= age)
                .forEach(Flight::lost);
    }

    private void loseOvertaken(long now) {
        for (Flight flight : flights) {
            if (flight.isOvertaken(now, roundTrip.reorderWait())) {
                flight.lost();
                allowance.lost(now, roundTrip);
            }
        }
    }

    /** When {@link #expire} is next due, {@link Long#MAX_VALUE} if never. */
    long deadline() {
        long timeout = roundTrip.timeout(doublings);
        long reorderWait = roundTrip.reorderWait();
        long earliest = isBlocked() ? quietSince + timeout : Long.MAX_VALUE;
        for (Flight flight : flights) {
            if (flight.isFlying()) {
                earliest = Math.min(earliest, flight.deadline(timeout, reorderWait));
            }
        }
        return earliest;
    }

    private boolean isBlocked() {
        return hasNew() && next >= limit && flights.stream().allMatch(Flight::isDelivered);
    }
}
