package org.maunode.store;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.EnumSet;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Keeps others out, in this process and in any other, for as long as it is open; also the end of a process opens it.
 *
 * <p>A POSIX lock belongs to the process and is lost when any descriptor of the file is closed. So within the process a
 * semaphore comes first, one for each lock file (a handful), and only its holder touches the file.
 */
public final class ProcessLock implements AutoCloseable {
    private static final Map<Path, Semaphore> HERE = new ConcurrentHashMap<>();

    private final Semaphore here;
    private final FileChannel channel;
    private final AtomicBoolean closed = new AtomicBoolean();

    private ProcessLock(Semaphore here, FileChannel channel) {
        this.here = here;
        this.channel = channel;
    }

    /** Waits until the lock is free. The directory of {@code file} must exist. */
    static ProcessLock hold(Path file) throws IOException {
        Semaphore here = semaphore(file);
        here.acquireUninterruptibly();
        return locked(file, here, FileChannel::lock).orElseThrow();
    }

    /** The lock, unless somebody holds it. The directory of {@code file} must exist. */
    public static Optional<ProcessLock> tryHold(Path file) throws IOException {
        Semaphore here = semaphore(file);
        return here.tryAcquire() ? locked(file, here, FileChannel::tryLock) : Optional.empty();
    }

    private static Semaphore semaphore(Path file) throws IOException {
        Path real = file.toAbsolutePath().getParent().toRealPath().resolve(file.getFileName());
        return HERE.computeIfAbsent(real, path -> new Semaphore(1));
    }

    @FunctionalInterface
    private interface Locking {
        /** {@code null} if another process holds it, as {@link FileChannel#tryLock()} has it. */
        FileLock lock(FileChannel channel) throws IOException;
    }

    private static Optional<ProcessLock> locked(Path file, Semaphore here, Locking locking) throws IOException {
        Optional<FileChannel> channel = Optional.empty();
        try {
            channel = lockedChannel(file, locking);
        } finally {
            if (channel.isEmpty()) {
                here.release();
            }
        }
        return channel.map(locked -> new ProcessLock(here, locked));
    }

    private static Optional<FileChannel> lockedChannel(Path file, Locking locking) throws IOException {
        FileChannel channel = open(file);
        boolean locked = false;
        try {
            locked = locking.lock(channel) != null;
        } catch (OverlappingFileLockException sameFileByAnotherName) {
            locked = false;
        } finally {
            if (!locked) {
                channel.close();
            }
        }
        return locked ? Optional.of(channel) : Optional.empty();
    }

    private static FileChannel open(Path file) throws IOException {
        return FileChannel.open(
                file,
                EnumSet.of(StandardOpenOption.CREATE, StandardOpenOption.WRITE),
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
    }

    /** Lets the next one in; once, however often it is called. */
    @Override
    public void close() throws IOException {
        if (closed.compareAndSet(false, true)) {
            try {
                channel.close();
            } finally {
                here.release();
            }
        }
    }
}
