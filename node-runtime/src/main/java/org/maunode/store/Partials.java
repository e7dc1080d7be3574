package org.maunode.store;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.HexFormat;
import java.util.concurrent.ThreadLocalRandom;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.maunode.identity.FileName;
import org.maunode.identity.Fingerprint;
import org.maunode.identity.VersionHash;
import org.maunode.store.ContentStore.Partial;
import org.maunode.store.StoreException.Reason;

/**
 * Unfinished downloads: {@code .mau-node/partial/<fpr>/<hash of the name>-<hash of the content>}; and beside them what is
 * being left here, as {@code incoming-<random>}.
 */
final class Partials {
    private static final Logger LOG = Logger.getLogger("org.maunode.store");

    /** A download that nobody went on with for so long is given up. */
    static final Duration GIVEN_UP = Duration.ofDays(30);

    /** When a download of another version begins, one that rested for so long is given up. */
    static final Duration SUPERSEDED = Duration.ofHours(1);

    /** How the names of those begin that nobody can go on with. */
    private static final String INCOMING = "incoming-";

    private final Path directory;
    private final Disk disk;
    private final InstantSource clock;

    Partials(Path directory, Disk disk, InstantSource clock) {
        this.directory = directory.toAbsolutePath().normalize();
        this.disk = disk;
        this.clock = clock;
    }

    Partial of(Fingerprint owner, FileName name, VersionHash sum) {
        byte[] hash = Inspector.sha256().digest(name.value().getBytes(StandardCharsets.UTF_8));
        String prefix = HexFormat.of().toHexDigits(ByteBuffer.wrap(hash).getLong()) + "-";
        return new OnDisk(directory.resolve(owner.toString()).resolve(prefix + sum), prefix);
    }

    /** A new one that is keyed by nothing. */
    Partial incoming(Fingerprint owner) {
        String random = HexFormat.of().toHexDigits(ThreadLocalRandom.current().nextLong());
        return new OnDisk(directory.resolve(owner.toString()).resolve(INCOMING + random), INCOMING);
    }

    /** Whether {@code file} is one that {@link #of} or {@link #incoming} named. */
    boolean holds(Path file) {
        Path folder = file.toAbsolutePath().normalize().getParent();
        return folder != null && directory.equals(folder.getParent());
    }

    /** Deletes what was given up. Never fails. */
    void sweep() {
        try (DirectoryStream<Path> owners = Files.newDirectoryStream(directory)) {
            for (Path owner : owners) {
                sweep(owner, INCOMING, SUPERSEDED);
                sweep(owner, "", GIVEN_UP);
            }
        } catch (NoSuchFileException nothing) {
            return;
        } catch (IOException | DirectoryIteratorException unreadable) {
            LOG.log(Level.FINE, "sweep-failed folder={0}: {1}", new Object[] {directory, unreadable});
        }
    }

    private void sweep(Path owner, String prefix, Duration age) throws IOException {
        long limit = Nanos.of(clock.instant().minus(age));
        try (DirectoryStream<Path> files = Files.newDirectoryStream(owner, prefix + "*")) {
            for (Path file : files) {
                if (Stamp.of(file).filter(stamp -> stamp.modified() < limit).isPresent()) {
                    disk.delete(file);
                }
            }
        }
    }

    private final class OnDisk implements Partial {
        private final Path path;
        private final String prefix;

        OnDisk(Path path, String prefix) {
            this.path = path;
            this.prefix = prefix;
        }

        @Override
        public Path path() {
            return path;
        }

        @Override
        public long length() {
            return Failures.during("look at a download", path, () -> Stamp.of(path)
                    .map(Stamp::size)
                    .orElse(0L));
        }

        @Override
        public OutputStream append() {
            return Failures.during("write a download", path, () -> {
                disk.makeDirectory(path.getParent());
                if (Stamp.of(path).isEmpty()) {
                    sweep(path.getParent(), prefix, SUPERSEDED);
                }
                FileChannel channel = disk.append(path);
                if (!isLocked(channel)) {
                    channel.close();
                    throw new StoreException(Reason.IN_USE, path, "another program downloads " + path, null);
                }
                return Channels.newOutputStream(channel);
            });
        }

        @Override
        public void discard() {
            Failures.doing("discard a download", path, () -> disk.delete(path));
        }

        private static boolean isLocked(FileChannel channel) throws IOException {
            try {
                return channel.tryLock() != null;
            } catch (OverlappingFileLockException here) {
                return false;
            }
        }
    }
}
