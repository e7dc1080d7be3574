package org.maunode.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class LiveMarkTest {
    private static final Duration LEAD = Duration.ofSeconds(76);

    @TempDir
    Path directory;

    private Path boot;

    @BeforeEach
    void boot() throws IOException {
        boot = directory.resolve("boot_id");
        starts("2b0ad8a1-6f4e-4f0d-9a5e-0f4d5e6a7b8c");
    }

    private void starts(String id) throws IOException {
        Files.writeString(boot, id + "\n");
    }

    private LiveMark mark() {
        return new LiveMark(directory.resolve("live"), new Disk(), boot);
    }

    private LiveMark.Ending after(String line) throws IOException {
        Files.writeString(directory.resolve("live"), line);
        return mark().before();
    }

    /** Parts of a second are not written, so that one more is allowed for. */
    private static LiveMark.Ending ending(Duration lead, boolean thisBoot) {
        return new LiveMark.Ending(lead.plusSeconds(1), thisBoot, LiveMark.Behind.NOTHING);
    }

    @Test
    void whatIsBehindIsSaidOn() throws IOException {
        LiveMark.Behind files = new LiveMark.Behind(1_795_000_000_123_456_789L, LEAD);
        LiveMark mark = mark();
        mark.behind(files);
        mark.running(LEAD, false);
        assertEquals(files, mark().before().behind());
        mark.stopped();
        assertEquals(files, mark().before().behind());
        LiveMark next = mark();
        next.before();
        next.running(LEAD, false);
        assertEquals(files, mark().before().behind(), "also by one who has nothing to add");
    }

    @Test
    void whoNeverShowedAnythingEndedInOrder() throws IOException {
        assertTrue(mark().before().inOrder());
        mark().stopped();
        assertFalse(Files.exists(directory.resolve("live")), "and writes nothing");
    }

    @Test
    void whatIsMarkedStaysUntilAllIsWritten() throws IOException {
        LiveMark mark = mark();
        mark.running(LEAD, false);
        assertEquals(ending(LEAD, true), mark().before());
        assertTrue(mark.before().inOrder(), "what it writes itself changes nothing");
        mark.stopped();
        assertTrue(mark().before().inOrder());
    }

    @Test
    void aMachineThatStartedAnewIsTold() throws IOException {
        mark().running(LEAD, false);
        starts("3c0ad8a1-6f4e-4f0d-9a5e-0f4d5e6a7b8c");
        assertEquals(ending(LEAD, false), mark().before());
    }

    @Test
    void whoWasAheadOfTheClockCannotBeHelpedByTheClock() throws IOException {
        LiveMark mark = mark();
        mark.running(LEAD, false);
        mark.running(LEAD, true);
        assertEquals(ending(LEAD, false), mark().before());
    }

    @Test
    void theFurthestLeadCounts() throws IOException {
        LiveMark mark = mark();
        mark.running(LEAD.multipliedBy(2), false);
        mark.running(LEAD, false);
        assertEquals(LEAD.multipliedBy(2).plusSeconds(1), mark().before().lead());
    }

    @Test
    void aBrokenMarkIsTakenForTheWorst() throws IOException {
        LiveMark.Ending worst = LiveMark.Ending.UNKNOWN;
        for (String line : new String[] {"", "stopped", "running\n", "running 1 2\n", "\0\0\0\0", "x".repeat(100000)}) {
            assertEquals(worst, after(line), line.substring(0, Math.min(9, line.length())));
        }
        assertTrue(after("stopped\n").inOrder());
        assertEquals(
                Duration.ofSeconds(1),
                after("running 2b0ad8a1-6f4e-4f0d-9a5e-0f4d5e6a7b8c 0\n").lead());
    }

    @Test
    void aMachineThatDoesNotTellItsStartStartsAnewEachTime() throws IOException {
        Files.delete(boot);
        mark().running(LEAD, false);
        assertFalse(mark().before().thisBoot());
    }
}
