package org.maunode.store;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.maunode.identity.FileName;
import org.maunode.identity.Fingerprint;

/** Shows and hides directories. Each step leaves every file with a name, so that what was cut short goes on the next time. */
final class Following {
    private final Directories directories;
    private final Writing writing;
    private final Path root;

    Following(Path root, Directories directories, Writing writing) {
        this.root = root;
        this.directories = directories;
        this.writing = writing;
    }

    void follow(Fingerprint peer) throws IOException {
        Path visible = directories.visible(peer);
        if (Stamp.ofDirectory(visible).isPresent()) {
            return;
        }
        if (Stamp.ofDirectory(directories.hidden(peer)).isPresent()) {
            rename(peer, directories.hidden(peer), visible);
        } else {
            writing.disk().makeDirectory(visible);
        }
    }

    void unfollow(Fingerprint peer) throws IOException {
        Path visible = directories.visible(peer);
        Path hidden = directories.hidden(peer);
        if (Stamp.ofDirectory(visible).isEmpty()) {
            return;
        }
        if (Stamp.ofDirectory(hidden).isPresent()) {
            directories.release(peer);
            merge(visible, hidden);
        } else {
            rename(peer, visible, hidden);
        }
    }

    private void rename(Fingerprint peer, Path from, Path to) throws IOException {
        directories.release(peer);
        writing.disk().move(from, to);
        writing.disk().forceDirectory(root);
    }

    private void merge(Path from, Path to) throws IOException {
        for (Path entry : entries(from)) {
            mergeEntry(entry, to.resolve(entry.getFileName()));
        }
        writing.disk().forceDirectory(to);
        if (entries(from).isEmpty()) {
            writing.disk().delete(from);
            writing.disk().forceDirectory(from.getParent());
        }
    }

    private void mergeEntry(Path entry, Path target) throws IOException {
        if (!Files.exists(target, LinkOption.NOFOLLOW_LINKS)) {
            writing.disk().move(entry, target);
        } else if (Stamp.ofDirectory(entry).isPresent()
                && Stamp.ofDirectory(target).isPresent()) {
            merge(entry, target);
        } else if (Stamp.of(entry).isPresent() && Stamp.of(target).isPresent()) {
            mergeFile(entry, target);
        } else {
            writing.disk().move(entry, aside(target));
        }
    }

    /** What was followed is the current version. Versions of one name are the same bytes, since the name is their hash. */
    private void mergeFile(Path entry, Path target) throws IOException {
        String name = target.getFileName().toString();
        if (FileName.isWellFormed(name) && target.getParent().getParent().equals(root)) {
            boolean kept = keepAsVersion(target, new FileName(name));
            writing.disk().move(entry, kept ? target : aside(target));
        } else if (Files.mismatch(entry, target) < 0) {
            writing.disk().delete(entry);
        } else {
            writing.disk().move(entry, aside(target));
        }
    }

    private boolean keepAsVersion(Path file, FileName name) throws IOException {
        Versions versions = new Versions(file.resolveSibling(name.versionsDirectory()), writing.disk());
        Optional<Stamp> stamp = Stamp.of(file);
        return stamp.isPresent()
                && versions.keep(file, stamp.get(), writing.inspector().sum(file));
    }

    /** A name beside {@code taken} that nothing has. */
    private static Path aside(Path taken) {
        int number = 1;
        Path free = taken;
        while (Files.exists(free, LinkOption.NOFOLLOW_LINKS)) {
            free = taken.resolveSibling(taken.getFileName() + "~" + number++);
        }
        return free;
    }

    private static List<Path> entries(Path directory) throws IOException {
        List<Path> entries = new ArrayList<>();
        try (DirectoryStream<Path> stream = Files.newDirectoryStream(directory)) {
            stream.forEach(entries::add);
        }
        return entries;
    }
}
