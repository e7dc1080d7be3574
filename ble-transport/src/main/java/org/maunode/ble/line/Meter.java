package org.maunode.ble.line;

import java.util.concurrent.atomic.AtomicLong;

/** Counts what a line carries: on the carrier's thread, read from any. */
final class Meter {
    private final AtomicLong bytesIn = new AtomicLong();
    private final AtomicLong bytesOut = new AtomicLong();
    private final AtomicLong framesIn = new AtomicLong();
    private final AtomicLong framesOut = new AtomicLong();
    private final AtomicLong dropped = new AtomicLong();

    void read(int bytes) {
        bytesIn.addAndGet(bytes);
    }

    void wrote(int bytes) {
        bytesOut.addAndGet(bytes);
    }

    void heard() {
        framesIn.incrementAndGet();
    }

    void said() {
        framesOut.incrementAndGet();
    }

    void dropped(long soFar) {
        dropped.set(soFar);
    }

    Line.Traffic traffic() {
        return new Line.Traffic(bytesIn.get(), bytesOut.get(), framesIn.get(), framesOut.get(), dropped.get());
    }
}
