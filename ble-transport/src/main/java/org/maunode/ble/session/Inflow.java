package org.maunode.ble.session;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.TreeMap;
import org.maunode.ble.session.SessionException.Reason;

/** What arrives on one stream: the reorder buffer, the credit given, and when an acknowledgement is owed. */
final class Inflow {
    private static final long NOT_OWED = Long.MAX_VALUE;

    private final Side stream;
    private final int window;
    private final TreeMap<Long, Data> held = new TreeMap<>();
    private long next;
    private long limit;
    private int unread;
    private int owed;
    private long ackAt = NOT_OWED;
    private long pauseAt = NOT_OWED;

    Inflow(Side stream, int window) {
        this.stream = stream;
        this.window = window;
        this.limit = window;
    }

    /** Takes one frame and returns those that are in order now; each counts as unread if it has payload. */
    List<Data> arrived(Data data, long now) {
        long number = Numbers.nearest(data.number(), next);
        checkCredit(number, limit - 1);
        if (number < next || held.containsKey(number)) {
            checkRepeat(number, data);
            owe(now + Limits.REPORT_DELAY);
            return List.of();
        }
        held.put(number, data);
        List<Data> inOrder = inOrder();
        schedule(data, now);
        return inOrder;
    }

    /** Takes a reset; returns how many frames it skips, or -1 if it is a repetition. */
    long reset(Reset reset, long now) {
        long number = Numbers.nearest(reset.number(), next);
        checkCredit(number, limit);
        owe(now);
        if (number < next) {
            return -1;
        }
        if (!held.tailMap(number).isEmpty()) {
            throw new SessionException(Reason.AFTER_END, "a reset at " + number + ", data at " + held.lastKey());
        }
        held.clear();
        long skipped = number - next;
        next = number + 1;
        limit = Math.max(limit, next);
        return skipped;
    }

    /** The reader is done with so many frames. */
    void release(int frames) {
        unread -= frames;
    }

    private void checkCredit(long number, long most) {
        if (number < 0 || number > most) {
            throw new SessionException(
                    Reason.BEYOND_CREDIT, "frame " + number + " where " + most + " is the last allowed");
        }
    }

    private void checkRepeat(long number, Data data) {
        Data first = held.getOrDefault(number, data);
        if (first.last() != data.last() || !Arrays.equals(first.payload(), data.payload())) {
            throw new SessionException(Reason.CONFLICTING_REPEAT, "frame " + number + " came twice and differs");
        }
    }

    private List<Data> inOrder() {
        List<Data> ready = new ArrayList<>();
        for (; held.containsKey(next); next++) {
            Data data = held.remove(next);
            unread += data.payload().length > 0 ? 1 : 0;
            ready.add(data);
        }
        return ready;
    }

    // When to answer.

    private void schedule(Data data, long now) {
        owed++;
        boolean full = owed >= part();
        if (full || data.last()) {
            owe(now);
        } else if (held.isEmpty()) {
            owe(now + Limits.ACK_DELAY);
            pauseAt = now + Limits.ACK_PAUSE;
        } else {
            owe(now + Limits.REPORT_DELAY);
        }
    }

    /** An acknowledgement is due at this time at the latest. */
    void owe(long at) {
        ackAt = Math.min(ackAt, at);
    }

    boolean isDue(long now) {
        return now >= dueAt() || isCreditDue();
    }

    boolean isReportDue(long now) {
        return now >= dueAt() && !held.isEmpty();
    }

    boolean hasGap() {
        return !held.isEmpty();
    }

    boolean isOwed() {
        return ackAt != NOT_OWED || isCreditDue();
    }

    /** Half due: better to ride on a full frame now than to need a frame of its own soon. */
    boolean isPressing(long now) {
        return isDue(now) || owed >= Math.max(1, part() / 2);
    }

    long deadline() {
        return isCreditDue() ? Long.MIN_VALUE : dueAt();
    }

    private long dueAt() {
        return Math.min(ackAt, pauseAt);
    }

    /** Worth a frame of its own: a peer that sends is then never out of credit while the reader keeps up. */
    private boolean isCreditDue() {
        return creditLimit() - limit >= part();
    }

    private int part() {
        return Math.max(1, window / Limits.PARTS_OF_WINDOW);
    }

    private long creditLimit() {
        return next + window - unread;
    }

    // The answer; giving it is a promise.

    Ack ack() {
        limit = Math.max(limit, creditLimit());
        owed = 0;
        ackAt = NOT_OWED;
        pauseAt = NOT_OWED;
        return new Ack(stream, Numbers.wire(next), (int) (limit - next));
    }

    Report report() {
        long arrived = held.keySet().stream()
                .mapToLong(number -> 1L << (int) (number - next - 1))
                .reduce(0, (all, one) -> all | one);
        return new Report(ack(), arrived);
    }
}
