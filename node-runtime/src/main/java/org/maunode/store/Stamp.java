package org.maunode.store;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.Map;
import java.util.Optional;

/**
 * What the file system tells of a regular file without opening it. A file whose stamp has not changed has not changed,
 * within the grain of the file system's clock.
 *
 * @param size in bytes
 * @param modified in nanoseconds, see {@link Nanos}
 * @param changed when its content or its attributes last changed; no program can set it
 */
record Stamp(long inode, long size, long modified, long changed) {
    private static final String ATTRIBUTES = "unix:ino,mode,size,lastModifiedTime,ctime";
    private static final int TYPE = 0170000;
    private static final int REGULAR = 0100000;
    private static final int DIRECTORY = 0040000;

    /** The stamp of a regular file; empty if {@code path} is nothing or anything else, a symbolic link for one. */
    static Optional<Stamp> of(Path path) throws IOException {
        return of(path, REGULAR);
    }

    /** The stamp of a directory, which changes when entries come, go or get replaced. */
    static Optional<Stamp> ofDirectory(Path path) throws IOException {
        return of(path, DIRECTORY);
    }

    private static Optional<Stamp> of(Path path, int type) throws IOException {
        Map<String, Object> found;
        try {
            found = Files.readAttributes(path, ATTRIBUTES, LinkOption.NOFOLLOW_LINKS);
        } catch (NoSuchFileException nothing) {
            return Optional.empty();
        }
        return ((int) found.get("mode") & TYPE) == type ? Optional.of(stamp(found)) : Optional.empty();
    }

    private static Stamp stamp(Map<String, Object> found) {
        long modified = Nanos.of(((FileTime) found.get("lastModifiedTime")).toInstant());
        long changed = Nanos.of(((FileTime) found.get("ctime")).toInstant());
        return new Stamp((long) found.get("ino"), (long) found.get("size"), modified, changed);
    }
}
