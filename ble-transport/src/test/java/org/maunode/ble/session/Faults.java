package org.maunode.ble.session;

/**
 * What a link does to frames, as probabilities in percent, and its pace in milliseconds.
 *
 * @param loss frames that vanish
 * @param twice frames that arrive twice
 * @param late frames that others overtake
 * @param cut frames that arrive shorter
 * @param delay from one side to the other
 * @param lateness most that a late frame is late
 */
record Faults(int loss, int twice, int late, int cut, int delay, int lateness) {
    static final Faults NONE = new Faults(0, 0, 0, 0, 15, 0);

    static Faults losing(int percent) {
        return new Faults(percent, 0, 0, 0, 15, 0);
    }

    /** Several ATT channels, as BlueZ opens them: order is lost, nothing else. */
    static Faults reordering() {
        return new Faults(0, 0, 60, 0, 15, 40);
    }

    static Faults everything() {
        return new Faults(10, 10, 20, 10, 15, 60);
    }
}
