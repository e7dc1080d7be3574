package org.maunode.store;

import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.LongSupplier;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.maunode.store.LiveFiles.Live;

/**
 * Writes several files that were shown, step by step for all of them ({@link Replacement}): their directory and those of their
 * versions reach the medium once for all. Used once.
 */
final class WriteTogether {
    private static final Logger LOG = Logger.getLogger("org.maunode.store");

    private final OwnerDirectory own;
    private final Writing writing;
    private final List<Ready> ready = new ArrayList<>();

    /** A file whose bytes are on the medium, and that has no name yet. */
    private record Ready(Live file, TempFile temp, Replacement replacement) {
        Facts facts() {
            return file.record().facts().orElseThrow();
        }

        Instant time() {
            return Nanos.instant(file.record().stamp().modified());
        }
    }

    WriteTogether(OwnerDirectory own, Writing writing) {
        this.own = own;
        this.writing = writing;
    }

    /** {@code true} if all are on the disk. What cannot be written is said, and stays shown. */
    boolean write(List<Live> files, LongSupplier nanos) {
        files.forEach(file -> own.live().writing(file.name()));
        try {
            for (Live file : files) {
                prepare(file);
            }
            writing.exclusively(() -> {
                replace();
                return own;
            });
            return true;
        } catch (IOException | RuntimeException failed) {
            LOG.log(Level.WARNING, "not-written files={0}: {1}", new Object[] {files.size(), failed.toString()});
            return false;
        } finally {
            ready.forEach(one -> closeQuietly(one.temp()));
            files.forEach(file -> own.live().done(file, nanos.getAsLong()));
        }
    }

    private void prepare(Live file) throws IOException {
        TempFile temp = TempFile.in(own.path(), writing.disk());
        ready.add(new Ready(file, temp, writing.replacement(own, file.name(), file.retention())));
        file.content().writeTo(temp.out());
        temp.sync();
    }

    private void replace() throws IOException {
        ready.removeIf(this::isOutdated);
        own.changing(() -> {
            for (Ready one : ready) {
                writing.disk().setModified(one.temp().path(), one.time());
                one.replacement().nameOld();
            }
            for (Ready one : ready) {
                one.replacement().forceOld();
            }
            for (Ready one : ready) {
                one.temp().moveTo(one.replacement().target());
            }
            writing.disk().forceDirectory(own.path());
        });
        for (Ready one : ready) {
            own.live().written(one.file(), one.replacement().enter(one.facts()).stamp());
            one.replacement().prune(one.facts().sum(), one.time());
        }
    }

    /** What another writer put in the place meanwhile is newer, or another program's wish. */
    private boolean isOutdated(Ready one) {
        Optional<Stamp> disk = Failures.during(
                "find a file", own.path(), () -> own.settle(one.file().name()).map(IndexRecord::stamp));
        boolean outdated = !disk.equals(Optional.of(one.file().under()));
        if (outdated) {
            own.live().forget(one.file());
            closeQuietly(one.temp());
        }
        return outdated;
    }

    private static void closeQuietly(TempFile temp) {
        try {
            temp.close();
        } catch (IOException left) {
            LOG.log(Level.FINE, "temp-left file={0}: {1}", new Object[] {temp.path(), left.toString()});
        }
    }
}
