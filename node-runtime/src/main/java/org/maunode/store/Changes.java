package org.maunode.store;

import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import org.maunode.identity.FileName;

/**
 * What must be looked at before the index of a directory may answer again. Thread-safe.
 *
 * <pre>
 * never scanned, overflow, directory's stamp differs, or the last scan is old ──► everything
 * names that were reported, or read while they changed                        ──► those
 * </pre>
 */
final class Changes {
    /** The net under the watch: a directory in use is scanned again after this. */
    static final Duration NET = Duration.ofMinutes(5);

    /** Without a watch: a file that another program changes in place is noticed after this. */
    static final Duration UNWATCHED = Duration.ofSeconds(2);

    private static final int MOST_NAMES = 1024;

    private final Set<FileName> names = new HashSet<>();
    private boolean everything = true;
    private Optional<Stamp> directory = Optional.empty();
    private Instant scannedAt = Instant.MIN;

    /** What is to be looked at. */
    sealed interface Due {
        record Everything() implements Due {}

        record Names(Set<FileName> names) implements Due {}
    }

    synchronized void touched(FileName name) {
        names.add(name);
        everything |= names.size() > MOST_NAMES;
    }

    synchronized void lost() {
        everything = true;
    }

    synchronized boolean wasScanned() {
        return !scannedAt.equals(Instant.MIN);
    }

    /** Whether the directory was scanned long enough ago that a watch pays. */
    synchronized boolean isOlderThan(Duration limit, Instant now) {
        return now.isBefore(scannedAt) || now.isAfter(scannedAt.plus(limit));
    }

    /** Takes what is due; what is then not looked at must be told again. */
    synchronized Due take(Optional<Stamp> found, Instant now, boolean watched) {
        boolean all = everything || !found.equals(directory) || isOlderThan(watched ? NET : UNWATCHED, now);
        Set<FileName> taken = Set.copyOf(names);
        names.clear();
        everything = false;
        return all ? new Due.Everything() : new Due.Names(taken);
    }

    /**
     * The directory was scanned.
     *
     * @param found its stamp before; empty if it does not exist
     */
    synchronized void scanned(Optional<Stamp> found, Instant now, boolean watched) {
        boolean mayChangeUnseen =
                !watched && found.filter(stamp -> isRecent(stamp, now)).isPresent();
        everything |= mayChangeUnseen;
        directory = found;
        scannedAt = now;
    }

    /** This program changed the directory itself, and knows what. */
    synchronized void own(Optional<Stamp> before, Optional<Stamp> after) {
        if (directory.equals(before)) {
            directory = after;
        }
    }

    private static boolean isRecent(Stamp stamp, Instant now) {
        return Math.abs(Nanos.of(now) - stamp.changed()) < Inspector.CLOCK_GRAIN.toNanos();
    }
}
