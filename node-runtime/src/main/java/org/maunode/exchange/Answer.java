package org.maunode.exchange;

import java.util.Iterator;
import java.util.Optional;
import org.maunode.store.Position;
import org.maunode.store.StoredFile;

/** What a peer gets. */
public sealed interface Answer {
    /**
     * One page of a listing.
     *
     * @param files read lazily, a batch at a time, and once; may block on the disk
     * @param end behind the last file of the page; without any, where the listing was asked to begin. What comes later is
     *     behind it
     * @param more whether there are files behind it already
     */
    record Listing(Iterator<StoredFile> files, Position end, boolean more) implements Answer {
        /** Where the next page begins; empty if there is none. */
        public Optional<Position> next() {
            return more ? Optional.of(end) : Optional.empty();
        }
    }

    /** The bytes of one file. */
    record Content(StoredFile file) implements Answer {}

    /** Nothing, and why. */
    record Refused(Refusal refusal) implements Answer {}
}
