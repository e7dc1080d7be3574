package org.maunode.store;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Writes one file so that it appears whole or not at all: temp in the same folder, owner-only, fsync, rename, fsync of the
 * folder. Thread-safe; also against other processes.
 */
public final class AtomicFile {
    private static final Disk DISK = new Disk();

    private AtomicFile() {}

    /** Writes the content of a file. */
    @FunctionalInterface
    public interface Writer {
        void writeTo(OutputStream out) throws IOException;
    }

    /**
     * Writes {@code target} over what is there; a directory that is missing is made, owner-only.
     *
     * @throws StoreException if it cannot be written; what was there still is, unless the last fsync failed
     */
    public static void write(Path target, Writer content) {
        Failures.doing("write " + target, target, () -> {
            DISK.makeDirectory(folder(target));
            write(DISK, target, content);
        });
    }

    /** Deletes what writers that died, in this or another process, left unfinished in {@code folder}. Never fails. */
    public static void sweep(Path folder) {
        TempFile.sweep(folder, DISK);
    }

    static void write(Disk disk, Path target, Writer content) throws IOException {
        try (TempFile temp = TempFile.in(folder(target), disk)) {
            content.writeTo(temp.out());
            temp.sync();
            temp.moveTo(target);
            disk.forceDirectory(folder(target));
        }
    }

    /** Writes a file that must not exist; of two who try at once one fails. */
    static void writeNew(Disk disk, Path target, Writer content) throws IOException {
        try (TempFile temp = TempFile.in(folder(target), disk)) {
            content.writeTo(temp.out());
            temp.sync();
            nameOnce(disk, temp, target);
            disk.forceDirectory(folder(target));
        }
    }

    private static void nameOnce(Disk disk, TempFile temp, Path target) throws IOException {
        try {
            disk.link(temp.path(), target);
        } catch (FileAlreadyExistsException taken) {
            throw taken;
        } catch (IOException | UnsupportedOperationException noLinksHere) {
            if (Files.exists(target)) {
                throw new FileAlreadyExistsException(target.toString());
            }
            temp.moveTo(target);
        }
    }

    private static Path folder(Path target) {
        return target.toAbsolutePath().getParent();
    }
}
