package org.maunode.tools.output;

import java.time.Duration;
import java.time.Instant;

/**
 * How far a transfer has come, how fast, and how long it will take. Counts from several threads; the rate is that of this
 * run, what was there before does not count. Thread-safe.
 */
public final class Meter {
    private final Instant started;
    private long total;
    private long done;
    private long before;

    public Meter(Instant started) {
        this.started = started;
    }

    /** {@code size} more bytes are to be moved, of which {@code have} were moved earlier. */
    public synchronized void expect(long size, long have) {
        total += size;
        done += have;
        before += have;
    }

    public synchronized void moved(long count) {
        done += count;
    }

    /** {@code 45 %  12.3 of 27.0 MB  3.2 MB/s  4 s left}, as far as it is known at {@code now}. */
    public synchronized String describe(Instant now) {
        long millis = Math.max(1, Duration.between(started, now).toMillis());
        long rate = (done - before) * 1000 / millis;
        StringBuilder words = new StringBuilder();
        if (total > 0) {
            words.append(Math.min(100, 100 * done / total)).append(" %  ");
        }
        words.append(Quantities.bytes(done));
        if (total > 0) {
            words.append(" of ").append(Quantities.bytes(total));
        }
        words.append("  ").append(Quantities.bytes(rate)).append("/s");
        if (rate > 0 && total > done) {
            words.append("  ")
                    .append(Quantities.span(Duration.ofSeconds((total - done) / rate)))
                    .append(" left");
        }
        return words.toString();
    }
}
