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
     * @param next where the next page begins; empty if there is none
     */
    record Listing(Iterator<StoredFile> files, Optional<Position> next) implements Answer {}

    /** The bytes of one file. */
    record Content(StoredFile file) implements Answer {}

    /** Nothing, and why. */
    record Refused(Refusal refusal) implements Answer {}
}
