package org.maunode.exchange;

import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import org.maunode.identity.Contact;
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

    /** Somebody is there. */
    record Pong() implements Answer {}

    /**
     * Where peers are said to be.
     *
     * @param nearest at most {@value ContactsJson#MAX_CONTACTS}, the nearest first
     */
    record Contacts(List<Contact> nearest) implements Answer {
        public Contacts {
            nearest = List.copyOf(nearest);
        }
    }

    /** Nothing, and why. */
    record Refused(Refusal refusal) implements Answer {}
}
