package org.maunode.store;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Optional;
import org.maunode.identity.FileName;
import org.maunode.identity.Fingerprint;
import org.maunode.identity.VersionHash;
import org.maunode.openpgp.Envelope;

/**
 * What the index knows of one file without reading it.
 *
 * @param path where it lies; of one that is {@code unwritten} yet, where it will
 * @param size in bytes, of the message as it lies on disk
 * @param modified when this directory got it, by the file system's clock
 * @param sum the SHA-256 of the message as it lies on disk
 * @param unwritten its bytes, if they are not on the disk yet
 */
public record StoredFile(
        Fingerprint owner,
        FileName name,
        Path path,
        long size,
        Instant modified,
        VersionHash sum,
        Envelope envelope,
        Optional<Unwritten> unwritten) {

    /** A file on the disk. */
    public StoredFile(
            Fingerprint owner,
            FileName name,
            Path path,
            long size,
            Instant modified,
            VersionHash sum,
            Envelope envelope) {
        this(owner, name, path, size, modified, sum, envelope, Optional.empty());
    }

    /** Opens the message, wherever it is. On the disk another one may have taken its place. */
    public InputStream open() throws IOException {
        return unwritten.isPresent() ? stream(unwritten.get().bytes()) : Files.newInputStream(path);
    }

    private static InputStream stream(ByteBuffer bytes) {
        byte[] copy = new byte[bytes.remaining()];
        bytes.get(copy);
        return new ByteArrayInputStream(copy);
    }
}
