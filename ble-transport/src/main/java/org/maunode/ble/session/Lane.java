package org.maunode.ble.session;

import java.util.ArrayDeque;
import java.util.Optional;
import org.maunode.ble.session.SessionException.Reason;

/**
 * One stream: its two directions, and the calls that follow one another on it without numbers ever starting again.
 *
 * <pre>
 *   over ──first frame──► both halves open ──own end──► half open ──peer's end──► over
 *                              └───────────── reset by either, answered by a reset ─►┘
 * </pre>
 *
 * <p>What the caller sends behind its end begins the next call, so the caller waits until both ends are known to both sides; the
 * answering side needs to know only that it has sent its own. The call before the first one counts as reset by both.
 */
final class Lane {
    private enum Half {
        OPEN,
        FINISHED,
        RESET
    }

    private final Side stream;
    private final Side self;
    private final Outflow out;
    private final Inflow in;
    private final ArrayDeque<Call> waiting = new ArrayDeque<>(1);
    private Call current = new Call(this);
    private Half peer = Half.RESET;

    Lane(Side stream, Side self, Outflow out, Inflow in) {
        this.stream = stream;
        this.self = self;
        this.out = out;
        this.in = in;
    }

    Outflow out() {
        return out;
    }

    Inflow in() {
        return in;
    }

    // Calls begin.

    /** The next call of this side, unless the one before is not over. */
    Optional<Call> call() {
        return isOver() ? Optional.of(begin()) : Optional.empty();
    }

    /** The call that the peer has begun, once. */
    Optional<Call> accept() {
        return Optional.ofNullable(waiting.poll());
    }

    private Call begin() {
        out.begin();
        peer = Half.OPEN;
        current = new Call(this);
        return current;
    }

    private boolean isOurs() {
        return stream == self;
    }

    private boolean isOver() {
        return out.isEndAcked() && endsMatch();
    }

    private boolean endsMatch() {
        return peer != Half.OPEN && (peer == Half.RESET) == out.isReset();
    }

    // What the peer does.

    void arrived(Data data, long now) {
        in.arrived(data, now).forEach(this::deliver);
    }

    private void deliver(Data data) {
        if (isOurs()) {
            checkAnswer();
        } else if (peer != Half.OPEN) {
            waiting.add(beginTheirs());
        }
        current.arrive(data.payload());
        if (data.last()) {
            peer = Half.FINISHED;
            current.end();
        }
    }

    private void checkAnswer() {
        if (isOver() || !out.hasBegun()) {
            throw new SessionException(
                    Reason.UNCALLED, "an answer on the " + stream + "'s stream, where nobody called");
        }
        if (peer != Half.OPEN) {
            throw afterEnd();
        }
    }

    private Call beginTheirs() {
        if (!out.isEndSent() || !endsMatch()) {
            throw afterEnd();
        }
        return begin();
    }

    private SessionException afterEnd() {
        return new SessionException(Reason.AFTER_END, "more on the " + stream + "'s stream behind the end of the call");
    }

    void reset(Reset reset, long now) {
        long skipped = in.reset(reset, now);
        if (skipped >= 0) {
            checkReset(skipped);
            peer = Half.RESET;
            waiting.clear();
            current.breakOff(Reason.RESET);
            out.reset();
        }
    }

    /** A reset right behind the caller's end belongs to that call; with frames of a later call between them, to the later one. */
    private void checkReset(long skipped) {
        if (isOurs()) {
            checkResetAnswer(skipped);
        } else if (peer != Half.OPEN && skipped > 0) {
            beginTheirs();
        } else if (peer == Half.RESET) {
            throw afterEnd();
        }
    }

    /** The answering side resets behind its own end only in answer to a reset. */
    private void checkResetAnswer(long skipped) {
        boolean answered = peer == Half.FINISHED && skipped == 0 && out.isReset();
        if (!answered) {
            checkAnswer();
        }
    }

    // What the call's owner does.

    int room(Call call) {
        return call == current ? out.room() : 0;
    }

    int write(Call call, byte[] source, int from, int length) {
        return call == current ? out.write(source, from, length) : 0;
    }

    void finish(Call call) {
        if (call == current) {
            out.finish();
        }
    }

    void reset(Call call) {
        if (call != current || isOver()) {
            return;
        }
        if (isOurs() && !out.hasBegun()) {
            out.retract();
            peer = Half.RESET;
        } else if (isResetUseful()) {
            out.reset();
        }
    }

    /** Behind both ends there is nothing to stop; the answering side, once it has ended, just stops listening. */
    private boolean isResetUseful() {
        return !out.isEndSent() || isOurs() && peer == Half.OPEN;
    }

    boolean isOver(Call call) {
        return call != current || isOver();
    }

    void release(int frames) {
        in.release(frames);
    }

    /** The session is over: whoever reads or writes hears why. */
    void breakOff(Reason why) {
        current.breakOff(why);
    }
}
