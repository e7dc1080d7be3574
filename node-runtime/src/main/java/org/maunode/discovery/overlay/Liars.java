package org.maunode.discovery.overlay;

import java.util.HashSet;
import java.util.Set;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.maunode.identity.Contact;

/**
 * Those who answered at an address that was said to be another's: a line in the log for each host, and for so many in an
 * hour and no more. Thread-safe.
 */
final class Liars {
    private static final Logger LOG = Logger.getLogger("org.maunode.discovery.overlay");
    static final int MAX_TOLD = 64;
    static final long AN_HOUR = 3_600_000;

    private final Set<String> told = new HashSet<>();
    private long since;

    /** @param what who answered where, and who should have */
    synchronized void met(Contact said, String what, long now) {
        if (now - since >= AN_HOUR) {
            told.clear();
            since = now;
        }
        if (told.size() < MAX_TOLD && told.add(said.address().getHostString())) {
            LOG.log(Level.INFO, "a false address: {0}", what);
        }
    }
}
