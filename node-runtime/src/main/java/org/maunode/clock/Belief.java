package org.maunode.clock;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.maunode.clock.Trust.Doubt;
import org.maunode.clock.Trust.Witness;

/**
 * What a node believes about the time. Pure: told what the clocks and the witnesses say, it reads none of them.
 *
 * <pre>
 *                   system clock agrees with what was proved ──► system clock   sure
 *   system clock ──► at or behind what is known to have been ──► system clock   unsure, unless a friend agrees
 *                   before what is known to have been        ──► goes on from what was proved, or else told last
 * </pre>
 *
 * Known to have been are: the build of the program, what an earlier run kept, what was proved, what a friend signed; and
 * the time that has passed since, by the monotonic clock. Not safe for several threads.
 */
final class Belief {
    /** A system clock that is off by more than this from one reading to the next has jumped. */
    static final Duration JUMP = Duration.ofMinutes(1);

    /** How far a friend may move a system clock that could be right: a friend's clock may be wrong as well. */
    static final Duration FRIENDS_STEP = Duration.ofDays(365);

    /** What friends and earlier runs say is not believed further behind the build than this. */
    static final Duration REACH = Duration.ofDays(30 * 365);

    private final Instant built;
    private TimeLine known;
    /** The same without what friends said: all that may outlive this run. */
    private TimeLine keepable;

    private TimeLine told;
    private TimeLine seen;
    private Optional<Proof> proof = Optional.empty();

    /** What a witness said the time was. */
    private record Proof(Witness by, TimeLine line) {
        boolean agrees(Instant time, long nanos) {
            return line.ahead(time, nanos).abs().compareTo(by.tolerance()) <= 0;
        }
    }

    /**
     * What is to be told at one moment.
     *
     * @param jump how far the system clock went since the last reading beyond the time that passed; zero if it did not jump
     */
    record Reading(Instant time, Trust trust, Duration jump) {}

    /**
     * @param built when the program was made
     * @param kept the last time that an earlier run knew to have been
     * @param system what the system clock says now
     */
    Belief(Instant built, Optional<Instant> kept, Instant system, long nanos) {
        this.built = built;
        Instant earlier = kept.filter(this::isCredible).orElse(built);
        this.known = new TimeLine(earlier.isAfter(built) ? earlier : built, nanos);
        this.keepable = known;
        this.told = known;
        this.seen = new TimeLine(system, nanos);
    }

    Reading read(Instant system, long nanos) {
        Duration off = seen.ahead(system, nanos);
        Instant time = time(system, nanos);
        Trust trust = trust(time, system, nanos);
        seen = new TimeLine(system, nanos);
        told = new TimeLine(time, nanos);
        if (isStrong(trust)) {
            prove(proof.orElseThrow().by(), time, nanos);
        }
        return new Reading(time, trust, isJump(off) ? off : Duration.ZERO);
    }

    /** Whether the system clock is not where the last reading and the time since would have it. */
    boolean hasJumped(Instant system, long nanos) {
        return isJump(seen.ahead(system, nanos));
    }

    /** A time server has just set the system clock, or found it right. */
    void synced(Instant system, long nanos) {
        if (!system.isBefore(built)) {
            prove(Witness.NTP, system, nanos);
        }
    }

    /** The battery clock says what the system clock says. One that lost its battery starts long ago. */
    void confirmedByRtc(Instant system, long nanos) {
        if (!system.isBefore(known.at(nanos))) {
            prove(Witness.RTC, system, nanos);
        }
    }

    /**
     * A friend signed something at this time, as the friend's own clock had it.
     *
     * @return whether it moved the time
     */
    boolean heard(Instant signedAt, Instant system, long nanos) {
        Instant now = time(system, nanos);
        if (isStrong(trust(now, system, nanos)) || signedAt.isAfter(reach(system, nanos))) {
            return false;
        }
        boolean moves = signedAt.isAfter(now);
        if (moves) {
            known = new TimeLine(signedAt, nanos);
        }
        if (!signedAt.isBefore(now.minus(Witness.FRIEND.tolerance()))) {
            proof = Optional.of(new Proof(Witness.FRIEND, new TimeLine(time(system, nanos), nanos)));
        }
        return moves;
    }

    /** The latest time that is known to have been, for the next run. */
    Instant keepable(long nanos) {
        return keepable.at(nanos);
    }

    private void prove(Witness by, Instant time, long nanos) {
        known = new TimeLine(time, nanos);
        keepable = known;
        proof = Optional.of(new Proof(by, known));
    }

    private Instant time(Instant system, long nanos) {
        Optional<Proof> strong = proof.filter(p -> p.by().isStrong());
        Instant atLeast = known.at(nanos);
        if (!system.isBefore(atLeast)
                || strong.filter(p -> p.agrees(system, nanos)).isPresent()) {
            return system;
        }
        Instant goingOn = strong.map(Proof::line).orElse(told).at(nanos);
        return goingOn.isAfter(atLeast) ? goingOn : atLeast;
    }

    private Trust trust(Instant time, Instant system, long nanos) {
        Doubt unproved = system.isBefore(known.at(nanos)) ? Doubt.BEHIND : Doubt.UNPROVED;
        return proof.<Trust>map(p -> p.agrees(time, nanos) ? new Trust.Sure(p.by()) : new Trust.Unsure(Doubt.JUMPED))
                .orElseGet(() -> new Trust.Unsure(unproved));
    }

    /** A system clock that stands in the past for certain may be any number of years behind. */
    private Instant reach(Instant system, long nanos) {
        return system.isBefore(keepable.at(nanos)) ? built.plus(REACH) : system.plus(FRIENDS_STEP);
    }

    private boolean isCredible(Instant time) {
        return !time.isAfter(built.plus(REACH));
    }

    private static boolean isStrong(Trust trust) {
        return trust instanceof Trust.Sure(Witness by) && by.isStrong();
    }

    private static boolean isJump(Duration off) {
        return off.abs().compareTo(JUMP) > 0;
    }
}
