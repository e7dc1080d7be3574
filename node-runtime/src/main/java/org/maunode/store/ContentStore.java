package org.maunode.store;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.stream.Stream;
import org.maunode.identity.FileName;
import org.maunode.identity.Fingerprint;
import org.maunode.identity.VersionHash;
import org.maunode.openpgp.Sealer.OutgoingMessage;
import org.maunode.openpgp.VerifiedMessage;

/**
 * The content files of the account and of those it follows. Each write is atomic and durable; the index answers without
 * reading files that have not changed. Thread-safe, and several processes may use one directory.
 *
 * <p>Locks: {@code .mau-node/lock} is held while a file is put in the place of another, against writers of this and other
 * processes; never while content is written, read or verified. Of the readers of one directory one at a time compares it
 * with its index; writers never wait for that, and lock the index only while a record is put.
 */
public final class ContentStore implements AutoCloseable {
    /** The longest that a file may be shown without being written. */
    public static final Duration SLOWEST = WriteBehind.SLOWEST;

    private static final Logger LOG = Logger.getLogger("org.maunode.store");

    private final Account account;
    private final Writing writing;
    private final Watcher watcher = new Watcher();
    private final Directories directories;
    private final WriteBehind behind;
    private final InstantSource time;
    private final List<Consumer<Fingerprint>> listeners = new CopyOnWriteArrayList<>();
    private final List<Consumer<Instant>> signatures = new CopyOnWriteArrayList<>();

    private ContentStore(Account account, Disk disk, Clocks clocks) {
        Path indexes = account.privateFiles().resolve("index");
        this.account = account;
        this.time = clocks.time();
        this.writing = new Writing(account, disk, clocks.stamps());
        this.directories = new Directories(account.root(), indexes, disk, clocks, watcher, this::tellListeners);
        this.behind =
                new WriteBehind(writing, new LiveMark(account.privateFiles().resolve("live"), disk), clocks);
    }

    /** Opens the store of {@code account} by the system's clock; reads nothing yet. */
    public static ContentStore open(Account account) {
        return open(account, InstantSource.system());
    }

    /** Opens the store of {@code account}; new files get their times by {@code time}. */
    public static ContentStore open(Account account, InstantSource time) {
        return open(account, new Disk(), new Clocks(InstantSource.system(), time, System::nanoTime));
    }

    static ContentStore open(Account account, Disk disk, InstantSource clock) {
        return open(account, disk, Clocks.of(clock));
    }

    static ContentStore open(Account account, Disk disk, Clocks clocks) {
        return new ContentStore(account, disk, clocks);
    }

    /** The directories that hold content, followed ones and the account's own: fingerprints, sorted. */
    public List<Fingerprint> owners() {
        return Failures.during("list directories", account.root(), directories::owners);
    }

    /** Those whose directory exists and is not hidden, without the account itself, sorted. */
    public List<Fingerprint> followed() {
        return owners().stream().filter(f -> !f.equals(account.fingerprint())).toList();
    }

    /** Makes {@code root/<fpr>}, or brings {@code .<fpr>} back. Nothing if it is there. */
    public void follow(Fingerprint peer) {
        Failures.doing(
                "follow " + peer,
                directories.visible(peer),
                () -> writing.exclusively(() -> {
                    following().follow(peer);
                    return peer;
                }));
    }

    /** Hides {@code root/<fpr>} as {@code .<fpr>}; merges into one that is there already. */
    public void unfollow(Fingerprint peer) {
        Failures.doing(
                "unfollow " + peer,
                directories.visible(peer),
                () -> writing.exclusively(() -> {
                    following().unfollow(peer);
                    return peer;
                }));
    }

    /**
     * Up to {@code max} files of {@code owner} behind {@code after}, oldest first, ties by name. Opens none of them, unless
     * it is new here. Empty for an owner without a directory, or with a hidden one.
     */
    public List<StoredFile> list(Fingerprint owner, Position after, int max) {
        return Failures.during("list files", directories.visible(owner), () -> {
            Optional<OwnerDirectory> directory = directories.find(owner);
            return directory.isPresent() ? directory.get().list(after, max) : List.of();
        });
    }

    /** The current version of a file, as it is shown now. */
    public Optional<StoredFile> find(Fingerprint owner, FileName name) {
        return Failures.during("find a file", directories.visible(owner), () -> {
            Optional<OwnerDirectory> directory = directories.find(owner);
            return directory.isPresent() ? directory.get().find(name) : Optional.empty();
        });
    }

    /** An old version, or the current file if that is the hash it has. */
    public Optional<StoredFile> findVersion(Fingerprint owner, FileName name, VersionHash version) {
        Optional<StoredFile> current = Stream.concat(find(owner, name).stream(), underneath(owner, name).stream())
                .filter(f -> f.sum().equals(version))
                .findFirst();
        return current.isPresent()
                ? current
                : Failures.during("find a version", directories.visible(owner), () -> {
                    Optional<Version> kept = versionsOf(owner, name).find(version);
                    return kept.isPresent() ? stored(owner, name, kept.get()) : Optional.empty();
                });
    }

    /** The old versions of a file, oldest first; those that were shown and never written are gone. Reads the front of each. */
    public List<StoredFile> versions(Fingerprint owner, FileName name) {
        Optional<VersionHash> current = find(owner, name).map(StoredFile::sum);
        List<StoredFile> found = Failures.during("list versions", directories.visible(owner), () -> {
            List<StoredFile> kept = new ArrayList<>();
            for (Version version : versionsOf(owner, name).list()) {
                stored(owner, name, version).ifPresent(kept::add);
            }
            return kept;
        });
        underneath(owner, name).ifPresent(found::add);
        found.removeIf(version -> current.equals(Optional.of(version.sum())));
        return found;
    }

    /** The file on the disk, whether or not another is shown in its place. */
    private Optional<StoredFile> underneath(Fingerprint owner, FileName name) {
        return Failures.during("find a file", directories.visible(owner), () -> {
            Optional<OwnerDirectory> directory = directories.find(owner);
            return directory.isPresent()
                    ? directory.get().settle(name).flatMap(directory.get()::stored)
                    : Optional.empty();
        });
    }

    /**
     * When the account's next message under {@code name} is to be signed: now, but later than the message that is there,
     * though the clock was set back. Followers keep what was signed later, and would pass over the new one.
     *
     * @return to the second or finer, never before the account's own key was made
     */
    public Instant signingTime(FileName name, Instant now) {
        Instant made = account.identity().publicIdentity().created();
        Instant earliest = now.isBefore(made) ? made : now;
        return Failures.during("find a file", directories.visible(account.fingerprint()), () -> {
            Optional<OwnerDirectory> own = directories.find(account.fingerprint());
            if (own.isPresent()) {
                behind.prepare(own.get());
            }
            return own.isPresent() ? new SigningTimes(account).next(own.get(), name, earliest) : earliest;
        });
    }

    /**
     * Writes a message of the account itself under {@code name}; what was there becomes a version.
     *
     * @throws StoreException if it cannot be written; what was there still is
     */
    public StoredFile publish(FileName name, OutgoingMessage message, Retention retention) {
        return Failures.during("publish " + name, directories.visible(account.fingerprint()), () -> {
            OwnerDirectory own = own();
            try (TempFile temp = TempFile.in(own.path(), writing.disk())) {
                message.writeTo(temp.out());
                temp.sync();
                return publish(own, name, temp, facts(temp.sum(), message), retention);
            }
        });
    }

    /**
     * Shows a message of the account itself under {@code name} as {@link #publish} does, to listings, readers and whoever
     * waits, but writes the file at most once in {@code every}. What replaces it until then never was on the disk, nor is it a
     * version. Written at once are: the first of a process, one that is due already, one over
     * {@value LiveFiles#MOST_BYTES} bytes, and one that would be further ahead of the disk than a restart leaps over.
     *
     * <p>A power cut loses what was shown in the last {@code every}; what is published after that is newer to everybody who
     * saw it, whatever the clock says.
     *
     * @param every up to {@link #SLOWEST}; zero writes at once
     * @throws StoreException if it must be written and cannot be; what was shown still is
     */
    public StoredFile publishLive(FileName name, OutgoingMessage message, Retention retention, Duration every) {
        if (every.isNegative() || every.compareTo(SLOWEST) > 0) {
            throw new IllegalArgumentException("cannot write every " + every + ", only up to every " + SLOWEST);
        }
        return Failures.during("publish " + name, directories.visible(account.fingerprint()), () -> {
            byte[] content = bytes(message);
            VersionHash sum = VersionHash.of(Inspector.sha256().digest(content));
            return publishLive(
                    new WriteBehind.Shown(name, new Unwritten(content), facts(sum, message), retention, every));
        });
    }

    private static byte[] bytes(OutgoingMessage message) throws IOException {
        ByteArrayOutputStream content = new ByteArrayOutputStream();
        message.writeTo(content);
        return content.toByteArray();
    }

    private StoredFile publishLive(WriteBehind.Shown next) throws IOException {
        OwnerDirectory own = own();
        Optional<StoredFile> shown =
                writing.exclusively(() -> behind.show(own, next) ? own.find(next.name()) : Optional.empty());
        if (shown.isEmpty()) {
            StoredFile written = publishNow(own, next);
            behind.written(own, next.name());
            return written;
        }
        behind.later(own);
        tellListeners(account.fingerprint());
        return shown.get();
    }

    private StoredFile publishNow(OwnerDirectory own, WriteBehind.Shown next) throws IOException {
        try (TempFile temp = TempFile.in(own.path(), writing.disk())) {
            next.content().writeTo(temp.out());
            temp.sync();
            return publish(own, next.name(), temp, next.facts(), next.retention());
        }
    }

    /**
     * Whether more may have been shown under {@code name} by {@link #publishLive} than is here: the power went since then, or
     * the process was killed, and nothing was published under that name after it. Others may have seen what nobody has here.
     */
    public boolean mayBeBehind(FileName name) {
        return Failures.during("find a file", directories.visible(account.fingerprint()), () -> {
            OwnerDirectory own = own();
            return own.current(name).filter(own.behind()::has).isPresent();
        });
    }

    /** Writes what {@link #publishLive} was to write by now; for tests, whose clock the store's own thread does not see. */
    void writeDue() {
        Failures.doing("write what is due", directories.visible(account.fingerprint()), () -> behind.writeDue(own()));
    }

    private OwnerDirectory own() throws IOException {
        OwnerDirectory own = directories.make(account.fingerprint());
        writing.sweep(own.path());
        behind.prepare(own);
        return own;
    }

    /** What became of a verified message. */
    public enum Admission {
        ADMITTED,
        /** The very same bytes are here. */
        ALREADY_HERE,
        /** What is here was signed later, or these bytes are an old version of it. */
        OLDER_THAN_OURS
    }

    /**
     * Moves a peer's verified message from where it was received into its author's directory under {@code name}. A message
     * that is not admitted is deleted where it was received.
     *
     * @param received the evidence; its file must be one that {@link #partial} made
     * @throws StoreException with {@code NOT_FOUND} if the author has no directory, followed or hidden
     * @throws IllegalArgumentException if the file is no partial, or is not what was verified
     */
    public Admission admit(VerifiedMessage received, FileName name, Retention retention) {
        if (!received.author().equals(account.fingerprint())) {
            tell(signatures, received.signedAt());
        }
        Admitting admitting = new Admitting(account, directories, writing, time);
        return Failures.during("admit " + name, received.file(), () -> admitting.admit(received, name, retention));
    }

    /** Deletes a file of the account itself with all its versions; {@code false} if there is none. */
    public boolean delete(FileName name) {
        Fingerprint self = account.fingerprint();
        return Failures.during("delete " + name, directories.visible(self), () -> {
            Optional<OwnerDirectory> own = directories.find(self);
            return own.isPresent() && writing.exclusively(() -> delete(own.get(), name));
        });
    }

    /** A download that may have begun earlier, also before a restart; keyed by what it will be when whole. */
    public Partial partial(Fingerprint owner, FileName name, VersionHash sum) {
        return writing.partials().of(owner, name, sum);
    }

    /**
     * A file that {@code owner} sends, of which nobody knows yet what it will be. It is never gone on with; what a dead program
     * left of it goes an hour later.
     */
    public Partial partial(Fingerprint owner) {
        return writing.partials().incoming(owner);
    }

    /** Bytes received so far of one file; owner-only, outside the content directories. */
    public interface Partial {
        Path path();

        /** Bytes on disk. */
        long length();

        /**
         * Appends behind what is there.
         *
         * @throws StoreException with {@code IN_USE} while somebody else, in this process or another, appends
         */
        OutputStream append();

        /** Forgets what was received. */
        void discard();
    }

    /** Calls {@code listener} with the owner whose files changed, by this program or another; on a thread of the store. */
    public AutoCloseable onChange(Consumer<Fingerprint> listener) {
        Failures.doing("watch directories", account.root(), this::watchAll);
        listeners.add(listener);
        return () -> listeners.remove(listener);
    }

    /**
     * Calls {@code listener} with the time inside each good signature of somebody else that is to be admitted, before it
     * is; on the thread that brings it.
     */
    public AutoCloseable onSignature(Consumer<Instant> listener) {
        signatures.add(listener);
        return () -> signatures.remove(listener);
    }

    /** Stops watching, and writes what was only shown, and the index. */
    @Override
    public void close() {
        watcher.close();
        try {
            Failures.doing("write what was shown", account.root(), behind::close);
        } finally {
            Failures.doing("close the index", account.root(), directories::close);
        }
    }

    private void watchAll() throws IOException {
        watcher.watch(account.root(), this::rootChanged);
        for (Fingerprint owner : directories.owners()) {
            watch(owner);
        }
    }

    private void watch(Fingerprint owner) throws IOException {
        Optional<OwnerDirectory> directory = directories.find(owner);
        if (directory.isPresent()) {
            directory.get().watch();
        }
    }

    /** Somebody was followed or unfollowed, here or by another program. */
    private void rootChanged(Watcher.Change change) {
        List<Fingerprint> changed =
                switch (change) {
                    case Watcher.Change.Anything all -> owners();
                    case Watcher.Change.Gone gone -> List.of();
                    case Watcher.Change.Names some -> fingerprints(some.names());
                };
        for (Fingerprint owner : changed) {
            Failures.doing("watch a directory", directories.visible(owner), () -> watch(owner));
            tellListeners(owner);
        }
    }

    private static List<Fingerprint> fingerprints(List<String> names) {
        return names.stream()
                .filter(Fingerprint::isWellFormed)
                .map(Fingerprint::of)
                .toList();
    }

    private void tellListeners(Fingerprint owner) {
        tell(listeners, owner);
    }

    private static <T> void tell(List<Consumer<T>> listeners, T news) {
        for (Consumer<T> listener : listeners) {
            try {
                listener.accept(news);
            } catch (RuntimeException failed) {
                LOG.log(Level.WARNING, "listener-failed news={0}: {1}", new Object[] {news, failed.toString()});
            }
        }
    }

    private Following following() {
        return new Following(account.root(), directories, writing);
    }

    private Versions versionsOf(Fingerprint owner, FileName name) {
        return new Versions(directories.visible(owner).resolve(name.versionsDirectory()), writing.disk());
    }

    private Optional<StoredFile> stored(Fingerprint owner, FileName name, Version version) throws IOException {
        return writing.inspector()
                .envelope(version.path())
                .map(envelope -> new StoredFile(
                        owner, name, version.path(), version.size(), version.modified(), version.sum(), envelope));
    }

    private StoredFile publish(OwnerDirectory own, FileName name, TempFile temp, Facts facts, Retention retention)
            throws IOException {
        return writing.exclusively(() -> {
            Optional<StoredFile> same =
                    own.settle(name).flatMap(own::stored).filter(f -> f.sum().equals(facts.sum()));
            if (same.isPresent()) {
                return same.get();
            }
            IndexRecord record = writing.replacement(own, name, retention).by(temp.path(), temp::moveTo, facts);
            return own.stored(record).orElseThrow();
        });
    }

    private static Facts facts(VersionHash sum, OutgoingMessage message) {
        return new Facts(
                sum, message.envelope(), OptionalLong.of(message.signedAt().getEpochSecond()));
    }

    /** The file goes last: as long as it is there, what was cut short can be done again. */
    private boolean delete(OwnerDirectory own, FileName name) throws IOException {
        if (Stamp.of(own.path(name)).isEmpty()) {
            return false;
        }
        own.changing(() -> {
            writing.versions(own, name).deleteAll();
            writing.disk().delete(own.path(name));
            writing.disk().forceDirectory(own.path());
        });
        own.remove(name);
        return true;
    }
}
