package org.maunode.device.wire;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What drivers count on, held against the real files and against the fake. */
abstract class KernelFilesContract {
    /** A tree with these files. */
    abstract KernelFiles tree(Map<String, String> files);

    private static WireException.Reason reasonOf(Runnable action) {
        return assertThrows(WireException.class, action::run).reason();
    }

    @Test
    void givesAFileByteForByte() {
        KernelFiles files = tree(Map.of("/proc/uptime", "8.41 19.90\n", "/sys/a/name", "é\0"));
        assertEquals("8.41 19.90\n", files.text("/proc/uptime"));
        assertEquals("\u00c3\u00a9\0", files.text("/sys/a/name"));
    }

    @Test
    void givesAnEmptyFileAsEmptyText() {
        assertEquals("", tree(Map.of("/proc/empty", "")).text("/proc/empty"));
    }

    @Test
    void namesWhatIsNotThere() {
        KernelFiles files = tree(Map.of("/proc/uptime", "1 1\n"));
        WireException fault = assertThrows(WireException.class, () -> files.text("/proc/nothing"));
        assertEquals(WireException.Reason.VANISHED, fault.reason());
        assertTrue(fault.getMessage().contains("/proc/nothing"));
    }

    @Test
    void cannotReadADirectoryAsText() {
        KernelFiles files = tree(Map.of("/proc/uptime", "1 1\n"));
        assertEquals(WireException.Reason.UNREADABLE, reasonOf(() -> files.text("/proc")));
    }

    @Test
    void takesAFileOfTheGreatestSizeAndNoByteMore() {
        String full = "x".repeat(KernelFiles.MAX_BYTES);
        KernelFiles files = tree(Map.of("/proc/full", full, "/proc/over", full + "x"));
        assertEquals(full, files.text("/proc/full"));
        assertEquals(WireException.Reason.OVERSIZED, reasonOf(() -> files.text("/proc/over")));
    }

    @Test
    void listsInTheKernelsOwnCount() {
        KernelFiles files = tree(Map.of("/sys/z/zone10/t", "", "/sys/z/zone2/t", "", "/sys/z/cooling0/t", ""));
        assertEquals(List.of("cooling0", "zone2", "zone10"), files.children("/sys/z"));
        assertEquals(List.of("cooling0", "zone2", "zone10"), files.children("/sys/z/"));
    }

    @Test
    void listsNothingWhereThereIsNoDirectory() {
        KernelFiles files = tree(Map.of("/proc/uptime", ""));
        assertEquals(List.of(), files.children("/sys/class/thermal"));
        assertEquals(List.of(), files.children("/proc/uptime"));
    }

    @Test
    void listsAsManyEntriesAsItPromisesAndNoneMore() {
        Map<String, String> entries = new HashMap<>();
        for (int i = 0; i < KernelFiles.MAX_CHILDREN; i++) {
            entries.put("/sys/many/e" + i, "");
        }
        assertEquals(
                KernelFiles.MAX_CHILDREN, tree(entries).children("/sys/many").size());
        entries.put("/sys/many/more", "");
        KernelFiles over = tree(entries);
        assertEquals(WireException.Reason.OVERSIZED, reasonOf(() -> over.children("/sys/many")));
    }

    @Test
    void setsAnAttributeThatIsThere() {
        KernelFiles files = tree(Map.of("/sys/class/pwm/pwmchip0/pwm0/enable", "0"));
        files.set("/sys/class/pwm/pwmchip0/pwm0/enable", "1");
        assertEquals("1", files.text("/sys/class/pwm/pwmchip0/pwm0/enable"));
    }

    @Test
    void neverMakesAFile() {
        KernelFiles files = tree(Map.of("/sys/class/pwm/pwmchip0/export", ""));
        assertEquals(
                WireException.Reason.VANISHED, reasonOf(() -> files.set("/sys/class/pwm/pwmchip0/pwm0/enable", "1")));
        assertEquals(WireException.Reason.VANISHED, reasonOf(() -> files.set("/sys/class/pwm/pwmchip0/import", "1")));
        assertFalse(files.exists("/sys/class/pwm/pwmchip0/import"));
    }

    @Test
    void knowsWhatExists() {
        KernelFiles files = tree(Map.of("/sys/class/net/eth0/device/id", "1\n"));
        assertTrue(files.exists("/sys/class/net/eth0/device"));
        assertTrue(files.exists("/sys/class/net/eth0/device/id"));
        assertFalse(files.exists("/sys/class/net/eth1"));
    }
}
