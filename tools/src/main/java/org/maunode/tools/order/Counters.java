package org.maunode.tools.order;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import org.maunode.device.vocabulary.Command;
import org.maunode.identity.Fingerprint;
import org.maunode.runtime.ExitCode;
import org.maunode.store.AtomicFile;
import org.maunode.tools.shell.ToolException;

/**
 * The counter of the last command to each node, kept with the account. A new one is higher, and never lower than the time
 * in milliseconds: so that a lost file, or a second computer with the same account, goes on ahead of it.
 */
final class Counters {
    private final Path directory;

    /** @param directory of the account's own files; made when needed */
    Counters(Path directory) {
        this.directory = directory;
    }

    /** Takes the next; when it returns, that is on the disk. */
    long next(Fingerprint node, Instant now) {
        Path file = directory.resolve(node.toString());
        long next = Math.max(last(file) + 1, now.toEpochMilli());
        if (next < 1 || next > Command.MAX_COUNTER) {
            throw new ToolException(ExitCode.FAILED, "the counter in " + file + " is at its end", "delete that file");
        }
        AtomicFile.write(file, out -> out.write((next + "\n").getBytes(StandardCharsets.US_ASCII)));
        return next;
    }

    private static long last(Path file) {
        try {
            return Long.parseLong(Files.readString(file).strip());
        } catch (IOException | NumberFormatException none) {
            return 0;
        }
    }
}
