package org.maunode.device.wire;

import java.nio.file.Path;
import java.util.List;

/**
 * The small text files under {@code /proc} and {@code /sys}. Paths are absolute as the kernel documents them
 * ({@code /proc/loadavg}); which directory stands for {@code /} is the implementation's affair, so that drivers run on
 * a recorded tree as on the real one. Implementations keep no state and may be used by any thread.
 */
public interface KernelFiles {
    /** Bytes of one file; sysfs gives a page at most, {@code /proc/meminfo} some 2 KB. */
    int MAX_BYTES = 16 * 1024;

    /** Entries of one directory. */
    int MAX_CHILDREN = 1024;

    /**
     * The whole text of a file, byte for byte as ISO 8859-1: whatever the chip's driver wrote there is shown to the
     * parser, which judges it.
     *
     * @throws WireException if it is not there, cannot be read, or exceeds {@link #MAX_BYTES}
     */
    String text(String path);

    /**
     * The names in a directory, sorted with numbers in their natural order ({@code zone2} before {@code zone10}).
     * A directory that does not exist has none: no machine has all of them.
     *
     * @throws WireException if it cannot be listed or has more than {@link #MAX_CHILDREN} entries
     */
    List<String> children(String path);

    /**
     * Writes an attribute, in one go as sysfs wants it. Never makes a file.
     *
     * @throws WireException if it is not there, or the kernel refuses the value
     */
    void set(String path, String text);

    /** Whether a file or directory is there now. */
    boolean exists(String path);

    /** The kernel files under {@code root}, which is {@code /} on a real machine. */
    static KernelFiles under(Path root) {
        return new RootedKernelFiles(root);
    }
}
