package org.maunode.ble.session;

/** When a greeting is due: at once, then at doubling intervals, until it is given up. */
final class Repeater {
    private final long giveUpAt;
    private long dueAt;
    private int interval = Limits.FIRST_GREETING_INTERVAL;

    Repeater(long now) {
        this.giveUpAt = now + Limits.SETUP_LIMIT;
        this.dueAt = now;
    }

    boolean isDue(long now) {
        return now >= dueAt;
    }

    boolean isGivenUp(long now) {
        return now >= giveUpAt;
    }

    void said(long now) {
        dueAt = now + interval;
        interval = Math.min(2 * interval, Limits.MOST_GREETING_INTERVAL);
    }

    void dueAt(long now) {
        dueAt = now;
    }

    long giveUpAt() {
        return giveUpAt;
    }

    long deadline() {
        return Math.min(dueAt, giveUpAt);
    }
}
