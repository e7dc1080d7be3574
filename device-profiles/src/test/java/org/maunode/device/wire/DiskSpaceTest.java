package org.maunode.device.wire;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class DiskSpaceTest {
    @TempDir
    Path home;

    @Test
    void isBetweenNothingAndTheWholeDisk() throws IOException {
        long usable = DiskSpace.holding(home).usableBytes();
        long total = Files.getFileStore(home).getTotalSpace();
        assertTrue(usable > 0 && usable <= total, usable + " of " + total);
    }

    @Test
    void isAFaultOnceTheDirectoryIsGone() throws IOException {
        DiskSpace space = DiskSpace.holding(Files.createDirectory(home.resolve("usb")));
        space.usableBytes();
        Files.delete(home.resolve("usb"));
        WireException fault = assertThrows(WireException.class, space::usableBytes);
        assertEquals(WireException.Reason.VANISHED, fault.reason());
    }
}
