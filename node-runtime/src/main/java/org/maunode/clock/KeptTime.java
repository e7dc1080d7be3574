package org.maunode.clock;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.Optional;
import java.util.logging.Level;
import java.util.logging.Logger;

/** The time that is known to have been, over restarts: the modification time of an empty file. No content, so no torn one. */
final class KeptTime {
    private static final Logger LOG = Logger.getLogger("org.maunode.clock");

    private final Path file;

    KeptTime(Path file) {
        this.file = file;
    }

    Optional<Instant> load() {
        try {
            return Optional.of(Files.getLastModifiedTime(file).toInstant());
        } catch (IOException neverKept) {
            return Optional.empty();
        }
    }

    /** A node whose disk is full or read-only goes on without. */
    void save(Instant time) {
        try {
            makeOnce();
            Files.setLastModifiedTime(file, FileTime.from(time));
        } catch (IOException unwritable) {
            LOG.log(Level.FINE, "time-not-kept file={0}: {1}", new Object[] {file, unwritable.toString()});
        }
    }

    private void makeOnce() throws IOException {
        if (!Files.exists(file)) {
            try {
                Files.createFile(
                        file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
            } catch (FileAlreadyExistsException another) {
                LOG.log(Level.FINE, "made by another program: {0}", file);
            }
        }
    }
}
