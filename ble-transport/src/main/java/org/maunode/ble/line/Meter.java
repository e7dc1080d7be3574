package org.maunode.ble.line;

/** Counts what a line carries: on the carrier's thread, read from any. */
final class Meter {
    private long bytesIn;
    private long bytesOut;
    private long framesIn;
    private long framesOut;
    private volatile Line.Traffic published = new Line.Traffic(0, 0, 0, 0, 0);

    void read(int bytes) {
        bytesIn += bytes;
    }

    void wrote(int bytes) {
        bytesOut += bytes;
    }

    void heard() {
        framesIn++;
    }

    void said() {
        framesOut++;
    }

    void publish(long dropped) {
        published = new Line.Traffic(bytesIn, bytesOut, framesIn, framesOut, dropped);
    }

    Line.Traffic traffic() {
        return published;
    }
}
