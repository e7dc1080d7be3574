package org.maunode.store;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.AccessDeniedException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.maunode.identity.FileName;
import org.maunode.identity.VersionHash;
import org.maunode.openpgp.Envelope;
import org.maunode.openpgp.OpenPgpException;

/** Reads a file once, for all that the index wants to know of it. */
final class Inspector {
    private static final Logger LOG = Logger.getLogger("org.maunode.store");

    /** Longer than the coarsest clock that a Linux file system stamps with (10 ms at 100 Hz), with room. */
    static final Duration CLOCK_GRAIN = Duration.ofMillis(50);

    private static final int TRIES = 3;

    private final Disk disk;
    private final InstantSource clock;

    Inspector(Disk disk, InstantSource clock) {
        this.disk = disk;
        this.clock = clock;
    }

    static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException everyJdkHasIt) {
            throw new AssertionError(everyJdkHasIt);
        }
    }

    /** Reads {@code path}; empty if it is gone or no regular file. One that changes while it is read is no message yet. */
    Optional<IndexRecord> inspect(FileName name, Path path) throws IOException {
        Optional<Stamp> before = Stamp.of(path);
        for (int i = 0; i < TRIES && before.isPresent(); i++) {
            IndexRecord read = read(name, path, before.get());
            Optional<Stamp> after = Stamp.of(path);
            if (after.equals(before)) {
                return Optional.of(read);
            }
            before = after;
        }
        return before.map(changing -> new IndexRecord(name, changing, true, Optional.empty()));
    }

    /** The SHA-256 of whatever the file holds. */
    VersionHash sum(Path path) throws IOException {
        MessageDigest digest = sha256();
        try (InputStream in = disk.read(path)) {
            new DigestInputStream(in, digest).transferTo(OutputStream.nullOutputStream());
        }
        return VersionHash.of(digest.digest());
    }

    /** What can be told from the front of a file; empty if it is no message. */
    Optional<Envelope> envelope(Path path) throws IOException {
        try (InputStream in = disk.read(path)) {
            return Optional.of(Envelope.read(in));
        } catch (OpenPgpException noMessage) {
            LOG.log(Level.FINE, "not-a-message file={0}: {1}", new Object[] {path, noMessage.getMessage()});
            return Optional.empty();
        }
    }

    private IndexRecord read(FileName name, Path path, Stamp stamp) throws IOException {
        boolean racy = isRacy(stamp);
        try {
            return new IndexRecord(name, stamp, racy, facts(path));
        } catch (NoSuchFileException gone) {
            return new IndexRecord(name, stamp, true, Optional.empty());
        } catch (AccessDeniedException closed) {
            LOG.log(Level.FINE, "unreadable file={0}", path);
            return new IndexRecord(name, stamp, racy, Optional.empty());
        }
    }

    /** Whether the file changed so lately that it may change again without another stamp. Both clocks are the kernel's. */
    boolean isRacy(Stamp stamp) {
        long age = Nanos.of(clock.instant()) - stamp.changed();
        return Math.abs(age) < CLOCK_GRAIN.toNanos();
    }

    private Optional<Facts> facts(Path path) throws IOException {
        MessageDigest digest = sha256();
        try (DigestInputStream in = new DigestInputStream(disk.read(path), digest)) {
            Envelope envelope = Envelope.read(in);
            in.transferTo(OutputStream.nullOutputStream());
            return Optional.of(new Facts(VersionHash.of(digest.digest()), envelope, OptionalLong.empty()));
        } catch (OpenPgpException noMessage) {
            LOG.log(Level.FINE, "not-a-message file={0}: {1}", new Object[] {path, noMessage.getMessage()});
            return Optional.empty();
        }
    }
}
