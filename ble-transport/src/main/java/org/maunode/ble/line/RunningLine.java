package org.maunode.ble.line;

import java.nio.channels.SocketChannel;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.maunode.ble.gatt.BluetoothAddress;
import org.maunode.ble.session.Limits;
import org.maunode.ble.session.Session;
import org.maunode.ble.session.SessionException;
import org.maunode.ble.session.SessionException.Reason;

/**
 * One session and its calls.
 *
 * <pre>
 *   session:  SETTING_UP ──► OPEN ──close──► CLOSING ──► CLOSED
 *   here:     nothing yet    begun           as OPEN     what has arrived is written to the sockets; then it is over
 * </pre>
 *
 * What is not of {@link Line} belongs to the carrier's thread.
 */
final class RunningLine implements Line {
    /** What this side wants. */
    private enum Will {
        GO_ON,
        CLOSE
    }

    private static final Logger LOG = Logger.getLogger("org.maunode.ble");
    private static final long NEVER = Long.MAX_VALUE;

    private final BluetoothAddress peer;
    private final int mtu;
    private final Post post;
    private final Session session;
    private final Member member;
    private final Meter meter = new Meter();
    private final Calls calls;
    private final Waiting waiting;
    private final CompletableFuture<String> ended = new CompletableFuture<>();
    private volatile Will will = Will.GO_ON;
    private volatile int underWay;
    private boolean begun;
    private long closeBy = NEVER;
    private long flushBy = NEVER;
    private String detail = "";

    RunningLine(Wire wire, Post post, Member member, long now) {
        this.peer = wire.peer();
        this.mtu = wire.mtu();
        this.post = post;
        this.session = post.begin(wire.mtu(), now);
        this.member = member;
        this.calls = new Calls(session, meter, member);
        this.waiting = calls.waiting();
    }

    // Any thread.

    @Override
    public BluetoothAddress peer() {
        return peer;
    }

    @Override
    public int mtu() {
        return mtu;
    }

    @Override
    public void call(SocketChannel socket) {
        if (waiting.add(socket)) {
            member.ready();
        } else {
            Sockets.reset(socket);
        }
    }

    @Override
    public CompletionStage<String> ended() {
        return ended.minimalCompletionStage();
    }

    @Override
    public int calls() {
        return waiting.count() + underWay;
    }

    @Override
    public Traffic traffic() {
        return meter.traffic();
    }

    @Override
    public void close() {
        will = Will.CLOSE;
        member.ready();
    }

    // The carrier's thread.

    /** Takes one frame; false if it begins another session, and this one is over. */
    boolean hears(byte[] frame, long now) {
        meter.heard();
        try {
            session.receive(frame, now);
            return true;
        } catch (SessionException mistake) {
            learn(mistake.getMessage());
            return mistake.reason() != Reason.RESTARTED;
        }
    }

    /** What ended it; what comes later did not. */
    private void learn(String what) {
        detail = detail.isEmpty() ? what : detail;
    }

    void linkLost(String why) {
        if (!isClosed()) {
            learn(why);
            session.linkLost();
        }
    }

    /** Everything but frames: calls begin, bytes move, ends are noticed. */
    void work(long now) {
        if (session.state() == Session.State.OPEN && !begun) {
            begun = true;
            begin();
        }
        calls.work(this, post.callee());
        if (will == Will.CLOSE) {
            closeWhenDry(now);
        }
        if (isClosed()) {
            flush(now);
        }
    }

    private void begin() {
        try {
            post.begun().accept(this);
        } catch (RuntimeException failure) {
            LOG.log(Level.WARNING, "ble: who was to hear of a line from " + peer + " failed", failure);
        }
    }

    private void closeWhenDry(long now) {
        calls.shut();
        closeBy = Math.min(closeBy, now + Limits.CLOSE_LIMIT);
        if (now >= closeBy) {
            learn("what was written could not be delivered within " + Limits.CLOSE_LIMIT / 1000 + " s");
            session.abort(now);
        } else if (calls.isDry()) {
            session.close(now);
        }
    }

    private void flush(long now) {
        calls.shut();
        flushBy = Math.min(flushBy, now + Bounds.FLUSH_LIMIT);
        if (now >= flushBy) {
            calls.reset();
        }
    }

    /** The next frame to say. */
    Optional<byte[]> poll(long now) {
        Optional<byte[]> frame = session.poll(now);
        if (frame.isPresent()) {
            meter.said();
        }
        return frame;
    }

    /** After a turn: waits for sockets, shows what was counted. */
    void rest(long overflowed) {
        calls.watch();
        underWay = calls.underWay();
        meter.dropped(session.dropped() + overflowed);
    }

    /** When it has something to say at the latest. */
    long speaksAt() {
        return session.deadline().orElse(NEVER);
    }

    /** When it has something to do at the latest, apart from that. */
    long worksAt() {
        return Math.min(isClosed() ? NEVER : closeBy, calls.isOver() ? NEVER : flushBy);
    }

    boolean isClosed() {
        return session.state() == Session.State.CLOSED;
    }

    /** Whether it ended in order, by this side's will: then the other side has said goodbye too, or was asked often enough. */
    boolean isAnswered() {
        return session.ending()
                .filter(ending -> ending.by() == post.side() && ending.reason() == Reason.CLOSED)
                .isPresent();
    }

    /** Whether nothing is left to be written to sockets. */
    boolean isFlushed() {
        return calls.isOver();
    }

    /** Ends the session at once; the peer is told. */
    void abort(String why, long now) {
        if (!isClosed()) {
            learn(why);
            session.abort(now);
        }
    }

    /** Nothing of it is worth anything any more. */
    void abandon(String why) {
        linkLost(why);
        calls.reset();
        complete();
    }

    /** The link is closed, or another session's. */
    void complete() {
        session.ending().ifPresent(ending -> ended.complete(Endings.say(ending, post.side(), detail)));
    }
}
