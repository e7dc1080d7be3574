package org.maunode.runtime;

import java.util.Set;
import org.maunode.identity.Fingerprint;
import org.maunode.store.ContentStore;
import org.maunode.sync.Syncer;

/**
 * Whom the syncer follows: everybody whose files are kept here, or else those for whom somebody waits. Thread-safe; its lock
 * is held while directories are listed, so that no older word comes after a newer one.
 */
final class Roll {
    private final ContentStore store;
    private final Errands errands;
    private final Syncer syncer;
    private boolean everybody;

    Roll(ContentStore store, Errands errands, Syncer syncer) {
        this.store = store;
        this.errands = errands;
        this.syncer = syncer;
    }

    /** Everybody, from now on. */
    synchronized void everybody() {
        everybody = true;
        call();
    }

    /** Those who are to be followed may be others now. */
    synchronized void call() {
        Set<Fingerprint> followed = Set.copyOf(store.followed());
        errands.retain(followed);
        syncer.follow(everybody ? followed : errands.awaited());
    }
}
