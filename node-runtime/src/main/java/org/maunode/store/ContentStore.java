package org.maunode.store;

import java.io.OutputStream;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.maunode.identity.FileName;
import org.maunode.identity.Fingerprint;
import org.maunode.identity.VersionHash;
import org.maunode.openpgp.Sealer.OutgoingMessage;
import org.maunode.openpgp.VerifiedMessage;

/**
 * The content files of the account and of those it follows. Each write is atomic and durable; the index answers without
 * reading files that have not changed. Thread-safe.
 */
public final class ContentStore implements AutoCloseable {
    private ContentStore() {}

    /** Opens the store of {@code account}; reads nothing yet. */
    public static ContentStore open(Account account) {
        throw new UnsupportedOperationException();
    }

    /** The directories that hold content, followed ones and the account's own: fingerprints, sorted. */
    public List<Fingerprint> owners() {
        throw new UnsupportedOperationException();
    }

    /** Those whose directory exists and is not hidden, without the account itself, sorted. */
    public List<Fingerprint> followed() {
        throw new UnsupportedOperationException();
    }

    /** Makes {@code root/<fpr>}, or brings {@code .<fpr>} back. */
    public void follow(Fingerprint peer) {
        throw new UnsupportedOperationException();
    }

    /** Hides {@code root/<fpr>} as {@code .<fpr>}; merges into one that is there already. */
    public void unfollow(Fingerprint peer) {
        throw new UnsupportedOperationException();
    }

    /**
     * Up to {@code max} files of {@code owner} behind {@code after}, oldest first, ties by name. Opens none of them. Empty
     * for an owner without a directory.
     */
    public List<StoredFile> list(Fingerprint owner, Position after, int max) {
        throw new UnsupportedOperationException();
    }

    public Optional<StoredFile> find(Fingerprint owner, FileName name) {
        throw new UnsupportedOperationException();
    }

    /** An old version, or the current file if that is the hash it has. */
    public Optional<StoredFile> findVersion(Fingerprint owner, FileName name, VersionHash version) {
        throw new UnsupportedOperationException();
    }

    /** The old versions of a file, oldest first. */
    public List<StoredFile> versions(Fingerprint owner, FileName name) {
        throw new UnsupportedOperationException();
    }

    /** Writes a message of the account itself under {@code name}; what was there becomes a version. */
    public StoredFile publish(FileName name, OutgoingMessage message, Retention retention) {
        throw new UnsupportedOperationException();
    }

    /** What became of a verified message. */
    public enum Admission {
        ADMITTED,
        /** The very same bytes are here. */
        ALREADY_HERE,
        /** What is here was signed later, or these bytes are an old version of it. */
        OLDER_THAN_OURS
    }

    /**
     * Moves a peer's verified message from where it was received into its author's directory under {@code name}.
     *
     * @param received the evidence; its file must be one that {@link #partial} made
     */
    public Admission admit(VerifiedMessage received, FileName name, Retention retention) {
        throw new UnsupportedOperationException();
    }

    /** Deletes a file of the account itself with all its versions; {@code false} if there is none. */
    public boolean delete(FileName name) {
        throw new UnsupportedOperationException();
    }

    /** A download that may have begun earlier, also before a restart; keyed by what it will be when whole. */
    public Partial partial(Fingerprint owner, FileName name, VersionHash sum) {
        throw new UnsupportedOperationException();
    }

    /** Bytes received so far of one file; owner-only, outside the content directories. */
    public interface Partial {
        Path path();

        /** Bytes on disk. */
        long length();

        /** Appends behind what is there. */
        OutputStream append();

        /** Forgets what was received. */
        void discard();
    }

    /** Calls {@code listener} with the owner whose files changed, by this program or another; on a thread of the store. */
    public AutoCloseable onChange(Consumer<Fingerprint> listener) {
        throw new UnsupportedOperationException();
    }

    /** Stops watching, and writes the index. */
    @Override
    public void close() {
        throw new UnsupportedOperationException();
    }
}
