package org.maunode.ble.line;

import java.util.List;
import java.util.Optional;

/**
 * One link and the line on it; another line takes its place when the peer begins anew.
 *
 * <pre>
 *   CARRYING ──session closed──► PARTING ──farewell said, or too late──► CLOSED ──sockets flushed──► over
 *      ▲                            │
 *      └──────another hello─────────┘
 * </pre>
 */
final class Track extends Member {
    private enum State {
        CARRYING,
        PARTING,
        CLOSED
    }

    private static final long NEVER = Long.MAX_VALUE;

    private final Wire wire;
    private final Post post;
    private final Runnable left;
    private RunningLine line;
    private State state = State.CARRYING;
    private long stuckAt = NEVER;
    private long closesAt = NEVER;
    private long closesBy = NEVER;
    private boolean over;

    /** @param left run when everything of it is over */
    Track(Loop loop, Wire wire, Post post, Runnable left) {
        super(loop);
        this.wire = wire;
        this.post = post;
        this.left = left;
        this.line = new RunningLine(wire, post, this, loop.now());
    }

    RunningLine line() {
        return line;
    }

    @Override
    void turn(long now) {
        if (state != State.CLOSED) {
            hear(now);
        }
        line.work(now);
        if (state != State.CLOSED) {
            speak(now);
            part(now);
        }
        line.rest(wire.inbox().overflowed());
        if (state == State.CLOSED) {
            leaveIfFlushed();
            line.complete();
        }
    }

    private void hear(long now) {
        List<byte[]> frames = wire.inbox().take(Bounds.FRAMES_A_TURN);
        if (frames.size() > 1) {
            expectMore(now + Bounds.COMPANY_LIMIT);
        }
        for (byte[] frame : frames) {
            if (!line.hears(frame, now)) {
                begin(now);
                line.hears(frame, now);
            }
        }
        wire.inbox().lost().ifPresent(this::lost);
        if (!wire.inbox().isEmpty()) {
            ready();
        }
    }

    /** The peer has begun another session on this link. */
    private void begin(long now) {
        line.abandon("");
        line = new RunningLine(wire, post, this, now);
        state = State.CARRYING;
        closesAt = NEVER;
        closesBy = NEVER;
        wire.again();
    }

    private void lost(String why) {
        line.linkLost(why);
        close();
    }

    private void speak(long now) {
        boolean open = !line.isClosed();
        while (state != State.CLOSED && wire.isFree() && say(now)) {
            stuckAt = NEVER;
        }
        wire.hand();
        if (state != State.CLOSED && !wire.isFree()) {
            wire.awaitRoom();
            heed(now);
        }
        if (open && line.isClosed()) {
            ready();
        }
    }

    private boolean say(long now) {
        Optional<byte[]> frame = line.poll(now);
        frame.ifPresent(wire::send);
        return frame.isPresent();
    }

    /** The link takes nothing: for a while that is the brake, for long it is the end. */
    private void heed(long now) {
        stuckAt = Math.min(stuckAt, now + Bounds.STUCK_LIMIT);
        if (now >= stuckAt) {
            lost("the radio has taken no frame for " + Bounds.STUCK_LIMIT / 1000 + " s");
            ready();
        }
    }

    /** The link is closed a moment after the last frame: it may still be on its way. */
    private void part(long now) {
        if (state == State.CLOSED || !line.isClosed()) {
            return;
        }
        if (state == State.CARRYING) {
            state = State.PARTING;
            wire.parting();
            closesAt = Math.min(closesAt, line.isAnswered() ? now : now + Bounds.FAREWELL_LIMIT);
            closesBy = now + Bounds.PARTING_LIMIT;
        }
        boolean said = wire.isDone() && line.speaksAt() == NEVER;
        if (now >= closesBy || said && now >= closesAt) {
            close();
        }
    }

    private void close() {
        state = State.CLOSED;
        wire.close();
    }

    /** Whoever hears that a line has ended finds its place free. */
    private void leaveIfFlushed() {
        if (line.isFlushed()) {
            leave();
        }
    }

    private void leave() {
        if (!over) {
            over = true;
            left.run();
        }
    }

    @Override
    long wakeAt() {
        long speaks = wire.isFree() ? line.speaksAt() : stuckAt;
        long carries = state == State.CLOSED ? NEVER : Math.min(speaks, partsAt());
        return Math.min(line.worksAt(), carries);
    }

    /** Before everything is said, only time can bring the end; the wire tells when it is done. */
    private long partsAt() {
        return wire.isDone() && line.speaksAt() == NEVER ? Math.min(closesAt, closesBy) : closesBy;
    }

    @Override
    boolean isOver() {
        return over;
    }

    @Override
    void abort(long now) {
        line.abort("this node stops", now);
        closesAt = now;
    }

    @Override
    void abandon(String why) {
        if (state != State.CLOSED) {
            close();
        }
        leave();
        line.abandon(why);
    }
}
