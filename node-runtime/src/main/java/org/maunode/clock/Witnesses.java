package org.maunode.clock;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * What Linux says of its clock in files that cost nothing to look at: the one that systemd-timesyncd touches at each
 * synchronisation (systemd-timesyncd.service(8); other programs may touch it too), and those of the battery clock
 * (kernel, Documentation/ABI/testing/rtc-cdev and sysfs-class-rtc).
 */
final class Witnesses {
    private static final Duration TOLERANCE = Trust.Witness.RTC.tolerance();

    private final Path synced;
    private final Path rtc;

    /** @param root where {@code /run} and {@code /sys} are */
    Witnesses(Path root) {
        this.synced = root.resolve("run/systemd/timesync/synchronized");
        this.rtc = root.resolve("sys/class/rtc/rtc0");
    }

    /** When the clock was synchronised last, as the clock had it; another answer means another synchronisation. */
    Optional<FileTime> lastSync() {
        try {
            return Optional.of(Files.getLastModifiedTime(synced));
        } catch (IOException never) {
            return Optional.empty();
        }
    }

    /** Whether the kernel took the time from a battery clock when it started, and that still says the same. */
    boolean hasBatteryClockAt(Instant system) {
        try {
            Instant battery = Instant.ofEpochSecond(Long.parseLong(line("since_epoch")));
            return line("hctosys").equals("1")
                    && Duration.between(battery, system).abs().compareTo(TOLERANCE) <= 0;
        } catch (IOException | NumberFormatException none) {
            return false;
        }
    }

    private String line(String attribute) throws IOException {
        return Files.readString(rtc.resolve(attribute)).strip();
    }
}
