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
 * Whether others may have been shown what is not on the disk: one line in {@code .mau-node/live}. It says so before the
 * first such file is shown, and takes it back when all is written; so a power cut between leaves it said.
 *
 * <pre>
 * none, "stopped" ──first file shown──► "running BOOT SECONDS" ──all written, at the end──► "stopped"
 * </pre>
 *
 * Not thread-safe.
 */
final class LiveMark {
    /** The furthest that anything shown may be ahead of the disk; what a broken mark is taken for. */
    static final Duration FURTHEST = Duration.ofMinutes(10);

    private static final String STOPPED = "stopped\n";
    private static final Pattern RUNNING = Pattern.compile("running ([0-9a-f-]{36}) (\\d{1,3})\n");
    private static final String NO_BOOT = new UUID(0, 0).toString();
    private static final int LONGEST = 64;
    private static final Path BOOT = Path.of("/proc/sys/kernel/random/boot_id");

    private final Path file;
    private final Disk disk;
    private final String boot;
    private Optional<Ending> before = Optional.empty();
    private Duration marked = Duration.ZERO;
    private boolean anyBoot;

    /**
     * How the last process ended that showed files before they were written.
     *
     * @param lead how far it may have been ahead of the disk, in time; zero after an orderly stop
     * @param thisBoot whether the machine has run ever since
     */
    record Ending(Duration lead, boolean thisBoot) {
        static final Ending IN_ORDER = new Ending(Duration.ZERO, true);

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
        }
        return before.get();
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
            write(STOPPED);
            marked = Duration.ZERO;
            anyBoot = false;
        }
    }

    private void write(String line) throws IOException {
        AtomicFile.write(disk, file, out -> out.write(line.getBytes(StandardCharsets.US_ASCII)));
    }

    private Ending read() throws IOException {
        try {
            return Files.size(file) > LONGEST ? unknown() : parse(Files.readString(file, StandardCharsets.ISO_8859_1));
        } catch (NoSuchFileException never) {
            return Ending.IN_ORDER;
        }
    }

    private Ending parse(String line) {
        Matcher running = RUNNING.matcher(line);
        if (line.equals(STOPPED)) {
            return Ending.IN_ORDER;
        }
        return running.matches()
                ? new Ending(
                        Duration.ofSeconds(Math.max(1, Integer.parseInt(running.group(2)))),
                        running.group(1).equals(boot))
                : unknown();
    }

    private static Ending unknown() {
        return new Ending(FURTHEST, false);
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
