package org.maunode.exchange;

import java.io.IOException;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.maunode.identity.Contact;
import org.maunode.identity.FileName;
import org.maunode.identity.Fingerprint;
import org.maunode.identity.VersionHash;
import org.maunode.store.StoredFile;

/**
 * A peer on the other end of one open connection, whose identity was proved. Calls block; one connection carries them
 * all. Every method throws {@link ExchangeException}. Thread-safe.
 */
public interface RemotePeer extends AutoCloseable {
    /** The fingerprint that the connection proved. */
    Fingerprint fingerprint();

    /** Where the peer was reached; empty on a wire that has no addresses. */
    default Optional<InetSocketAddress> address() {
        return Optional.empty();
    }

    /** Whether it was reached by a wire that is slow by nature: any other way to the same peer is better. */
    default boolean isSlow() {
        return false;
    }

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

        /**
         * Nothing follows as yet.
         *
         * @param cursor where what comes later will be: to be asked, or waited for, with {@link From.Next}; empty if the peer
         *     does not say
         */
        record Nothing(Optional<String> cursor) implements Behind {
            /** Nothing follows, and the peer does not say where to go on. */
            public Nothing() {
                this(Optional.empty());
            }
        }

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

    /** A page that the peer holds back until there is something new. */
    interface Watch extends AutoCloseable {
        /**
         * Completes when the peer begins to answer, or exceptionally with {@link ExchangeException}; on a thread of the
         * wire, so that whoever depends on it must not block there.
         */
        CompletableFuture<?> answered();

        /** Whether the peer knows waiting; one that does not has answered at once. Blocks until answered. */
        boolean waited();

        /** The page; empty if the time was over before anything new appeared. Blocks until it came. */
        Page page();

        /** Gives up waiting; the connection goes on if the wire can. */
        @Override
        void close();
    }

    /**
     * Asks for a page, and the peer to wait with its answer until there is something new for us behind {@code from}
     * (EX-60). Returns at once, and holds no thread; several may wait side by side on one connection.
     *
     * @param wait at most; a peer may cut it short
     */
    Watch watch(Fingerprint owner, From from, Duration wait);

    /**
     * Leaves a file of ours at the peer (EX-70).
     *
     * @param file of the account itself
     * @throws ExchangeException with {@code NOT_ALLOWED} if the peer does not follow us, {@code NOT_SUPPORTED} if it knows no
     *     pushing, {@code REFUSED} if it has looked at the file and does not take it, with its words
     */
    void push(StoredFile file) throws IOException;

    /** Asks whether the peer is there; it may take note of us and of where we say we are. */
    void ping();

    /** The peers nearest to {@code target} that the peer knows, nearest first, at most 20; proves nothing. */
    List<Contact> contactsNear(Fingerprint target);

    @Override
    void close();
}
