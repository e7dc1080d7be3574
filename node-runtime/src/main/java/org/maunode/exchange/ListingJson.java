package org.maunode.exchange;

import java.io.IOException;
import java.io.Reader;
import java.util.List;
import org.maunode.store.StoredFile;

/**
 * A listing as JSON: a bare array of {@code {"path","size","sum"}} as the Go peer writes it, and {@code "modified"} (ISO
 * 8601, to the nanosecond) which that peer passes over.
 */
public final class ListingJson {
    private ListingJson() {}

    /** One element, without comma or brackets. */
    public static String element(StoredFile file) {
        throw new UnsupportedOperationException();
    }

    /** What a peer listed: entries that are sound, and how many were not. */
    public record Parsed(List<ListedFile> files, List<String> flaws) {}

    /**
     * Reads a peer's listing; entries whose name, size or hash is not well formed are counted as flaws and left out.
     *
     * @throws ExchangeException with {@code PROTOCOL} if it is no listing at all, with {@code OVER_LIMIT} if it is too long
     * @throws IOException if reading fails
     */
    public static Parsed parse(Reader json) throws IOException {
        throw new UnsupportedOperationException();
    }
}
