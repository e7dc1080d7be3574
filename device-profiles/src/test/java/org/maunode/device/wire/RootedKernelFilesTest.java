package org.maunode.device.wire;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class RootedKernelFilesTest extends KernelFilesContract {
    @TempDir
    Path root;

    @Override
    KernelFiles tree(Map<String, String> files) {
        files.forEach(this::write);
        return KernelFiles.under(root);
    }

    private void write(String path, String text) {
        try {
            Path file = root.resolve(path.substring(1));
            Files.createDirectories(file.getParent());
            Files.write(file, text.getBytes(StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void followsTheLinksOfSysfs() throws IOException {
        KernelFiles files = tree(Map.of("/sys/devices/virtio2/net/eth0/device/id", "1\n"));
        Files.createDirectories(root.resolve("sys/class/net"));
        Files.createSymbolicLink(root.resolve("sys/class/net/eth0"), Path.of("../../devices/virtio2/net/eth0"));
        assertTrue(files.exists("/sys/class/net/eth0/device"));
        assertEquals("1\n", files.text("/sys/class/net/eth0/device/id"));
    }

    @Test
    void neverLeavesItsRoot() {
        KernelFiles files = KernelFiles.under(root);
        assertThrows(IllegalArgumentException.class, () -> files.text("/../etc/passwd"));
        assertThrows(IllegalArgumentException.class, () -> files.text("proc/uptime"));
    }

    @Test
    void readsTheKernelOfThisMachine() {
        KernelFiles files = KernelFiles.under(Path.of("/"));
        assertTrue(files.text("/proc/uptime").matches("[0-9.]+ [0-9.]+\n"));
        assertTrue(files.children("/proc").contains("meminfo"));
    }
}
