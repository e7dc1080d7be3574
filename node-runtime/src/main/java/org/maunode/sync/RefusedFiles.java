package org.maunode.sync;

import java.util.LinkedHashMap;
import java.util.Map;
import org.maunode.identity.VersionHash;

/**
 * What was fetched and turned away: listings overlap, and a large file that is no good must not be fetched again with each
 * of them. Forgotten when the program ends, so that a key that was mended gets its files after all. Thread-safe.
 */
final class RefusedFiles {
    /** Hashes that are remembered; the oldest goes for a new one. */
    static final int MAX = 1024;

    private final Map<VersionHash, Boolean> hashes = new LinkedHashMap<>();

    synchronized boolean contains(VersionHash sum) {
        return hashes.containsKey(sum);
    }

    synchronized void add(VersionHash sum) {
        hashes.put(sum, true);
        if (hashes.size() > MAX) {
            hashes.remove(hashes.keySet().iterator().next());
        }
    }
}
