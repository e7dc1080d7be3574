package org.maunode.ble.line;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.LongSupplier;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * One life of the thread {@code mau-ble}: waits for sockets, frames and deadlines, and gives every member that has news one
 * turn before any has a second.
 *
 * <pre>
 *   RUNNING ──no member for a while──────────────────────────► ENDED
 *      └──stop──► STOPPING ──every member has left, or halt──────┘
 * </pre>
 */
final class Loop implements Runnable {
    private enum State {
        RUNNING,
        STOPPING,
        ENDED
    }

    private static final Logger LOG = Logger.getLogger("org.maunode.ble");

    private final LongSupplier clock;
    private final Selector selector;
    private final Thread thread;
    private final Queue<Member> called = new ConcurrentLinkedQueue<>();
    private final Set<Member> members = new LinkedHashSet<>();
    private final ByteBuffer scratch = ByteBuffer.allocate(Bounds.BATCH);
    private long idleSince;
    private State state = State.RUNNING;
    private int hired;

    private Loop(LongSupplier clock) throws IOException {
        this.clock = clock;
        this.selector = Selector.open();
        this.thread = new Thread(this, "mau-ble");
        this.idleSince = now();
    }

    static Loop start(LongSupplier clock) throws IOException {
        Loop loop = new Loop(clock);
        loop.thread.setDaemon(true);
        loop.thread.start();
        return loop;
    }

    // Any thread.

    /** Reserves a place for a member, which is called next; false if this thread is about to end. */
    synchronized boolean hire() {
        boolean open = state == State.RUNNING;
        hired += open ? 1 : 0;
        return open;
    }

    void call(Member member) {
        called.add(member);
        rouse();
    }

    /** Looks anew at what is due. */
    void rouse() {
        if (Thread.currentThread() != thread) {
            selector.wakeup();
        }
    }

    /** Members give up and say so. */
    void stop() {
        change(State.STOPPING);
    }

    /** Whoever is still there is abandoned. */
    void halt() {
        change(State.ENDED);
    }

    private synchronized void change(State next) {
        state = state == State.ENDED ? State.ENDED : next;
        selector.wakeup();
    }

    /** Waits for the thread to end, unless it is this one. */
    void join(int milliseconds) throws InterruptedException {
        if (Thread.currentThread() != thread) {
            thread.join(milliseconds);
        }
    }

    long now() {
        return clock.getAsLong();
    }

    // The thread.

    /** Bytes for whoever has its turn. */
    ByteBuffer scratch() {
        return scratch;
    }

    /** Watches a socket, for nothing as yet; {@code whom} runs when it is ready for what it is watched for. */
    SelectionKey watch(SocketChannel socket, Runnable whom) throws ClosedChannelException {
        return socket.register(selector, 0, whom);
    }

    @Override
    public void run() {
        try (selector) {
            while (look() != State.ENDED) {
                await();
                round(look());
            }
        } catch (IOException | RuntimeException failure) {
            LOG.log(Level.SEVERE, "ble: the carrier's thread failed", failure);
        } finally {
            halt();
            abandonAll();
        }
    }

    private synchronized State look() {
        boolean unneeded = hired == 0 && (state == State.STOPPING || now() >= idleSince + Bounds.IDLE_LIMIT);
        state = unneeded ? State.ENDED : state;
        return state;
    }

    private void await() throws IOException {
        long wait = nextAt() - now();
        if (wait <= 0 || !called.isEmpty()) {
            selector.selectNow(Loop::selected);
        } else {
            selector.select(Loop::selected, wait);
        }
    }

    private static void selected(SelectionKey key) {
        ((Runnable) key.attachment()).run();
    }

    private long nextAt() {
        long next = members.isEmpty() ? idleSince + Bounds.IDLE_LIMIT : Long.MAX_VALUE;
        for (Member member : members) {
            next = Math.min(next, member.dueAt());
        }
        return next;
    }

    private void round(State seen) {
        long now = now();
        if (seen == State.STOPPING) {
            members.forEach(Member::ready);
        }
        for (Member member : members) {
            if (member.dueAt() <= now) {
                member.ready();
            }
        }
        for (int left = called.size(); left > 0; left--) {
            turn(called.remove(), seen, now);
        }
    }

    private void turn(Member member, State seen, long now) {
        if (member.isOver()) {
            return;
        }
        members.add(member);
        try {
            if (seen == State.STOPPING) {
                member.abort(now);
            }
            member.run(now);
        } catch (RuntimeException failure) {
            LOG.log(Level.WARNING, "ble: a line failed", failure);
            member.abandon("a mistake in this program: " + failure);
        }
        if (member.isOver()) {
            left(member, now);
        }
    }

    private synchronized void left(Member member, long now) {
        members.remove(member);
        hired--;
        idleSince = now;
    }

    private void abandonAll() {
        List.copyOf(called).forEach(member -> members.add(member));
        for (Member member : members) {
            if (!member.isOver()) {
                member.abandon("this node stops");
            }
        }
    }
}
