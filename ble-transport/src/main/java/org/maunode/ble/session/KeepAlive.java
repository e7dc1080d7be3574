package org.maunode.ble.session;

/** Notices that nothing has come for a while: first asks, then gives up. */
final class KeepAlive {
    private long heardAt;
    private long askAt;

    KeepAlive(long now) {
        heard(now);
    }

    void heard(long now) {
        heardAt = now;
        askAt = now + Limits.KEEP_ALIVE;
    }

    boolean isAskDue(long now) {
        return now >= askAt;
    }

    void asked(long now) {
        askAt = now + Limits.KEEP_ALIVE_INTERVAL;
    }

    boolean isSilent(long now) {
        return now >= heardAt + Limits.SILENCE_LIMIT;
    }

    long deadline() {
        return Math.min(askAt, heardAt + Limits.SILENCE_LIMIT);
    }
}
