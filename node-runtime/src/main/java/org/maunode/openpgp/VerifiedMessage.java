package org.maunode.openpgp;

import java.nio.file.Path;
import java.time.Instant;
import org.maunode.identity.Fingerprint;
import org.maunode.identity.VersionHash;

/** Evidence that a file held one whole message with a good signature by its author. Only {@link Opener} makes it. */
public final class VerifiedMessage {
    private final Path file;
    private final Fingerprint author;
    private final Instant signedAt;
    private final VersionHash sum;
    private final long size;
    private final Envelope envelope;

    VerifiedMessage(Path file, Fingerprint author, Instant signedAt, VersionHash sum, long size, Envelope envelope) {
        this.file = file;
        this.author = author;
        this.signedAt = signedAt;
        this.sum = sum;
        this.size = size;
        this.envelope = envelope;
    }

    /** The file that was read. */
    public Path file() {
        return file;
    }

    /** The primary fingerprint of who signed it. */
    public Fingerprint author() {
        return author;
    }

    /** The time inside the signature, to the second. */
    public Instant signedAt() {
        return signedAt;
    }

    /** The SHA-256 of the whole file as it was read. */
    public VersionHash sum() {
        return sum;
    }

    /** The file's size in bytes as it was read. */
    public long size() {
        return size;
    }

    public Envelope envelope() {
        return envelope;
    }
}
