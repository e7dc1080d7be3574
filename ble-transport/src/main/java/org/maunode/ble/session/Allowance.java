package org.maunode.ble.session;

/**
 * How many frames may be on their way at once.
 *
 * <p>It starts at the most, since a radio loses nothing that the link layer would not repeat. The loss that was measured is a
 * receiver whose socket buffer overflows: then half as many fit better, and one more for each flight that arrives whole.
 */
final class Allowance {
    private final int most;
    private int frames;
    private int before;
    private int arrived;
    private long calmUntil = Long.MIN_VALUE;

    Allowance(int most) {
        this.most = most;
        this.frames = most;
        this.before = most;
    }

    /** Frames of both streams. */
    int together() {
        return frames;
    }

    /** Frames of one stream: the rest is kept free, so that neither ever waits for what the other has lost. */
    int alone() {
        return frames - Limits.KEPT_FREE;
    }

    void arrived() {
        arrived++;
        if (arrived >= frames && frames < most) {
            frames++;
            arrived = 0;
        }
    }

    /** Something was lost; what else is lost within the same round trip is the same event. */
    void lost(long now, RoundTrip roundTrip) {
        if (now >= calmUntil) {
            before = frames;
            frames = Math.max(Limits.FEWEST_IN_FLIGHT, frames / 2);
            arrived = 0;
            calmUntil = now + roundTrip.timeout(0);
        }
    }

    /** Nothing was lost after all. */
    void restored() {
        frames = Math.max(frames, before);
    }
}
