package org.maunode.exchange;

import java.time.Instant;
import java.util.Optional;
import org.maunode.identity.FileName;
import org.maunode.identity.VersionHash;

/**
 * One entry of a peer's listing, checked.
 *
 * @param size in bytes, not negative
 * @param modified when the peer got it, if it says so
 */
public record ListedFile(FileName name, long size, VersionHash sum, Optional<Instant> modified) {}
