package org.maunode.device.wire;

import java.nio.file.Files;
import java.nio.file.Path;

/** What is left on the disk that holds a directory. */
@FunctionalInterface
public interface DiskSpace {
    /**
     * Bytes that this process may still write; 0 on a full disk.
     *
     * @throws WireException if the directory is gone
     */
    long usableBytes();

    /** The space of whichever disk holds {@code directory} at the time of asking. */
    static DiskSpace holding(Path directory) {
        // Files.getFileStore would search the mount table and fails in a chroot; statvfs on the directory does neither.
        return () -> {
            if (!Files.isDirectory(directory)) {
                throw new WireException(WireException.Reason.VANISHED, directory + " is not there");
            }
            return directory.toFile().getUsableSpace();
        };
    }
}
