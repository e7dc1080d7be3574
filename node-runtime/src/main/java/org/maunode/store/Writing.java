package org.maunode.store;

import java.io.IOException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.maunode.identity.FileName;

/** What all writers of one account share: the disk, the lock, and that they clean up after dead ones once. Thread-safe. */
final class Writing {
    private final Account account;
    private final Disk disk;
    private final Inspector inspector;
    private final Partials partials;
    private final Set<Path> swept = ConcurrentHashMap.newKeySet();

    Writing(Account account, Disk disk, InstantSource clock) {
        this.account = account;
        this.disk = disk;
        this.inspector = new Inspector(disk, clock);
        this.partials = new Partials(account.privateFiles().resolve("partial"), disk, clock);
    }

    Disk disk() {
        return disk;
    }

    Partials partials() {
        return partials;
    }

    Inspector inspector() {
        return inspector;
    }

    /** Does something while no other writer, of this process or another, changes a directory. */
    <T> T exclusively(Failures.Task<T> task) throws IOException {
        try (ProcessLock _ = ProcessLock.hold(account.privateDirectory().resolve("lock"))) {
            return task.run();
        }
    }

    /** To be done {@link #exclusively}. */
    Replacement replacement(OwnerDirectory directory, FileName name, Retention retention) {
        return new Replacement(disk, inspector, directory, name, retention);
    }

    Versions versions(OwnerDirectory directory, FileName name) {
        return new Versions(directory.path().resolve(name.versionsDirectory()), disk);
    }

    /** Before the first write: what dead writers left in {@code directory} and among our own files goes. */
    void sweep(Path directory) throws IOException {
        if (swept.contains(directory)) {
            return;
        }
        // Setting a file's time opens and closes it, which ends its lock: until it has its name, this one covers it.
        exclusively(() -> {
            Path own = account.privateDirectory();
            if (swept.add(own)) {
                TempFile.sweep(own, disk);
                TempFile.sweep(own.resolve("index"), disk);
                partials.sweep();
            }
            TempFile.sweep(directory, disk);
            return swept.add(directory);
        });
    }
}
