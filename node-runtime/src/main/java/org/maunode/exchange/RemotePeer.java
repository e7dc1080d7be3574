package org.maunode.exchange;

import java.io.IOException;
import java.io.OutputStream;
import java.time.Instant;
import java.util.List;
import org.maunode.identity.FileName;
import org.maunode.identity.Fingerprint;
import org.maunode.identity.VersionHash;

/**
 * A peer on the other end of one open connection, whose identity was proved. Calls block; one connection carries them
 * all. Every method throws {@link ExchangeException}. Thread-safe.
 */
public interface RemotePeer extends AutoCloseable {
    /** The fingerprint that the connection proved. */
    Fingerprint fingerprint();

    /**
     * One page of a listing.
     *
     * @param flaws what was wrong with entries that were left out
     */
    record Page(List<ListedFile> files, List<String> flaws, Behind behind) {}

    /** What a peer says of the rest of its listing. */
    sealed interface Behind {
        /** More follows; ask with {@link From.Next}. */
        record More(String cursor) implements Behind {}

        /** Nothing follows. */
        record Nothing() implements Behind {}

        /** The peer knows no paging, as the Go peer: even an empty page proves nothing. */
        record Untold() implements Behind {}
    }

    /** Where a listing begins. */
    sealed interface From {
        /** The files modified in or after this second; {@code Instant.MIN} or any time before 1970 for all. */
        record Since(Instant time) implements From {}

        /** Behind a former page. */
        record Next(String cursor) implements From {}
    }

    Page list(Fingerprint owner, From from);

    /** Takes the bytes of a file as they come. */
    @FunctionalInterface
    interface Receiver {
        /**
         * Called once, before the first byte.
         *
         * @param offset where in the file the bytes begin: what was asked for, or 0 if the peer starts over
         * @param total the whole file's size in bytes, or -1 if the peer did not say
         */
        OutputStream begin(long offset, long total) throws IOException;
    }

    /**
     * Fetches a file from {@code offset} on.
     *
     * @param expected the hash that the listing gave: a file that changed since is sent from its beginning
     */
    void fetch(Fingerprint owner, FileName name, long offset, VersionHash expected, Receiver receiver)
            throws IOException;

    /** Fetches one version of a file from its beginning. */
    void fetchVersion(Fingerprint owner, FileName name, VersionHash version, Receiver receiver) throws IOException;

    @Override
    void close();
}
