package org.maunode.sync;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Objects;
import java.util.Optional;
import org.maunode.exchange.ExchangeException;
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

    private final Account account;
    private final ContentStore store;
    private final Checkpoints checkpoints;
    private final Options options;
    private final InstantSource clock;
    private final Opener opener;

    /**
     * What a follower accepts.
     *
     * @param maxFileBytes the largest file that is fetched, in bytes
     * @param retention which old versions of fetched files are kept
     */
    public record Options(long maxFileBytes, Retention retention) {
        /** 16 GiB, and every version. */
        public static final Options DEFAULT = new Options(16L << 30, new Retention.KeepAll());
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
        Fingerprint peer = remote.fingerprint();
        PublicIdentity author = account.keyring()
                .find(peer)
                .orElseThrow(() -> new StoreException(
                        StoreException.Reason.NOT_FOUND,
                        account.root(),
                        "the key of " + peer + " is not in the keyring; add it as a friend first",
                        null));
        Checkpoint from = checkpoints.load(peer);
        FileIntake intake = new FileIntake(store, opener, author, remote, options, progress);
        Run run = new Run(remote, intake, from);
        try {
            run.walk(pager(from, author));
            return intake.report(Optional.empty());
        } catch (ExchangeException broken) {
            return intake.report(Optional.of(broken));
        } finally {
            run.remember();
        }
    }

    /** A first listing is asked for whole: a board's clock may have been wrong when it made its key, or its files. */
    private Pager pager(Checkpoint from, PublicIdentity author) {
        return from.equals(Checkpoint.NONE)
                ? Pager.fromTheStart(author.created(), clock.instant())
                : Pager.from(from.reached().minus(OVERLAP), clock.instant());
    }

    /** One pass over one peer's listing. */
    private final class Run {
        private final RemotePeer remote;
        private final FileIntake intake;
        private final Checkpoint before;
        private Checkpoint reached;
        private boolean gapless = true;

        Run(RemotePeer remote, FileIntake intake, Checkpoint from) {
            this.remote = remote;
            this.intake = intake;
            this.before = from;
            this.reached = from;
        }

        void walk(Pager pager) {
            Optional<RemotePeer.From> next = Optional.of(pager.first());
            while (next.isPresent()) {
                RemotePeer.Page page = remote.list(remote.fingerprint(), next.get());
                page.flaws().forEach(intake::flawed);
                next = pager.behind(page.behind(), take(page));
            }
        }

        private Optional<Instant> take(RemotePeer.Page page) {
            Optional<Instant> newest = Optional.empty();
            for (var file : page.files()) {
                FileIntake.Outcome outcome = intake.take(file);
                gapless &= outcome.settled();
                Optional<Instant> time = file.modified().or(outcome::signedAt);
                if (gapless) {
                    reached = time.map(reached::advancedTo).orElse(reached);
                }
                newest = later(newest, time);
            }
            return newest;
        }

        private static Optional<Instant> later(Optional<Instant> a, Optional<Instant> b) {
            return a.isPresent() && (b.isEmpty() || a.get().isAfter(b.get())) ? a : b;
        }

        void remember() {
            if (!reached.equals(before)) {
                checkpoints.save(remote.fingerprint(), reached);
            }
        }
    }
}
