package org.maunode.ble.line;

import java.util.concurrent.atomic.AtomicBoolean;

/** What runs on the carrier's thread, in turns. All but {@link #ready} belongs to that thread. */
abstract class Member {
    private final Loop loop;
    private final AtomicBoolean called = new AtomicBoolean();
    private long dueAt = Long.MAX_VALUE;
    private volatile long soonAt = Long.MAX_VALUE;

    Member(Loop loop) {
        this.loop = loop;
    }

    final Loop loop() {
        return loop;
    }

    /** Something has happened to it: it will have a turn. Any thread. */
    final void ready() {
        if (called.compareAndSet(false, true)) {
            loop.call(this);
        }
    }

    /** Something has happened to it that can wait so many milliseconds for more of its kind. Any thread. */
    final void readyWithin(int milliseconds) {
        if (soonAt == Long.MAX_VALUE && !called.get()) {
            soonAt = loop.now() + milliseconds;
            loop.rouse();
        }
    }

    /** More of what can wait will probably come: there will be a turn then, and nobody is roused to arrange for one. */
    final void expectMore(long at) {
        soonAt = at;
    }

    final void run(long now) {
        called.set(false);
        soonAt = Long.MAX_VALUE;
        turn(now);
        dueAt = wakeAt();
    }

    /** When it wants a turn although nothing more happens. */
    final long dueAt() {
        return Math.min(dueAt, soonAt);
    }

    /** Does what there is to do, within bounds: others wait. */
    abstract void turn(long now);

    /** When it wants the next turn at the latest; {@link Long#MAX_VALUE} if nothing but news can bring it anything. */
    abstract long wakeAt();

    /** Whether it needs no turn any more. */
    abstract boolean isOver();

    /** Gives up; turns follow, to say so. */
    abstract void abort(long now);

    /** Gives up at once, whatever state it is in; no turn follows. */
    abstract void abandon(String why);
}
