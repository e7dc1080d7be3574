package org.maunode.device;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import org.maunode.device.vocabulary.Batch.Entry;

/**
 * The readings of one hour, thinned evenly: when they are {@value #MOST}, every second one goes, and from then on every
 * second one that comes, and so on. Not safe for several threads.
 */
final class HourOfReadings {
    /** One in five seconds. Even, so that what stays is evenly spread. */
    static final int MOST = 720;

    private final Instant hour;
    private final List<Entry> entries = new ArrayList<>();
    private int step = 1;
    private long published;

    HourOfReadings(Instant hour) {
        this.hour = hour;
    }

    static Instant of(Entry entry) {
        return entry.at().truncatedTo(ChronoUnit.HOURS);
    }

    /** Goes on with what was written of an hour; how far it was thinned is seen in the numbers. */
    static HourOfReadings of(Instant hour, List<Entry> written) {
        HourOfReadings readings = new HourOfReadings(hour);
        readings.entries.addAll(written.subList(0, Math.min(MOST, written.size())));
        readings.step = step(written);
        readings.published = (long) readings.step * readings.entries.size();
        return readings;
    }

    /** Numbers are further apart where a power cut left some out, never nearer. */
    private static int step(List<Entry> written) {
        long least = Long.MAX_VALUE;
        for (int i = 1; i < written.size(); i++) {
            least = Math.min(
                    least, written.get(i).sequence() - written.get(i - 1).sequence());
        }
        return written.size() < MOST / 2 ? 1 : (int) Long.highestOneBit(Math.clamp(least, 1, 1 << 20));
    }

    Instant hour() {
        return hour;
    }

    /** Oldest first. */
    List<Entry> entries() {
        return entries;
    }

    /** Readings of this hour that were published, here or not. */
    long published() {
        return published;
    }

    void add(Entry entry) {
        if (published % step == 0 && entries.size() == MOST) {
            thin();
        }
        if (published % step == 0) {
            entries.add(entry);
        }
        published++;
    }

    private void thin() {
        for (int i = 0; i < MOST / 2; i++) {
            entries.set(i, entries.get(2 * i));
        }
        entries.subList(MOST / 2, MOST).clear();
        step *= 2;
    }
}
