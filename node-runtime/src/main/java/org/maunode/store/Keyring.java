package org.maunode.store;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.Collectors;
import org.maunode.identity.FileName;
import org.maunode.identity.Fingerprint;
import org.maunode.openpgp.OpenPgpException;
import org.maunode.openpgp.PublicIdentity;
import org.maunode.openpgp.SecretIdentity;
import org.maunode.store.StoreException.Reason;

/**
 * Friends and their groups under {@code .mau/}: one public key a file, sealed for and signed by the account itself; a
 * group is a directory, nested as deep as one likes, named by its base name. What cannot be read or was not signed by the
 * account is skipped and reported, never fatal. Read when first needed and again when the directory changed. Thread-safe.
 */
public final class Keyring {
    /** How often the directories are looked at, at most. */
    private static final Duration GRAIN = Duration.ofSeconds(1);

    /** Keys that stay open; each is some kilobytes. */
    private static final int MOST_OPEN = 128;

    private final Path root;
    private final SecretIdentity identity;
    private final InstantSource clock;
    private final Disk disk;
    private final KeyReader reader;
    private final ReentrantLock lock = new ReentrantLock();
    private final Map<KeyFile, PublicIdentity> open = new LinkedHashMap<>(16, 0.75f, true);
    private KeyFolder folder;
    private Instant lookedAt = Instant.MIN;

    Keyring(Path root, SecretIdentity identity, Disk disk, InstantSource clock) {
        this.root = root;
        this.identity = identity;
        this.clock = clock;
        this.disk = disk;
        this.reader = new KeyReader(root, identity, disk);
        this.folder = new KeyFolder(root, Instant.MIN);
    }

    /**
     * A friend.
     *
     * @param groups the names of the groups that hold the key; empty for one at the top level only
     */
    public record Friend(PublicIdentity key, Set<String> groups) {}

    /** A file under {@code .mau/} that is no friend's key, and why. */
    public record Skipped(Path file, String why) {}

    /** All friends, by fingerprint. */
    public List<Friend> friends() {
        return reading(now -> now.fingerprints().stream()
                .flatMap(f -> key(now, f).map(key -> new Friend(key, groupsOf(now, f))).stream())
                .toList());
    }

    public Optional<PublicIdentity> find(Fingerprint fingerprint) {
        return reading(now -> key(now, fingerprint));
    }

    /** The key ids of a friend or of the account itself; empty for a stranger. Costs a look-up, whatever the keyring's size. */
    public Set<Long> keyIdsOf(Fingerprint fingerprint) {
        return fingerprint.equals(identity.fingerprint())
                ? identity.publicIdentity().keyIds()
                : reading(now -> now.files(fingerprint).stream()
                        .findFirst()
                        .map(KeyFile::keyIds)
                        .orElse(Set.of()));
    }

    /** Names of all groups, sorted. */
    public List<String> groups() {
        return reading(now ->
                now.groups().stream().map(Keyring::name).distinct().sorted().toList());
    }

    /** The members of a group and of the groups inside it, nobody twice; empty if there is no such group. */
    public List<PublicIdentity> members(String group) {
        return reading(now -> {
            List<Path> directories = directories(now, group);
            return now.fingerprints().stream()
                    .filter(f -> now.files(f).stream().anyMatch(file -> isInAny(file, directories)))
                    .flatMap(f -> key(now, f).stream())
                    .toList();
        });
    }

    /** The next question looks at the directories, however short ago that was done: for a right that may just have been taken. */
    public void lookAgain() {
        lock.lock();
        try {
            lookedAt = Instant.MIN;
        } finally {
            lock.unlock();
        }
    }

    /** What the last reading passed over. */
    public List<Skipped> skipped() {
        return reading(KeyFolder::skipped);
    }

    /** Adds a friend at the top level, or replaces its key, in its groups too. */
    public void add(PublicIdentity friend) {
        writing("add the friend " + friend.fingerprint(), now -> {
            List<Path> files =
                    now.files(friend.fingerprint()).stream().map(KeyFile::path).toList();
            if (files.stream().noneMatch(file -> file.getParent().equals(root))) {
                reader.write(file(root, friend.fingerprint()), friend, clock.instant());
            }
            for (Path file : files) {
                reader.write(file, friend, clock.instant());
            }
        });
    }

    /** Makes a group; {@code group} may be a path such as {@code work/close}. Nothing if it exists. */
    public void createGroup(String group) {
        Path directory = GroupName.resolve(root, group);
        writing("make the group " + group, now -> disk.makeDirectory(directory));
    }

    /**
     * Adds a friend's key to a group, which is made if missing.
     *
     * @throws StoreException with {@code NOT_FOUND} if there is no such friend
     */
    public void addToGroup(Fingerprint friend, String group) {
        Path asNamed = GroupName.resolve(root, group);
        writing("add to the group " + group, now -> {
            PublicIdentity key = key(now, friend)
                    .orElseThrow(() -> new StoreException(
                            Reason.NOT_FOUND, root, "no friend " + friend + ": add the key first", null));
            Path directory = directories(now, group).stream().findFirst().orElse(asNamed);
            if (now.files(friend).stream()
                    .noneMatch(file -> file.path().getParent().equals(directory))) {
                reader.write(file(directory, friend), key, clock.instant());
            }
        });
    }

    /** Takes a friend's key out of a group and of the groups inside it; it stays a friend. */
    public void removeFromGroup(Fingerprint friend, String group) {
        writing("remove from the group " + group, now -> {
            List<Path> directories = directories(now, group);
            List<KeyFile> files = now.files(friend);
            List<KeyFile> inside =
                    files.stream().filter(file -> isInAny(file, directories)).toList();
            if (!files.isEmpty() && inside.size() == files.size()) {
                reader.write(file(root, friend), key(now, friend).orElseThrow(), clock.instant());
            }
            delete(inside);
        });
    }

    /** Removes a friend's key from the top level and from every group at any depth. */
    public void remove(Fingerprint friend) {
        writing("remove the friend " + friend, now -> delete(now.files(friend)));
    }

    @FunctionalInterface
    private interface Reading<T> {
        T of(KeyFolder now) throws IOException;
    }

    @FunctionalInterface
    private interface Writing {
        void on(KeyFolder now) throws IOException;
    }

    private <T> T reading(Reading<T> task) {
        return Failures.during("read the friends", root, () -> task.of(latest()));
    }

    private void writing(String doing, Writing task) {
        lock.lock();
        try {
            Failures.doing(doing, root, () -> {
                lookedAt = Instant.MIN;
                KeyFolder now = current();
                now.directories().forEach(directory -> TempFile.sweep(directory, disk));
                task.on(now);
                folder = reader.read(now, clock.instant());
            });
        } finally {
            lock.unlock();
        }
    }

    /** The lock is held while friends are read for the first time; whoever asks has to wait for that anyway. */
    private KeyFolder latest() throws IOException {
        lock.lock();
        try {
            return current();
        } finally {
            lock.unlock();
        }
    }

    private KeyFolder current() throws IOException {
        Instant now = clock.instant();
        if (now.isBefore(lookedAt) || now.isAfter(lookedAt.plus(GRAIN))) {
            if (folder.isStale(now)) {
                folder = reader.read(folder, now);
            }
            lookedAt = now;
        }
        return folder;
    }

    private Optional<PublicIdentity> key(KeyFolder now, Fingerprint friend) {
        return now.files(friend).stream().flatMap(file -> key(file).stream()).findFirst();
    }

    /** Empty if the file was changed or taken away since it was found; the next look will notice. */
    private Optional<PublicIdentity> key(KeyFile file) {
        synchronized (open) {
            if (open.containsKey(file)) {
                return Optional.of(open.get(file));
            }
        }
        try {
            PublicIdentity key = reader.open(file.path());
            return key.fingerprint().equals(file.fingerprint()) ? Optional.of(remember(file, key)) : Optional.empty();
        } catch (IOException | OpenPgpException changed) {
            return Optional.empty();
        }
    }

    private PublicIdentity remember(KeyFile file, PublicIdentity key) {
        synchronized (open) {
            open.put(file, key);
            if (open.size() > MOST_OPEN) {
                open.remove(open.keySet().iterator().next());
            }
        }
        return key;
    }

    private void delete(Collection<KeyFile> files) throws IOException {
        for (KeyFile file : files) {
            disk.delete(file.path());
            disk.forceDirectory(file.path().getParent());
        }
    }

    private Set<String> groupsOf(KeyFolder now, Fingerprint friend) {
        return now.files(friend).stream()
                .map(file -> file.path().getParent())
                .filter(directory -> !directory.equals(root))
                .map(Keyring::name)
                .collect(Collectors.toCollection(TreeSet::new));
    }

    /** The directories of a group: the one that a path names, all of a base name. */
    private List<Path> directories(KeyFolder now, String group) {
        return now.groups().stream()
                .filter(d -> group.contains("/") ? d.equals(GroupName.resolve(root, group)) : name(d).equals(group))
                .toList();
    }

    private static boolean isInAny(KeyFile file, List<Path> directories) {
        return directories.stream().anyMatch(file::isIn);
    }

    private static String name(Path directory) {
        return directory.getFileName().toString();
    }

    private static Path file(Path directory, Fingerprint friend) {
        return directory.resolve(friend + FileName.SUFFIX);
    }
}
