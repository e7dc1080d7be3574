package org.maunode.device;

import java.time.Duration;
import org.maunode.store.ContentStore;

/**
 * How often what a channel measures is written to the card. Readers see each reading at once all the same; what is not
 * written is what a power cut takes.
 *
 * @param every the latest reading is written at most once in so long, up to {@link ContentStore#SLOWEST}; zero writes each
 * @param checkpoint an hour's batch that goes on is written at most once in so long; an hour or more: only when it is over
 * @param batches hours that are kept of a channel, the newest
 */
public record WritePolicy(Duration every, Duration checkpoint, int batches) {
    /** A reading a minute, an hour's batch in quarters, 31 days. */
    public static final WritePolicy DEFAULT = new WritePolicy(Duration.ofMinutes(1), Duration.ofMinutes(15), 31 * 24);

    /** Hours that may be kept of a channel: a year. */
    static final int MOST_BATCHES = 366 * 24;

    /**
     * The most that one write of a reading costs on ext4, in bytes, measured at the device: a block for the file, and what the
     * journal takes three times for its name and the old version's. Of ten channels that are written together it is 83 KiB each, of ten one after the other 98.
     */
    static final long READING = 112 * 1024;

    /** The same of a batch, with as many readings as it holds. */
    static final long BATCH = 128 * 1024;

    private static final Duration HOUR = Duration.ofHours(1);

    public WritePolicy {
        if (every.isNegative() || every.compareTo(ContentStore.SLOWEST) > 0) {
            throw new IllegalArgumentException("cannot write every " + every);
        }
        if (!checkpoint.isPositive()) {
            throw new IllegalArgumentException("cannot write an hour every " + checkpoint);
        }
        if (batches < 1 || batches > MOST_BATCHES) {
            throw new IllegalArgumentException("cannot keep " + batches + " hours");
        }
    }

    /** The same with another time between two writes of a reading. */
    public WritePolicy every(Duration other) {
        return new WritePolicy(other, checkpoint, batches);
    }

    /**
     * The most that one channel writes to the card in an hour, in bytes, however often it changes, if it is read at most
     * twice a second: signatures are a second apart, and more of them than seconds are written at once.
     *
     * @param period of the channel
     */
    public long bytesAnHour(Duration period) {
        return times(longer(every, period)) * READING + times(longer(checkpoint, period)) * BATCH;
    }

    private static Duration longer(Duration one, Duration other) {
        return one.compareTo(other) > 0 ? one : other;
    }

    private static long times(Duration apart) {
        return Math.max(1, HOUR.toMillis() / Math.max(1, apart.toMillis()));
    }
}
