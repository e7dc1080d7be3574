package org.maunode.store;

import java.io.BufferedOutputStream;
import java.io.Closeable;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ThreadLocalRandom;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.maunode.identity.FileName;
import org.maunode.identity.VersionHash;

/**
 * An unfinished file in the folder of the file it will become. Its writer holds a lock on it, so that {@link #sweep} tells
 * one that was left by a dead writer from one that is being written, whatever the clock says. Whoever opens the file once
 * more and closes it, as setting its time does, ends that lock, and must hold another one that the sweeper takes.
 */
final class TempFile implements Closeable {
    private static final Logger LOG = Logger.getLogger("org.maunode.store");
    private static final int BUFFER = 16 * 1024;
    private static final int TRIES = 16;

    /** A POSIX lock does not keep out its own process: those of this one are known by name. */
    private static final Set<Path> OURS = ConcurrentHashMap.newKeySet();

    private final Disk disk;
    private final Path path;
    private final FileChannel channel;
    private final MessageDigest digest = Inspector.sha256();
    private final OutputStream out;
    private boolean moved;

    private TempFile(Disk disk, Path path, FileChannel channel) {
        this.disk = disk;
        this.path = path;
        this.channel = channel;
        this.out = new BufferedOutputStream(new Summing(Channels.newOutputStream(channel)), BUFFER);
    }

    /** A new, empty, owner-only file in {@code folder}. */
    static TempFile in(Path folder, Disk disk) throws IOException {
        for (int i = 0; i < TRIES; i++) {
            TempFile temp = create(folder, disk);
            if (temp.isLockedOrClosed()) {
                return temp;
            }
        }
        throw new IOException("cannot make a temporary file in " + folder);
    }

    private static TempFile create(Path folder, Disk disk) throws IOException {
        String random = HexFormat.of().toHexDigits(ThreadLocalRandom.current().nextLong());
        Path path = folder.toAbsolutePath().resolve(FileName.RESERVED_PREFIX + random);
        OURS.add(path);
        try {
            return new TempFile(disk, path, disk.create(path));
        } catch (IOException | RuntimeException | Error failed) {
            OURS.remove(path);
            throw failed;
        }
    }

    /** A sweeper of another process may have come between the making of the file and its locking. */
    private boolean isLockedOrClosed() throws IOException {
        boolean locked = false;
        try {
            locked = channel.tryLock() != null && Files.exists(path);
        } finally {
            if (!locked) {
                close();
            }
        }
        return locked;
    }

    Path path() {
        return path;
    }

    /** Where the content goes; its sum is taken on the way. */
    OutputStream out() {
        return out;
    }

    /** Brings all that was written to the medium. */
    void sync() throws IOException {
        out.flush();
        disk.force(channel);
    }

    /** The SHA-256 of all that was written; asked once, after {@link #sync}. */
    VersionHash sum() {
        return VersionHash.of(digest.digest());
    }

    /** Gives the file its name, over what has that name now. */
    void moveTo(Path target) throws IOException {
        disk.move(path, target);
        moved = true;
    }

    /** Deletes the file, unless it has its name. */
    @Override
    public void close() throws IOException {
        try {
            if (!moved) {
                disk.delete(path);
            }
        } finally {
            OURS.remove(path);
            channel.close();
        }
    }

    /** Deletes what dead writers left in {@code folder}; whatever stands in the way is left for the next time. */
    static void sweep(Path folder, Disk disk) {
        try (DirectoryStream<Path> leftovers = Files.newDirectoryStream(folder, FileName.RESERVED_PREFIX + "*")) {
            for (Path leftover : leftovers) {
                sweepOne(leftover.toAbsolutePath(), disk);
            }
        } catch (IOException | DirectoryIteratorException unreadable) {
            LOG.log(Level.FINE, "sweep-failed folder={0}: {1}", new Object[] {folder, unreadable});
        }
    }

    private static void sweepOne(Path leftover, Disk disk) throws IOException {
        if (OURS.contains(leftover) || Stamp.of(leftover).isEmpty()) {
            return;
        }
        try (FileChannel channel = FileChannel.open(leftover, StandardOpenOption.WRITE)) {
            if (channel.tryLock() != null) {
                disk.delete(leftover);
                LOG.log(Level.INFO, "swept file={0}", leftover);
            }
        } catch (OverlappingFileLockException ours) {
            LOG.log(Level.FINE, "in-use file={0}", leftover);
        }
    }

    /** Writes through, and sums up what went through. */
    private final class Summing extends FilterOutputStream {
        Summing(OutputStream under) {
            super(under);
        }

        @Override
        public void write(int b) throws IOException {
            write(new byte[] {(byte) b}, 0, 1);
        }

        @Override
        public void write(byte[] bytes, int offset, int length) throws IOException {
            out.write(bytes, offset, length);
            digest.update(bytes, offset, length);
        }

        /** A writer may close what it wrote to; the file stays open, and locked, until it has its name. */
        @Override
        public void close() throws IOException {
            flush();
        }
    }
}
