package org.maunode.store;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Whether others may have been shown what is not on the disk: a line in {@code .mau-node/live}. It says so before the first
 * such file is shown, and takes it back when all is written; so a power cut between leaves it said. A second line tells of
 * files that were not written since such an end.
 *
 * <pre>
 * none, "stopped" ──first file shown──► "running BOOT SECONDS" ──all written, at the end──► "stopped"
 *                                                                    both with ["behind NANOS SECONDS"]
 * </pre>
 *
 * Not thread-safe.
 */
final class LiveMark {
    /** The furthest that anything shown may be ahead of the disk; what a broken mark is taken for. */
    static final Duration FURTHEST = Duration.ofMinutes(10);

    private static final Pattern LINES = Pattern.compile(
            "(?:stopped|running (?<boot>[0-9a-f-]{36}) (?<lead>\\d{1,3}))\n(?:behind (?<before>-?\\d{1,18}|\\d{19}) (?<by>\\d{1,3})\n)?");
    private static final String NO_BOOT = new UUID(0, 0).toString();
    private static final int LONGEST = 128;
    private static final Path BOOT = Path.of("/proc/sys/kernel/random/boot_id");

    private final Path file;
    private final Disk disk;
    private final String boot;
    private Optional<Ending> before = Optional.empty();
    private Behind behind = Behind.NOTHING;
    private Duration marked = Duration.ZERO;
    private boolean anyBoot;

    /**
     * Files that may be behind what was shown under their names.
     *
     * @param before the last modification time of those files, in nanoseconds
     * @param by how far, in time, where the clock does not tell
     */
    record Behind(long before, Duration by) {
        static final Behind NOTHING = new Behind(Long.MIN_VALUE, Duration.ZERO);

        boolean has(IndexRecord written) {
            return written.stamp().modified() <= before;
        }

        /** @param other an earlier one */
        Behind and(Behind other) {
            return new Behind(Math.max(before, other.before), by.compareTo(other.by) > 0 ? by : other.by);
        }
    }

    /**
     * How the last process ended that showed files before they were written.
     *
     * @param lead how far they may have been ahead of the disk, in time; zero after an orderly stop
     * @param thisBoot whether the machine has run ever since
     * @param behind what an earlier end had left behind
     */
    record Ending(Duration lead, boolean thisBoot, Behind behind) {
        static final Ending IN_ORDER = new Ending(Duration.ZERO, true, Behind.NOTHING);
        static final Ending UNKNOWN = new Ending(FURTHEST, false, Behind.NOTHING);

        boolean inOrder() {
            return lead.isZero();
        }
    }

    LiveMark(Path file, Disk disk) {
        this(file, disk, BOOT);
    }

    /** @param boot a file that says which start of the machine this is */
    LiveMark(Path file, Disk disk, Path boot) {
        this.file = file;
        this.disk = disk;
        this.boot = boot(boot);
    }

    /** Asked as often as one likes; what this process writes itself changes nothing about it. */
    Ending before() throws IOException {
        if (before.isEmpty()) {
            before = Optional.of(read());
            behind = before.get().behind();
        }
        return before.get();
    }

    /** To be said with all that is said from now on. */
    void behind(Behind files) throws IOException {
        before();
        behind = files;
    }

    /**
     * From now on files may be shown that are up to {@code lead} ahead of the disk. Durable when it returns.
     *
     * @param aheadOfClock whether they are ahead of the clock as well: then it is no help that the machine runs on
     */
    void running(Duration lead, boolean aheadOfClock) throws IOException {
        if (lead.compareTo(marked) > 0 || aheadOfClock && !anyBoot) {
            before();
            marked = lead.compareTo(marked) > 0 ? lead : marked;
            anyBoot |= aheadOfClock;
            write("running " + (anyBoot ? NO_BOOT : boot) + " " + marked.toSeconds() + "\n");
        }
    }

    /** All that was shown is on the disk. */
    void stopped() throws IOException {
        if (!marked.isZero()) {
            write("stopped\n");
            marked = Duration.ZERO;
            anyBoot = false;
        }
    }

    private void write(String line) throws IOException {
        String more = behind.equals(Behind.NOTHING)
                ? ""
                : "behind " + behind.before() + " " + behind.by().toSeconds() + "\n";
        byte[] lines = (line + more).getBytes(StandardCharsets.US_ASCII);
        AtomicFile.write(disk, file, out -> out.write(lines));
    }

    private Ending read() throws IOException {
        try {
            return Files.size(file) > LONGEST
                    ? Ending.UNKNOWN
                    : parse(LINES.matcher(Files.readString(file, StandardCharsets.ISO_8859_1)));
        } catch (NoSuchFileException never) {
            return Ending.IN_ORDER;
        }
    }

    private Ending parse(Matcher lines) {
        if (!lines.matches()) {
            return Ending.UNKNOWN;
        }
        Behind earlier = lines.group("before") == null
                ? Behind.NOTHING
                : new Behind(Long.parseLong(lines.group("before")), seconds(lines.group("by")));
        return lines.group("boot") == null
                ? new Ending(Duration.ZERO, true, earlier)
                : new Ending(
                        seconds(lines.group("lead")).plusSeconds(1),
                        lines.group("boot").equals(boot),
                        earlier);
    }

    private static Duration seconds(String digits) {
        return Duration.ofSeconds(Integer.parseInt(digits));
    }

    /** A machine that does not say it starts anew each time. */
    private static String boot(Path file) {
        try {
            return Files.readString(file).strip();
        } catch (IOException unsaid) {
            return UUID.randomUUID().toString();
        }
    }
}
