package org.maunode.tools.command;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * An owner-only directory for one decrypted file, gone with everything in it when it is closed or the process ends; in
 * memory where the system has such a place ({@code XDG_RUNTIME_DIR}).
 */
final class Scratch implements AutoCloseable {
    private final Path directory;
    private final Thread lastChance = new Thread(this::clear, "mau-scratch");

    private Scratch(Path directory) {
        this.directory = directory;
    }

    /** @param otherwise where to make it if the system has no better place; made if missing */
    static Scratch make(Map<String, String> environment, Path otherwise) throws IOException {
        Path memory = Path.of(environment.getOrDefault("XDG_RUNTIME_DIR", ""));
        boolean better = memory.isAbsolute() && Files.isDirectory(memory) && Files.isWritable(memory);
        Path place = better ? memory : Files.createDirectories(otherwise);
        Path made = Files.createTempDirectory(
                place, "mau-edit-", PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
        Scratch scratch = new Scratch(made);
        Runtime.getRuntime().addShutdownHook(scratch.lastChance);
        return scratch;
    }

    /** A new owner-only file; its name tells an editor what is in it. */
    Path file(String name) throws IOException {
        return Files.createFile(
                directory.resolve(name),
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
    }

    @Override
    public void close() {
        clear();
        try {
            Runtime.getRuntime().removeShutdownHook(lastChance);
        } catch (IllegalStateException ending) {
            // Then the hook runs too, and finds nothing left.
            return;
        }
    }

    /** Editors leave backups and locks beside the file. */
    private void clear() {
        try (Stream<Path> tree = Files.walk(directory)) {
            List<Path> deepestFirst = tree.sorted(Comparator.reverseOrder()).toList();
            for (Path path : deepestFirst) {
                Files.deleteIfExists(path);
            }
        } catch (IOException | UncheckedIOException gone) {
            // What cannot be deleted cannot be hidden either: it is in a directory that only the owner enters.
            return;
        }
    }
}
