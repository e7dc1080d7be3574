package org.maunode.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.maunode.store.StoreException.Reason;

final class FailuresTest {
    @TempDir
    Path folder;

    private StoreException of(IOException failed) {
        return Failures.of("write it", folder, failed);
    }

    @Test
    void theReasonIsWhatTheSystemSaid() {
        String file = folder.resolve("a").toString();
        assertEquals(
                Reason.DISK_FULL, of(new IOException("No space left on device")).reason());
        assertEquals(
                Reason.DISK_FULL,
                of(new FileSystemException(file, null, "Disk quota exceeded")).reason());
        assertEquals(
                Reason.NOT_PERMITTED,
                of(new FileSystemException(file, null, "Read-only file system")).reason());
        assertEquals(Reason.NOT_PERMITTED, of(new AccessDeniedException(file)).reason());
        assertEquals(Reason.NOT_FOUND, of(new NoSuchFileException(file)).reason());
        assertEquals(
                Reason.INPUT_OUTPUT, of(new IOException("Input/output error")).reason());
        assertEquals(Reason.INPUT_OUTPUT, of(new IOException()).reason());
    }

    @Test
    void theMessageIsOneLineThatNamesThePlaceAndSaysWhatToDo() {
        StoreException full = of(new FileSystemException(folder.resolve("a") + "", null, "No space left on device"));
        assertEquals(
                "cannot write it: no space left on the disk of " + folder.resolve("a") + "; free some and try again",
                full.getMessage());
        assertEquals(folder.resolve("a"), full.path());
        assertEquals(1, of(new IOException("one\ntwo")).getMessage().lines().count());
        assertTrue(of(new IOException()).getMessage().endsWith("IOException"));
    }

    @Test
    void failuresInStreamsAndNamesAreToldTheSameWay() {
        assertEquals(Reason.NOT_PERMITTED, during(() -> {
            throw new UncheckedIOException(new AccessDeniedException("x"));
        }));
        assertEquals(Reason.INPUT_OUTPUT, during(() -> {
            throw new InvalidPathException("ü.pgp", "unmappable");
        }));
    }

    private Reason during(Failures.Action action) {
        return assertThrows(StoreException.class, () -> Failures.doing("write it", folder, action))
                .reason();
    }
}
