package org.maunode.sync;

import java.util.LinkedHashMap;
import java.util.Map;
import org.maunode.identity.Fingerprint;
import org.maunode.identity.VersionHash;

/**
 * What was fetched and turned away: listings overlap, and a large file that is no good must not be fetched again with each
 * of them. What one peer sent says nothing of what another has: bytes that are no good as one author's may be another's,
 * and a relay may list what it does not hold. Forgotten when the program ends, so that a key that was mended gets its files
 * after all. Thread-safe.
 */
final class RefusedFiles {
    /** Files that are remembered; the oldest goes for a new one. */
    static final int MAX = 1024;

    private final Map<Refused, Boolean> files = new LinkedHashMap<>();

    /**
     * @param author in whose listing it was
     * @param source who listed and sent it: the author or a relay
     */
    record Refused(Fingerprint author, Fingerprint source, VersionHash sum) {}

    synchronized boolean contains(Refused file) {
        return files.containsKey(file);
    }

    synchronized void add(Refused file) {
        files.put(file, true);
        if (files.size() > MAX) {
            files.remove(files.keySet().iterator().next());
        }
    }
}
