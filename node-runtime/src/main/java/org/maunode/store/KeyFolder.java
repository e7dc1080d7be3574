package org.maunode.store;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.maunode.identity.Fingerprint;
import org.maunode.store.Keyring.Skipped;

/**
 * What one walk through {@code .mau} found. Of a friend only fingerprint, paths and key ids stay in memory. Filled by one
 * thread, then never changed.
 */
final class KeyFolder {
    /** A key that another program writes over in place changes no directory; it is noticed after this. */
    static final Duration NET = Duration.ofMinutes(1);

    /** The top level first: what is there was added last. */
    private static final Comparator<KeyFile> TOP_FIRST =
            Comparator.<KeyFile>comparingInt(file -> file.path().getNameCount()).thenComparing(KeyFile::path);

    private final Path root;
    private final Instant walkedAt;
    private final Map<Path, Optional<Stamp>> directories = new TreeMap<>();
    private final Map<Path, KeyFile> keys = new TreeMap<>();
    private final Map<Path, Stamp> noKeys = new HashMap<>();
    private final List<Skipped> skipped = new ArrayList<>();
    private final Map<Fingerprint, List<KeyFile>> byFingerprint = new TreeMap<>();
    private boolean settled = true;

    KeyFolder(Path root, Instant walkedAt) {
        this.root = root;
        this.walkedAt = walkedAt;
    }

    void addDirectory(Path directory, Optional<Stamp> stamp) {
        directories.put(directory, stamp);
        stamp.ifPresent(this::noticeRecent);
    }

    void addKey(KeyFile key) {
        keys.put(key.path(), key);
        List<KeyFile> files = byFingerprint.computeIfAbsent(key.fingerprint(), f -> new ArrayList<>(1));
        files.add(key);
        files.sort(TOP_FIRST);
        noticeRecent(key.stamp());
    }

    void addNoKey(Stamp stamp, Skipped why) {
        noKeys.put(why.file(), stamp);
        skipped.add(why);
        noticeRecent(stamp);
    }

    void addSkipped(Skipped why) {
        skipped.add(why);
    }

    /** The key that was read from {@code path} when it had this stamp. */
    Optional<KeyFile> key(Path path, Stamp stamp) {
        return Optional.ofNullable(keys.get(path)).filter(k -> k.stamp().equals(stamp) && !isRecent(stamp));
    }

    /** Why there was no key in {@code path} when it had this stamp. */
    Optional<Skipped> noKey(Path path, Stamp stamp) {
        return stamp.equals(noKeys.get(path)) && !isRecent(stamp)
                ? skipped.stream().filter(s -> s.file().equals(path)).findFirst()
                : Optional.empty();
    }

    /** Whether this may no longer be what is on the disk: a look at each directory, at none of the files. */
    boolean isStale(Instant now) throws IOException {
        if (!settled || now.isBefore(walkedAt) || now.isAfter(walkedAt.plus(NET))) {
            return true;
        }
        for (Map.Entry<Path, Optional<Stamp>> directory : directories.entrySet()) {
            if (!Stamp.ofDirectory(directory.getKey()).equals(directory.getValue())) {
                return true;
            }
        }
        return false;
    }

    Set<Fingerprint> fingerprints() {
        return byFingerprint.keySet();
    }

    /** The files that hold a friend's key, the one that counts first. */
    List<KeyFile> files(Fingerprint friend) {
        return byFingerprint.getOrDefault(friend, List.of());
    }

    List<Skipped> skipped() {
        return List.copyOf(skipped);
    }

    /** All directories, the top one first. */
    Set<Path> directories() {
        return directories.keySet();
    }

    /** The directories of all groups. */
    List<Path> groups() {
        return directories.keySet().stream().filter(d -> !d.equals(root)).toList();
    }

    private void noticeRecent(Stamp stamp) {
        settled &= !isRecent(stamp);
    }

    private boolean isRecent(Stamp stamp) {
        return Math.abs(Nanos.of(walkedAt) - stamp.changed()) < Inspector.CLOCK_GRAIN.toNanos();
    }
}
