package org.maunode.store;

import java.nio.file.Path;
import java.time.Instant;
import org.maunode.identity.FileName;
import org.maunode.identity.Fingerprint;
import org.maunode.identity.VersionHash;
import org.maunode.openpgp.Envelope;

/**
 * What the index knows of one file without reading it.
 *
 * @param size in bytes, of the message as it lies on disk
 * @param modified when this directory got it, by the file system's clock
 * @param sum the SHA-256 of the message as it lies on disk
 */
public record StoredFile(
        Fingerprint owner, FileName name, Path path, long size, Instant modified, VersionHash sum, Envelope envelope) {}
