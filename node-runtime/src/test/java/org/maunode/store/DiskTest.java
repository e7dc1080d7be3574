package org.maunode.store;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.ClosedByInterruptException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DiskTest {
    private static final byte[] CONTENT = {1, 2, 3};

    @TempDir
    private Path place;

    private final Disk disk = new Disk();

    private Path file() throws IOException {
        return Files.write(place.resolve("file"), CONTENT);
    }

    @Test
    void readsAFileToItsEnd() throws IOException {
        try (InputStream in = disk.read(file())) {
            assertArrayEquals(CONTENT, in.readAllBytes());
        }
    }

    @Test
    void whoIsInterruptedReadsNoFurther() throws IOException {
        try (InputStream in = disk.read(file())) {
            in.read();
            Thread.currentThread().interrupt();
            assertThrows(ClosedByInterruptException.class, in::read);
        } finally {
            assertTrue(Thread.interrupted());
        }
    }

    @Test
    void aLinkIsNotFollowed() throws IOException {
        Path link = Files.createSymbolicLink(place.resolve("link"), file());
        assertThrows(IOException.class, () -> disk.read(link).close());
    }
}
