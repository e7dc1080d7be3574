package org.maunode.store;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.maunode.identity.FileName;
import org.maunode.identity.Fingerprint;
import org.maunode.store.LiveFiles.Live;

/**
 * One owner's files and the index of them. Thread-safe. {@code refreshing} lets one thread at a time compare the index
 * with the directory, and is held over that; writers never wait for it.
 */
final class OwnerDirectory implements AutoCloseable {
    private static final Logger LOG = Logger.getLogger("org.maunode.store");

    private final Fingerprint owner;
    private final Path path;
    private final DirectoryIndex index;
    private final Inspector inspector;
    private final Watcher watcher;
    private final InstantSource stamps;
    private final RisingTime times;
    private final Consumer<Fingerprint> listener;
    private final LiveFiles live;
    private final Changes changes = new Changes();
    private final ReentrantLock refreshing = new ReentrantLock();
    private volatile long watchedInode;
    private volatile long shown = Long.MIN_VALUE;
    private volatile LiveMark.Behind behind = LiveMark.Behind.NOTHING;

    OwnerDirectory(
            Fingerprint owner,
            Path path,
            DirectoryIndex index,
            Inspector inspector,
            Watcher watcher,
            Clocks clocks,
            Consumer<Fingerprint> listener) {
        this.owner = owner;
        this.path = path;
        this.index = index;
        this.live = new LiveFiles(index);
        this.inspector = inspector;
        this.watcher = watcher;
        this.stamps = clocks.stamps();
        this.times = new RisingTime(clocks);
        this.listener = listener;
    }

    Path path() {
        return path;
    }

    Path path(FileName name) {
        return path.resolve(name.value());
    }

    boolean exists() throws IOException {
        return Stamp.ofDirectory(path).isPresent();
    }

    List<StoredFile> list(Position after, int max) throws IOException {
        refresh();
        return live.list(after, max).stream()
                .flatMap(seen -> stored(seen).stream())
                .toList();
    }

    Optional<StoredFile> find(FileName name) throws IOException {
        Optional<IndexRecord> written = settle(name);
        Optional<Live> unwritten = live.find(name);
        return unwritten.isPresent() ? stored(unwritten.get().seen()) : written.flatMap(this::stored);
    }

    /** What is shown under {@code name}, written or not. */
    Optional<IndexRecord> current(FileName name) throws IOException {
        Optional<IndexRecord> written = settle(name);
        Optional<Live> unwritten = live.find(name);
        return unwritten.isPresent() ? unwritten.map(Live::record) : written;
    }

    /** The files that are shown before they are written. */
    LiveFiles live() {
        return live;
    }

    /** What the listing says of a file that is a message. */
    Optional<StoredFile> stored(IndexRecord record) {
        return stored(new LiveFiles.Seen(record, Optional.empty()));
    }

    private Optional<StoredFile> stored(LiveFiles.Seen seen) {
        IndexRecord record = seen.record();
        return record.facts()
                .map(facts -> new StoredFile(
                        owner,
                        record.name(),
                        path(record.name()),
                        record.stamp().size(),
                        Nanos.instant(record.stamp().modified()),
                        facts.sum(),
                        facts.envelope(),
                        seen.content()));
    }

    /** Compares one file with what is known of it, and reads it if that is out of date. Empty if there is no such file. */
    Optional<IndexRecord> settle(FileName name) throws IOException {
        Optional<IndexRecord> known = index.find(name);
        Optional<IndexRecord> found = found(name, known);
        while (!found.equals(known) && !index.replace(name, known, found)) {
            known = index.find(name);
            found = found(name, known);
        }
        found.filter(IndexRecord::unsure).ifPresent(record -> changes.touched(name));
        return found;
    }

    private Optional<IndexRecord> found(FileName name, Optional<IndexRecord> known) throws IOException {
        Optional<Stamp> stamp = Stamp.of(path(name));
        if (stamp.isEmpty()
                || known.filter(record -> isStill(record, stamp.get())).isPresent()) {
            return stamp.isEmpty() ? Optional.empty() : known;
        }
        return inspector.inspect(name, path(name));
    }

    /** Enters what is known without reading. */
    void put(IndexRecord record) throws IOException {
        index.put(record);
    }

    void remove(FileName name) throws IOException {
        index.remove(name);
    }

    /** Enters more facts of a file, if it is still what it was. */
    void learn(IndexRecord known, Facts more) throws IOException {
        IndexRecord next = new IndexRecord(known.name(), known.stamp(), known.unsure(), Optional.of(more));
        index.replace(known.name(), Optional.of(known), Optional.of(next));
    }

    /** A time for the next file, behind every file that is here or was shown. */
    Instant nextTime() {
        return times.behind(Nanos.instant(Math.max(index.newest(), shown)));
    }

    /** Shows a file before it is written. Its time is to be from {@link #nextTime}. */
    void show(Live next) {
        live.show(next);
        shown = Math.max(shown, next.record().stamp().modified());
    }

    /** How far {@code time} is ahead of the newest file on the disk. */
    Duration aheadOfDisk(Instant time) {
        return Duration.between(Nanos.instant(index.newest()), time);
    }

    /**
     * Takes how the last process ended, and looks at all that is here: the index may have been lost with it. What is on the
     * disk may not be all that was shown; unless the clock has passed that by, the times of new files leap over it.
     *
     * @return the files that may be behind what was shown under their names
     */
    LiveMark.Behind goOn(LiveMark.Ending ending, Instant now) throws IOException {
        refresh();
        behind = ending.behind();
        if (!ending.inOrder()) {
            Instant newest = Nanos.instant(index.newest());
            boolean clockGoesOn = ending.thisBoot() && !newest.isAfter(now);
            Duration by = clockGoesOn ? Duration.ZERO : ending.lead();
            shown = index.newest() == Long.MIN_VALUE ? shown : Nanos.of(newest.plus(by));
            behind = new LiveMark.Behind(index.newest(), by).and(ending.behind());
        }
        return behind;
    }

    /** The files that may be behind what was shown under their names. */
    LiveMark.Behind behind() {
        return behind;
    }

    /** Does something to the directory that is no change to others, since the index knows it. */
    void changing(Failures.Action action) throws IOException {
        Optional<Stamp> before = Stamp.ofDirectory(path);
        action.run();
        changes.own(before, Stamp.ofDirectory(path));
    }

    /** Starts to watch the directory, if it is not watched. */
    void watch() throws IOException {
        refreshing.lock();
        try {
            Stamp.ofDirectory(path).ifPresent(this::watchOnce);
            changes.lost();
        } finally {
            refreshing.unlock();
        }
    }

    @Override
    public void close() throws IOException {
        watcher.forget(path);
        index.close();
    }

    private boolean isStill(IndexRecord record, Stamp stamp) {
        return record.stamp().equals(stamp) && (!record.unsure() || inspector.isRacy(stamp));
    }

    private void refresh() throws IOException {
        refreshing.lock();
        try {
            Instant now = stamps.instant();
            Optional<Stamp> directory = Stamp.ofDirectory(path);
            boolean watched = directory.filter(this::isWatched).isPresent();
            switch (changes.take(directory, now, watched)) {
                case Changes.Due.Everything all -> scanOrTryAgain(directory, now);
                case Changes.Due.Names some -> settleAll(some);
            }
        } finally {
            refreshing.unlock();
        }
    }

    private void scanOrTryAgain(Optional<Stamp> directory, Instant now) throws IOException {
        boolean done = false;
        try {
            directory.filter(stamp -> isInUse(now)).ifPresent(this::watchOnce);
            scan(directory, now);
            done = true;
        } finally {
            if (!done) {
                changes.lost();
            }
        }
    }

    /** A program that asks once and ends needs no watch. */
    private boolean isInUse(Instant now) {
        return changes.wasScanned() && changes.isOlderThan(Changes.UNWATCHED, now);
    }

    private void scan(Optional<Stamp> directory, Instant now) throws IOException {
        int present = 0;
        if (directory.isPresent()) {
            try (DirectoryStream<Path> entries = Files.newDirectoryStream(path)) {
                for (Path entry : entries) {
                    present += settleEntry(entry.getFileName().toString());
                }
            }
        }
        if (present < index.size()) {
            index.removeIf(name -> !Files.exists(path(name)));
        }
        index.tidy();
        changes.scanned(directory, now, directory.filter(this::isWatched).isPresent());
    }

    /** A name that the locale of this process cannot write is passed over; see {@link Failures}. */
    private int settleEntry(String name) throws IOException {
        try {
            return FileName.isWellFormed(name) && settle(new FileName(name)).isPresent() ? 1 : 0;
        } catch (InvalidPathException otherLocale) {
            LOG.log(Level.FINE, "unwritable-name file={0}", name);
            return 0;
        }
    }

    private void settleAll(Changes.Due.Names some) throws IOException {
        for (FileName name : some.names()) {
            settle(name);
        }
    }

    private boolean isWatched(Stamp directory) {
        return watchedInode == directory.inode();
    }

    private void watchOnce(Stamp directory) {
        if (!isWatched(directory) && watcher.watch(path, this::changed)) {
            watchedInode = directory.inode();
        }
    }

    private void changed(Watcher.Change change) {
        boolean visible =
                switch (change) {
                    case Watcher.Change.Anything all -> {
                        changes.lost();
                        yield true;
                    }
                    case Watcher.Change.Gone gone -> {
                        watchedInode = 0;
                        yield true;
                    }
                    case Watcher.Change.Names some -> touch(some);
                };
        if (visible) {
            listener.accept(owner);
        }
    }

    private boolean touch(Watcher.Change.Names some) {
        List<FileName> touched = some.names().stream()
                .filter(FileName::isWellFormed)
                .map(FileName::new)
                .toList();
        touched.forEach(changes::touched);
        return !touched.isEmpty();
    }
}
