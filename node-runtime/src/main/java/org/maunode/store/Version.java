package org.maunode.store;

import java.nio.file.Path;
import java.time.Instant;
import org.maunode.identity.VersionHash;

/**
 * An old version on disk.
 *
 * @param modified when the directory got it, which it keeps
 */
record Version(Path path, VersionHash sum, long size, Instant modified) {}
