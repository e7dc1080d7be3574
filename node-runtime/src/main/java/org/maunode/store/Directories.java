package org.maunode.store;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.maunode.identity.Fingerprint;

/**
 * The owners' directories under the root, opened when first needed: {@code <fpr>} of those who are followed,
 * {@code .<fpr>} of those who were. The first store of any process writes the indexes, others only read them. Thread-safe.
 */
final class Directories implements AutoCloseable {
    private static final Logger LOG = Logger.getLogger("org.maunode.store");

    private final Path root;
    private final Path indexes;
    private final Disk disk;
    private final Clocks clocks;
    private final Watcher watcher;
    private final Consumer<Fingerprint> listener;
    private final Map<Path, OwnerDirectory> opened = new HashMap<>();
    private Optional<ProcessLock> writing = Optional.empty();
    private boolean closed;

    Directories(Path root, Path indexes, Disk disk, Clocks clocks, Watcher watcher, Consumer<Fingerprint> listener) {
        this.root = root;
        this.indexes = indexes;
        this.disk = disk;
        this.clocks = clocks;
        this.watcher = watcher;
        this.listener = listener;
    }

    Path visible(Fingerprint owner) {
        return root.resolve(owner.toString());
    }

    Path hidden(Fingerprint owner) {
        return root.resolve("." + owner);
    }

    /** Owners of the directories that are not hidden, sorted. */
    List<Fingerprint> owners() throws IOException {
        List<Fingerprint> found = new ArrayList<>();
        try (DirectoryStream<Path> entries = Files.newDirectoryStream(root)) {
            for (Path entry : entries) {
                owner(entry).ifPresent(found::add);
            }
        } catch (NoSuchFileException none) {
            return List.of();
        }
        found.sort(null);
        return found;
    }

    /** Whose directory {@code entry} is; names are in lower case only, so that everybody has one directory. */
    static Optional<Fingerprint> owner(Path entry) throws IOException {
        String name = entry.getFileName().toString();
        return Fingerprint.isWellFormed(name)
                        && name.equals(Fingerprint.of(name).toString())
                        && Stamp.ofDirectory(entry).isPresent()
                ? Optional.of(Fingerprint.of(name))
                : Optional.empty();
    }

    /** The directory of somebody who is followed, or of the account itself; empty if it does not exist. */
    Optional<OwnerDirectory> find(Fingerprint owner) throws IOException {
        return find(owner, visible(owner));
    }

    /** The directory of {@code owner}, hidden or not. */
    Optional<OwnerDirectory> findAny(Fingerprint owner) throws IOException {
        Optional<OwnerDirectory> visible = find(owner);
        return visible.isPresent() ? visible : find(owner, hidden(owner));
    }

    /** The directory of {@code owner}, made if it is missing. */
    OwnerDirectory make(Fingerprint owner) throws IOException {
        disk.makeDirectory(visible(owner));
        return open(owner, visible(owner));
    }

    /** Closes what is open of {@code owner}, since its directory is about to get another name. */
    synchronized void release(Fingerprint owner) throws IOException {
        for (Path path : List.of(visible(owner), hidden(owner))) {
            OwnerDirectory open = opened.remove(path);
            if (open != null) {
                open.close();
            }
        }
    }

    @Override
    public synchronized void close() throws IOException {
        closed = true;
        for (OwnerDirectory directory : opened.values()) {
            closeQuietly(directory);
        }
        opened.clear();
        if (writing.isPresent()) {
            writing.get().close();
        }
    }

    private Optional<OwnerDirectory> find(Fingerprint owner, Path path) throws IOException {
        if (Stamp.ofDirectory(path).isPresent()) {
            return Optional.of(open(owner, path));
        }
        forget(path);
        return Optional.empty();
    }

    private synchronized OwnerDirectory open(Fingerprint owner, Path path) throws IOException {
        if (closed) {
            throw new IOException("the store is closed");
        }
        OwnerDirectory directory = opened.get(path);
        if (directory == null) {
            Inspector inspector = new Inspector(disk, clocks.stamps());
            directory = new OwnerDirectory(owner, path, index(path), inspector, watcher, clocks, listener);
            opened.put(path, directory);
        }
        return directory;
    }

    private synchronized void forget(Path path) {
        OwnerDirectory gone = opened.remove(path);
        if (gone != null) {
            closeQuietly(gone);
        }
    }

    /** An index that cannot be kept on the disk still spares the second reading. */
    private DirectoryIndex index(Path directory) throws IOException {
        Path file = indexes.resolve(directory.getFileName());
        try {
            return DirectoryIndex.open(file, isWriter(), disk);
        } catch (IOException unwritable) {
            LOG.log(Level.FINE, "index-not-kept file={0}: {1}", new Object[] {file, unwritable.toString()});
            return DirectoryIndex.open(file, false, disk);
        }
    }

    private boolean isWriter() throws IOException {
        if (writing.isEmpty()) {
            disk.makeDirectory(indexes);
            writing = ProcessLock.tryHold(indexes.resolve("lock"));
        }
        return writing.isPresent();
    }

    private static void closeQuietly(OwnerDirectory directory) {
        try {
            directory.close();
        } catch (IOException lost) {
            LOG.log(Level.FINE, "index-not-written directory={0}: {1}", new Object[] {directory.path(), lost});
        }
    }
}
