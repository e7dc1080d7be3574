package org.maunode.ble.session;

import java.util.List;
import java.util.Optional;
import org.maunode.ble.session.SessionException.Reason;

/**
 * What this side sends on one stream: unsent bytes, numbered frames until they are acknowledged, the peer's credit.
 *
 * <p>What is done for each frame goes through the flights only if it must, and with plain loops: streams and functions made on the
 * spot cost a slow board more than the frame does.
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
    private final Flights flights = new Flights();
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
    /** Before this time there is nothing to {@link #expire}: it is called for each frame, and must not go through the flights for each. */
    private long calmUntil = LONG_AGO;

    Outflow(Side stream, Agreement agreement, RoundTrip roundTrip, Allowance allowance) {
        this.stream = stream;
        this.agreement = agreement;
        this.roundTrip = roundTrip;
        this.allowance = allowance;
        this.limit = agreement.peerWindow();
    }

    // What the writer does.

    int write(byte[] source, int offset, int length) {
        lookAnew();
        return unsent.add(source, offset, length);
    }

    int room() {
        return unsent.room();
    }

    void finish() {
        lookAnew();
        end = end == End.OPEN ? End.FINISHING : end;
    }

    /** Drops whatever has not arrived and tells the peer so; its number is allowed although no credit may be left for it. */
    void reset() {
        if (!isReset()) {
            lookAnew();
            unsent.clear();
            flights.clear();
            flights.add(new Flight(new Reset(stream, Numbers.wire(next)), next));
            next++;
            end = End.RESETTING;
        }
    }

    /** A new call begins: the peer has shown that everything before has arrived. */
    void begin() {
        lookAnew();
        unsent.clear();
        flights.forEach(flights::delivered);
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
        return flights.flying();
    }

    /** The frame to send now: what was lost before what is new. */
    Optional<Frame> poll(Riders riders, long now) {
        Optional<Flight> waiting = flights.waiting();
        if (waiting.isPresent()) {
            return Optional.of(repeat(waiting.get(), riders, now));
        }
        return hasNew() && next < limit && next < mostKept() ? Optional.of(cut(riders, now)) : Optional.empty();
    }

    /** Behind a gap, frames that have arrived are kept too, until all before them have. */
    private long mostKept() {
        return acked + agreement.framesInFlight();
    }

    private boolean hasNew() {
        return unsent.size() > 0 || end == End.FINISHING;
    }

    private Frame repeat(Flight flight, Riders riders, long now) {
        send(flight, now);
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
        send(flight, now);
        return data.carrying(acks);
    }

    private void send(Flight flight, long now) {
        flights.sent(flight, ++transmissions, now);
        calmUntil = Math.min(calmUntil, flight.deadline(roundTrip.timeout(doublings), roundTrip.reorderWait()));
    }

    // What comes back.

    /** The peer says how far this stream has arrived; {@code arrived} is the bitmap of a report, or zero. */
    void acknowledged(Ack ack, long arrived, long now) {
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

    private void check(long upTo, Ack ack, long arrived) {
        long newest = arrived == 0 ? upTo : upTo + 1 + Long.SIZE - Long.numberOfLeadingZeros(arrived);
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

    private void settle(long arrived, long now) {
        Optional<Flight> newest = Optional.empty();
        for (Flight flight : flights) {
            boolean tells = isNamed(flight, arrived) && !flight.isDelivered() && deliver(flight, now);
            if (tells && (newest.isEmpty() || flight.order() > newest.get().order())) {
                newest = Optional.of(flight);
            }
        }
        newest.ifPresent(flight -> learn(flight, now));
        flights.forgetBefore(acked);
        for (Flight flight : flights) {
            flight.overtakenBy(newestArrived, now);
        }
    }

    private boolean isNamed(Flight flight, long arrived) {
        long behind = flight.number() - acked;
        return behind < 0 || behind > 0 && behind < Long.SIZE && (arrived >> behind - 1 & 1) != 0;
    }

    /** Returns whether it is known which transmission arrived. */
    private boolean deliver(Flight flight, long now) {
        if (flight.wasHastilyLost(now, roundTrip.least())) {
            roundTrip.hasty();
            allowance.restored();
        }
        boolean telling = flight.isFlying() && flight.isUnambiguous();
        flights.delivered(flight);
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
        if (now < calmUntil) {
            return false;
        }
        loseOvertaken(now);
        boolean asking = false;
        while (now >= deadline()) {
            asking |= isBlocked();
            ring(now);
            doublings++;
            quietSince = now;
            rungAt = now;
        }
        calmUntil = deadline();
        return asking;
    }

    /** Something has happened that may bring {@link #deadline} nearer. */
    void lookAnew() {
        calmUntil = LONG_AGO;
    }

    /** The first time only the oldest frame is repeated: if the link was just slow, that is all it costs. */
    private void ring(long now) {
        if (doublings == 0) {
            loseOldest();
        } else {
            allowance.lost(now, roundTrip);
            loseOlderThan(roundTrip.timeout(0), now);
        }
    }

    private void loseOldest() {
        for (Flight flight : flights) {
            if (flight.isFlying()) {
                flights.lost(flight);
                return;
            }
        }
    }

    private void loseOlderThan(long age, long now) {
        for (Flight flight : flights) {
            if (flight.isFlying() && flight.age(now) >= age) {
                flights.lost(flight);
            }
        }
    }

    private void loseOvertaken(long now) {
        long reorderWait = roundTrip.reorderWait();
        for (Flight flight : flights) {
            if (flight.isOvertaken(now, reorderWait)) {
                flights.lost(flight);
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
        return hasNew() && next >= limit && flights.areAllDelivered();
    }
}
