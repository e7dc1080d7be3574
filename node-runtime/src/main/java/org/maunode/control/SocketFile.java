package org.maunode.control;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.maunode.control.ControlException.Reason;

/** Where a node's socket is (CS-1), and whether one can be there (CS-3). */
final class SocketFile {
    /** Bytes of a path: what the kernel takes, less one that the JDK keeps for itself. */
    static final int MAX_PATH = 106;

    private SocketFile() {}

    /** @throws ControlException with {@code PATH_TOO_LONG} */
    static Path in(Path home) {
        Path file = home.toAbsolutePath().normalize().resolve(".mau-node").resolve("node.sock");
        int length = file.toString().getBytes(StandardCharsets.UTF_8).length;
        if (length > MAX_PATH) {
            throw new ControlException(
                    Reason.PATH_TOO_LONG,
                    "the path " + file + " has " + length + " bytes, and that of a socket may have " + MAX_PATH
                            + "; a node in a shorter --home, or a symbolic link to it, can be asked");
        }
        return file;
    }
}
