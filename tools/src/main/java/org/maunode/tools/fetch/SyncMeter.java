package org.maunode.tools.fetch;

import java.time.InstantSource;
import java.util.Objects;
import org.maunode.exchange.ListedFile;
import org.maunode.sync.SyncProgress;
import org.maunode.tools.output.Meter;
import org.maunode.tools.output.Progress;
import org.maunode.tools.output.Quantities;

/** One progress line for all peers of a run. Thread-safe. */
final class SyncMeter {
    private final Progress progress;
    private final InstantSource clock;
    private final Meter meter;
    private int files;

    SyncMeter(Progress progress, InstantSource clock) {
        this.progress = Objects.requireNonNull(progress);
        this.clock = Objects.requireNonNull(clock);
        this.meter = new Meter(clock.instant());
    }

    /** What one peer's run reports to. */
    SyncProgress peer() {
        return new SyncProgress() {
            @Override
            public void begins(ListedFile file, long have) {
                meter.expect(file.size(), have);
                draw(file.name().value());
            }

            @Override
            public void received(long count) {
                meter.moved(count);
                draw("");
            }

            @Override
            public void ends(ListedFile file) {
                ended();
            }
        };
    }

    private synchronized void ended() {
        files++;
    }

    private synchronized void draw(String name) {
        progress.update(() -> Quantities.count(files, "file") + "  " + meter.describe(clock.instant()) + "  " + name);
    }
}
