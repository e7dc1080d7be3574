package org.maunode.exchange;

import com.eclipsesource.json.Json;
import com.eclipsesource.json.JsonParser;
import com.eclipsesource.json.ParseException;
import java.io.IOException;
import java.io.Reader;
import java.util.List;
import org.maunode.store.StoredFile;

/**
 * A listing as JSON: a bare array of {@code {"path","size","sum"}} as the Go peer writes it, and {@code "modified"} (ISO
 * 8601, to the nanosecond) which that peer passes over.
 */
public final class ListingJson {
    /** Entries of one page that are taken; a peer that lists more at once is not paging. */
    public static final int MAX_ENTRIES = 10_000;

    /** Flaws that are described; more are one line. */
    public static final int MAX_FLAWS = 100;

    private ListingJson() {}

    /** One element, without comma or brackets. */
    public static String element(StoredFile file) {
        return "{\"path\":" + Json.value("/p2p/" + file.owner() + "/" + file.name())
                + ",\"size\":" + file.size()
                + ",\"sum\":\"" + file.sum()
                + "\",\"modified\":\"" + file.modified() + "\"}";
    }

    /** What a peer listed: entries that are sound, and how many were not. */
    public record Parsed(List<ListedFile> files, List<String> flaws) {}

    /**
     * Reads a peer's listing; entries whose name, size or hash is not well formed are counted as flaws and left out. Of a
     * path only what stands behind the last slash counts. Also read: {@code {"files":[...]}} as the TypeScript peer
     * writes it, and {@code null} for nothing.
     *
     * @throws ExchangeException with {@code PROTOCOL} if it is no listing at all, with {@code OVER_LIMIT} if it is too long
     * @throws IOException if reading fails
     */
    public static Parsed parse(Reader json) throws IOException {
        ListingReader reader = new ListingReader();
        try {
            new JsonParser(reader).parse(new ShallowReader(json));
        } catch (ParseException broken) {
            throw new ExchangeException(
                    ExchangeException.Reason.PROTOCOL, "the listing is not JSON: " + broken.getMessage(), broken);
        }
        return reader.result();
    }
}
