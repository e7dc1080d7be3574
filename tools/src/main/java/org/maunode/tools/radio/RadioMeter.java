package org.maunode.tools.radio;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import org.maunode.exchange.ListedFile;
import org.maunode.sync.SyncProgress;
import org.maunode.tools.output.Progress;
import org.maunode.tools.output.Quantities;

/**
 * How far a transfer has come: bytes of the current file, seconds and kibibytes a second of all. What was here before does not
 * count for the rate. Thread-safe.
 */
public final class RadioMeter implements SyncProgress {
    private static final double KIB = 1024;

    private final Progress progress;
    private final InstantSource clock;
    private Optional<Instant> started = Optional.empty();
    private String name = "";
    private long size;
    private long here;
    private long moved;
    private int files;

    public RadioMeter(Progress progress, InstantSource clock) {
        this.progress = Objects.requireNonNull(progress);
        this.clock = Objects.requireNonNull(clock);
    }

    @Override
    public synchronized void begins(ListedFile file, long have) {
        begins(file.name().value(), file.size(), have);
    }

    /** A file is about to be moved, of which {@code have} bytes were moved earlier. */
    synchronized void begins(String file, long bytes, long have) {
        started = started.or(() -> Optional.of(clock.instant()));
        name = file;
        size = bytes;
        here = have;
        draw();
    }

    @Override
    public synchronized void received(long count) {
        here += count;
        moved += count;
        draw();
    }

    @Override
    public synchronized void ends(ListedFile file) {
        ends();
    }

    synchronized void ends() {
        files++;
    }

    /** Bytes of all files so far. */
    public synchronized long moved() {
        return moved;
    }

    private void draw() {
        progress.update(() -> {
            Duration took = took();
            return (files == 0 ? "" : Quantities.count(files, "file") + "  ") + name + "  " + here + " of " + size
                    + " bytes  " + took.toSeconds() + " s  " + rate(took) + left(took);
        });
    }

    private String left(Duration took) {
        return moved == 0 || here >= size
                ? ""
                : "  " + Quantities.span(took.multipliedBy(size - here).dividedBy(moved)) + " left";
    }

    /** Since the first byte was asked for. */
    public synchronized Duration took() {
        return started.map(from -> Duration.between(from, clock.instant())).orElse(Duration.ZERO);
    }

    /** {@code 1048576 bytes in 27.3 s, 37.5 KiB/s}. */
    public synchronized String summary() {
        Duration took = took();
        return moved + " bytes in " + seconds(took) + ", " + rate(took);
    }

    private String rate(Duration took) {
        double seconds = Math.max(1, took.toMillis()) / 1000.0;
        return String.format(Locale.ROOT, "%.1f KiB/s", moved / KIB / seconds);
    }

    private static String seconds(Duration time) {
        return String.format(Locale.ROOT, "%.1f s", time.toMillis() / 1000.0);
    }
}
