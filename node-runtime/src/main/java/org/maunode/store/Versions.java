package org.maunode.store;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.maunode.identity.InvalidNameException;
import org.maunode.identity.VersionHash;

/**
 * The {@code .versions} directory of one file. Files are written as the bare hash, under which the Go peer serves them,
 * and read in any form of {@link VersionHash#of(String)} (specification, "Versioning"; both forms are in use).
 */
final class Versions {
    private static final Comparator<Version> OLDEST_FIRST = Comparator.comparing(Version::modified)
            .thenComparing(version -> version.path().getFileName().toString());

    private final Path directory;
    private final Disk disk;

    Versions(Path directory, Disk disk) {
        this.directory = directory;
        this.disk = disk;
    }

    /** All versions, oldest first, each once. */
    List<Version> list() throws IOException {
        List<Version> found = new ArrayList<>();
        try (DirectoryStream<Path> entries = Files.newDirectoryStream(directory)) {
            for (Path entry : entries) {
                version(entry).ifPresent(found::add);
            }
        } catch (NoSuchFileException none) {
            return List.of();
        }
        found.sort(OLDEST_FIRST);
        Set<VersionHash> seen = new HashSet<>();
        found.removeIf(version -> !seen.add(version.sum()));
        return found;
    }

    Optional<Version> find(VersionHash sum) throws IOException {
        Optional<Version> direct = version(directory.resolve(sum.toString()));
        return direct.isPresent()
                ? direct
                : list().stream().filter(v -> v.sum().equals(sum)).findFirst();
    }

    boolean exists() {
        return Files.isDirectory(directory);
    }

    /**
     * Gives the current file a second name here, durably, before it loses its first.
     *
     * @return {@code false} if another program replaced the file meanwhile
     */
    boolean keep(Path current, Stamp stamp, VersionHash sum) throws IOException {
        boolean kept = name(current, stamp, sum);
        if (kept) {
            force();
        }
        return kept;
    }

    /** The second name alone; {@link #force} makes it durable. */
    boolean name(Path current, Stamp stamp, VersionHash sum) throws IOException {
        disk.makeDirectory(directory);
        Path version = directory.resolve(sum.toString());
        if (!isWhole(version, stamp)) {
            disk.delete(version);
            if (!linkOrCopy(current, stamp, version)) {
                return false;
            }
        }
        return true;
    }

    /** Makes the names here durable. */
    void force() throws IOException {
        disk.forceDirectory(directory);
    }

    /** Deletes what {@code retention} does not keep; {@code current} is no old version and counts as none. */
    void prune(Retention retention, VersionHash current, Instant now) throws IOException {
        if (retention instanceof Retention.KeepAll || !exists()) {
            return;
        }
        List<Version> old =
                list().stream().filter(v -> !v.sum().equals(current)).toList();
        for (Version version : Thinning.superfluous(old, Version::modified, retention, now)) {
            disk.delete(version.path());
        }
    }

    /** Deletes all versions, and the directory unless something else is in it. */
    void deleteAll() throws IOException {
        for (Version version : list()) {
            disk.delete(version.path());
        }
        TempFile.sweep(directory, disk);
        try {
            disk.delete(directory);
        } catch (DirectoryNotEmptyException somethingElse) {
            disk.forceDirectory(directory);
        }
    }

    private static Optional<Version> version(Path path) throws IOException {
        Optional<Stamp> stamp = Stamp.of(path);
        return stamp.isEmpty() ? Optional.empty() : sum(path).map(sum -> version(path, stamp.get(), sum));
    }

    private static Version version(Path path, Stamp stamp, VersionHash sum) {
        return new Version(path, sum, stamp.size(), Nanos.instant(stamp.modified()));
    }

    private static Optional<VersionHash> sum(Path path) {
        try {
            return Optional.of(VersionHash.of(path.getFileName().toString()));
        } catch (InvalidNameException somethingElse) {
            return Optional.empty();
        }
    }

    /** The same bytes may have been current before. */
    private static boolean isWhole(Path version, Stamp stamp) throws IOException {
        return Stamp.of(version).filter(kept -> kept.size() == stamp.size()).isPresent();
    }

    private boolean linkOrCopy(Path current, Stamp stamp, Path version) throws IOException {
        try {
            disk.link(current, version);
        } catch (FileAlreadyExistsException | NoSuchFileException raced) {
            return false;
        } catch (IOException | UnsupportedOperationException noLinksHere) {
            copy(current, version);
        }
        boolean same = Stamp.of(version).filter(kept -> isSame(kept, stamp)).isPresent();
        if (!same) {
            disk.delete(version);
        }
        return same;
    }

    /** A copy is another file with the same time, which it got only if the current file had not changed. */
    private static boolean isSame(Stamp kept, Stamp stamp) {
        return kept.size() == stamp.size() && kept.modified() == stamp.modified();
    }

    private void copy(Path current, Path version) throws IOException {
        TempFile.sweep(directory, disk);
        try (TempFile temp = TempFile.in(directory, disk);
                InputStream in = disk.read(current)) {
            in.transferTo(temp.out());
            temp.sync();
            disk.setModified(temp.path(), Files.getLastModifiedTime(current).toInstant());
            temp.moveTo(version);
        }
    }
}
