package org.maunode.store;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import org.maunode.identity.FileName;
import org.maunode.store.StoreException.Reason;

/** Says an I/O failure in one line that tells what was tried, where it failed, and what to do. */
final class Failures {
    /** Below this many bytes a failed write is laid to a full disk, in whatever language the system said so. */
    private static final long FULL = 64 * 1024;

    private Failures() {}

    /** Something that may fail on the disk. */
    @FunctionalInterface
    interface Task<T> {
        T run() throws IOException;
    }

    /** A {@link Task} without a result. */
    @FunctionalInterface
    interface Action {
        void run() throws IOException;
    }

    /**
     * Runs {@code task}.
     *
     * @param doing what it does, as in "cannot ..."
     * @throws StoreException if it fails
     */
    static <T> T during(String doing, Path at, Task<T> task) {
        try {
            return task.run();
        } catch (IOException failed) {
            throw of(doing, at, failed);
        } catch (UncheckedIOException | DirectoryIteratorException failed) {
            throw of(doing, at, (IOException) failed.getCause());
        } catch (InvalidPathException locale) {
            String message = "cannot " + doing + ": this system's locale cannot write the name " + locale.getInput()
                    + "; start with LC_ALL=C.UTF-8";
            throw new StoreException(Reason.INPUT_OUTPUT, at, message, locale);
        }
    }

    static void doing(String doing, Path at, Action action) {
        during(doing, at, () -> {
            action.run();
            return at;
        });
    }

    static StoreException of(String doing, Path at, IOException failed) {
        Path where = failed instanceof FileSystemException f && f.getFile() != null ? named(Path.of(f.getFile())) : at;
        Reason reason = reason(where, failed);
        return new StoreException(reason, where, "cannot " + doing + ": " + words(reason, where, failed), failed);
    }

    /** The folder instead of an unfinished file, whose name means nothing to anybody. */
    private static Path named(Path file) {
        boolean unfinished = file.getFileName() != null
                && file.getFileName().toString().startsWith(FileName.RESERVED_PREFIX)
                && file.getParent() != null;
        return unfinished ? file.getParent() : file;
    }

    private static Reason reason(Path where, IOException failed) {
        String said = said(failed);
        if (failed instanceof NoSuchFileException) {
            return Reason.NOT_FOUND;
        }
        if (failed instanceof NotDirectoryException) {
            return Reason.INPUT_OUTPUT;
        }
        if (failed instanceof AccessDeniedException
                || said.contains("Read-only file system")
                || said.contains("Operation not permitted")
                || said.contains("Permission denied")) {
            return Reason.NOT_PERMITTED;
        }
        if (said.contains("No space left") || said.contains("quota exceeded")) {
            return Reason.DISK_FULL;
        }
        return probed(where);
    }

    /** The system's words come in the user's language; the disk itself can be asked in none. */
    private static Reason probed(Path where) {
        try {
            Path folder = existing(where.toAbsolutePath());
            if (Files.getFileStore(folder).isReadOnly()) {
                return Reason.NOT_PERMITTED;
            }
            return Files.getFileStore(folder).getUsableSpace() < FULL ? Reason.DISK_FULL : Reason.INPUT_OUTPUT;
        } catch (IOException | SecurityException silent) {
            return Reason.INPUT_OUTPUT;
        }
    }

    private static Path existing(Path path) {
        Path folder = path;
        while (folder.getParent() != null && !Files.exists(folder)) {
            folder = folder.getParent();
        }
        return folder;
    }

    private static String words(Reason reason, Path where, IOException failed) {
        return switch (reason) {
            case DISK_FULL -> "no space left on the disk of " + where + "; free some and try again";
            case NOT_PERMITTED ->
                "no permission at " + where + "; check its owner and mode, and that the disk is not read-only";
            case NOT_FOUND -> where + " does not exist";
            default ->
                where + ": " + (said(failed).isEmpty() ? failed.getClass().getSimpleName() : said(failed));
        };
    }

    private static String said(IOException failed) {
        if (failed instanceof NotDirectoryException) {
            return "not a directory";
        }
        String text = failed instanceof FileSystemException f ? f.getReason() : failed.getMessage();
        return text == null ? "" : text.lines().findFirst().orElse("");
    }
}
