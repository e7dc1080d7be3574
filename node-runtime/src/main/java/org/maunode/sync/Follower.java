package org.maunode.sync;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Objects;
import org.maunode.exchange.RemotePeer;
import org.maunode.identity.Fingerprint;
import org.maunode.openpgp.Opener;
import org.maunode.openpgp.PublicIdentity;
import org.maunode.store.Account;
import org.maunode.store.ContentStore;
import org.maunode.store.Retention;
import org.maunode.store.StoreException;

/**
 * Brings a peer's files here. A file appears in its author's directory only when its hash, its signature and its author
 * were checked; an older signature never replaces a newer one. Thread-safe for different peers.
 */
public final class Follower {
    /**
     * How far back a listing reaches behind the checkpoint: times travel by the second, and a file may have become visible
     * just before one that was already listed.
     */
    static final Duration OVERLAP = Duration.ofSeconds(2);

    /**
     * Pages of one run: a million files of a peer that puts a hundred on each. One that has more is followed further by the
     * next run; one that always names a next page is left.
     */
    static final int MAX_PAGES = 10_000;

    private final Account account;
    private final ContentStore store;
    private final Checkpoints checkpoints;
    private final Options options;
    private final InstantSource clock;
    private final Opener opener;
    private final RefusedFiles refused = new RefusedFiles();

    /**
     * What a follower accepts.
     *
     * @param maxFileBytes the largest file that is fetched, in bytes
     * @param retention which old versions of fetched files are kept
     */
    public record Options(long maxFileBytes, Retention retention) {
        /** 8 GiB, the largest message that {@link Opener} reads, and every version. */
        public static final Options DEFAULT = new Options(8L << 30, new Retention.KeepAll());
    }

    public Follower(
            Account account, ContentStore store, Checkpoints checkpoints, Options options, InstantSource clock) {
        this.account = Objects.requireNonNull(account);
        this.store = Objects.requireNonNull(store);
        this.checkpoints = Objects.requireNonNull(checkpoints);
        this.options = Objects.requireNonNull(options);
        this.clock = Objects.requireNonNull(clock);
        this.opener = new Opener(account.identity());
    }

    /**
     * Fetches what {@code remote} has published itself since the last run. A connection that breaks ends the run; what
     * arrived stays, and the next run continues there.
     *
     * @throws StoreException if this side fails: an author who is no friend, a disk that is full
     */
    public SyncReport sync(RemotePeer remote, SyncProgress progress) {
        return sync(remote, remote.fingerprint(), progress);
    }

    /**
     * The same for what {@code remote} holds of {@code author}, who may be somebody else: a relay is believed in nothing,
     * since the author signed what it hands on. Runs for one author must not overlap.
     */
    public SyncReport sync(RemotePeer remote, Fingerprint author, SyncProgress progress) {
        return trail(remote, author, progress).catchUp();
    }

    /** A listing that is followed over more than one run. */
    Trail trail(RemotePeer remote, Fingerprint author, SyncProgress progress) {
        return new Trail(this, remote, author, progress);
    }

    FileIntake intake(RemotePeer remote, PublicIdentity author, SyncProgress progress) {
        return new FileIntake(store, opener, author, remote, options, refused, progress);
    }

    PublicIdentity keyOf(Fingerprint author) {
        return account.keyring()
                .find(author)
                .orElseThrow(() -> new StoreException(
                        StoreException.Reason.NOT_FOUND,
                        account.root(),
                        "the key of " + author + " is not in the keyring; add it as a friend first",
                        null));
    }

    Checkpoints checkpoints() {
        return checkpoints;
    }

    /** By the clock on the wall. */
    Instant now() {
        return clock.instant();
    }
}
