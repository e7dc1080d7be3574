package org.maunode.ble.line;

import org.maunode.ble.session.Limits;
import org.maunode.ble.session.Session;
import org.maunode.ble.session.SessionException.Reason;

/** A central for which there is no room: its hello is answered, no session is made of it, and its link is closed. */
final class Refusing extends Member {
    private final Wire wire;
    private final Runnable left;
    private long closesAt;
    private int answers = Limits.FAREWELLS;
    private boolean over;

    Refusing(Loop loop, Wire wire, Runnable left) {
        super(loop);
        this.wire = wire;
        this.left = left;
        this.closesAt = loop.now() + Bounds.REFUSED_LIMIT;
    }

    @Override
    void turn(long now) {
        for (byte[] frame : wire.inbox().take(Bounds.FRAMES_A_TURN)) {
            Session.refusal(frame, Reason.BUSY).ifPresent(refusal -> answer(refusal, now));
        }
        if (!wire.inbox().isEmpty()) {
            ready();
        }
        if (now >= closesAt || wire.inbox().lost().isPresent()) {
            abandon("");
        }
    }

    private void answer(byte[] refusal, long now) {
        if (answers > 0) {
            answers--;
            wire.send(refusal);
            wire.hand();
            closesAt = Math.min(closesAt, now + Bounds.FAREWELL_LIMIT);
        }
    }

    @Override
    long wakeAt() {
        return closesAt;
    }

    @Override
    boolean isOver() {
        return over;
    }

    @Override
    void abort(long now) {
        closesAt = now;
    }

    @Override
    void abandon(String why) {
        if (!over) {
            over = true;
            wire.close();
            left.run();
        }
    }
}
