package org.maunode.exchange;

import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.Objects;
import org.maunode.identity.FileName;
import org.maunode.identity.VersionHash;
import org.maunode.openpgp.Opener;
import org.maunode.openpgp.PublicIdentity;
import org.maunode.openpgp.VerifiedMessage;
import org.maunode.store.ContentStore;
import org.maunode.store.ContentStore.Admission;
import org.maunode.store.ContentStore.Partial;
import org.maunode.store.Retention;

/**
 * The one way in for what came from a peer, fetched or pushed: whole, then verified, then admitted. Thread-safe.
 *
 * <pre>
 *   received ──► hash as announced? ──► one signature, by the author ──► not older than ours ──► in its place
 * </pre>
 */
public final class Intake {
    private static final int BUFFER = 1 << 16;

    private final ContentStore store;
    private final Opener opener;
    private final Retention retention;

    /** @param retention which old versions are kept of what is replaced */
    public Intake(ContentStore store, Opener opener, Retention retention) {
        this.store = Objects.requireNonNull(store);
        this.opener = Objects.requireNonNull(opener);
        this.retention = Objects.requireNonNull(retention);
    }

    /**
     * What became of a message.
     *
     * @param signedAt the time inside its signature
     */
    public record Outcome(Admission admission, Instant signedAt) {}

    /** Whether {@code sum} is the hash of what was received. Ends when interrupted, which not every stream would. */
    public static boolean isWhole(Partial received, VersionHash sum) throws IOException {
        MessageDigest sha256 = sha256();
        try (InputStream in = Channels.newInputStream(FileChannel.open(received.path()))) {
            byte[] buffer = new byte[BUFFER];
            for (int count = in.read(buffer); count >= 0; count = in.read(buffer)) {
                sha256.update(buffer, 0, count);
            }
        }
        return VersionHash.of(sha256.digest()).equals(sum);
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException everyJdkHasIt) {
            throw new AssertionError(everyJdkHasIt);
        }
    }

    /**
     * Verifies what was received, and puts it in its place unless what is there is newer.
     *
     * @throws org.maunode.openpgp.OpenPgpException if it is not one whole message by {@code author}; it is left where it is
     * @throws org.maunode.store.StoreException if this side's disk fails
     */
    public Outcome admit(Partial received, FileName name, PublicIdentity author) throws IOException {
        VerifiedMessage message = opener.verify(received.path(), author);
        return new Outcome(store.admit(message, name, retention), message.signedAt());
    }
}
