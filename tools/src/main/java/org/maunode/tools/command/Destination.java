package org.maunode.tools.command;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Optional;
import org.maunode.runtime.ExitCode;
import org.maunode.store.AtomicFile;
import org.maunode.tools.account.Session;
import org.maunode.tools.shell.ToolException;
import picocli.CommandLine.Option;

/** Where bytes go: standard output, or a file that appears whole or not at all. */
final class Destination {
    @Option(
            names = {"-o", "--output"},
            paramLabel = "FILE",
            description = "write to FILE, for its owner alone (default: standard output)")
    Optional<String> file = Optional.empty();

    void write(Session session, AtomicFile.Writer writer) throws IOException {
        Path target = session.shell().path(file.orElse("-"));
        if (isStandardOutput()) {
            writer.writeTo(session.output().data());
        } else if (Files.exists(target) && !Files.isRegularFile(target)) {
            device(target, writer);
        } else {
            requireParent(target);
            AtomicFile.write(target, writer);
        }
    }

    boolean isStandardOutput() {
        return file.isEmpty() || file.get().equals("-") || file.get().equals("/dev/stdout");
    }

    /** A file put in its place would take it away: {@code /dev/null}, a pipe. */
    private static void device(Path target, AtomicFile.Writer writer) throws IOException {
        if (Files.isDirectory(target)) {
            throw new ToolException(ExitCode.USAGE, target + " is a directory, not a file");
        }
        try (OutputStream out = Files.newOutputStream(target)) {
            writer.writeTo(out);
        }
    }

    private static void requireParent(Path target) throws NoSuchFileException {
        Path parent = target.toAbsolutePath().getParent();
        if (parent != null && !Files.isDirectory(parent)) {
            throw new NoSuchFileException(parent.toString());
        }
    }
}
