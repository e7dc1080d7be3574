package org.maunode.store;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Optional;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.maunode.identity.FileName;
import org.maunode.identity.VersionHash;

/**
 * Puts a whole file in the place of the current one. Between any two steps the power may fail:
 *
 * <pre>
 * new file: time set        ─► old file: second name in .versions, its folder forced
 *                           ─► new file: renamed over the old name, folder forced ─► index ─► superfluous versions deleted
 * </pre>
 *
 * The name is never missing, and the old bytes always have one. Done under the writers' lock. Of several files each step can
 * be done before the next: what is forced for the first of them is mostly on the medium for all, since a file system's journal
 * is written as a whole.
 */
final class Replacement {
    private static final Logger LOG = Logger.getLogger("org.maunode.store");
    private static final int TRIES = 8;

    /** Gives a whole file, fsynced and of this file system or not, its name. */
    @FunctionalInterface
    interface Mover {
        void moveTo(Path target) throws IOException;
    }

    private final Disk disk;
    private final Inspector inspector;
    private final OwnerDirectory directory;
    private final FileName name;
    private final Retention retention;

    Replacement(Disk disk, Inspector inspector, OwnerDirectory directory, FileName name, Retention retention) {
        this.disk = disk;
        this.inspector = inspector;
        this.directory = directory;
        this.name = name;
        this.retention = retention;
    }

    /** Does it, and tells what the index then knows. */
    IndexRecord by(Path whole, Mover mover, Facts facts) throws IOException {
        Instant time = directory.nextTime();
        disk.setModified(whole, time);
        directory.changing(() -> {
            nameOld();
            forceOld();
            mover.moveTo(target());
            disk.forceDirectory(directory.path());
        });
        IndexRecord record = enter(facts);
        prune(facts.sum(), time);
        return record;
    }

    /** Where the file will be. */
    Path target() {
        return directory.path(name);
    }

    private Versions versions() {
        return new Versions(directory.path().resolve(name.versionsDirectory()), disk);
    }

    /** Gives the old file its second name. */
    void nameOld() throws IOException {
        for (int i = 0; i < TRIES && !keepsNone(); i++) {
            Optional<IndexRecord> old = directory.settle(name);
            if (old.isEmpty() || versions().name(target(), old.get().stamp(), sum(old.get()))) {
                return;
            }
        }
        if (!keepsNone()) {
            throw new IOException("another program keeps changing " + target());
        }
    }

    /** Makes that name durable. */
    void forceOld() throws IOException {
        if (!keepsNone() && versions().exists()) {
            versions().force();
        }
    }

    private boolean keepsNone() {
        return retention instanceof Retention.KeepLast last && last.count() == 0;
    }

    private VersionHash sum(IndexRecord old) throws IOException {
        return old.facts().isPresent() ? old.facts().get().sum() : inspector.sum(target());
    }

    /** Tells the index of the file that has its place now, durably. */
    IndexRecord enter(Facts facts) throws IOException {
        Stamp stamp = Stamp.of(target()).orElseThrow(() -> new IOException(target() + " was taken away"));
        IndexRecord record = new IndexRecord(name, stamp, false, Optional.of(facts));
        directory.put(record);
        return record;
    }

    /** The new version is safe by now, whatever happens to the old ones. */
    void prune(VersionHash current, Instant now) {
        try {
            versions().prune(retention, current, now);
        } catch (IOException left) {
            LOG.log(Level.WARNING, "versions-not-pruned file={0}: {1}", new Object[] {target(), left.toString()});
        }
    }
}
