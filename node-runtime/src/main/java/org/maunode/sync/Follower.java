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
        Fingerprint peer = remote.fingerprint();
        PublicIdentity author = account.keyring()
                .find(peer)
                .orElseThrow(() -> new StoreException(
                        StoreException.Reason.NOT_FOUND,
                        account.root(),
                        "the key of " + peer + " is not in the keyring; add it as a friend first",
                        null));
        Checkpoint from = checkpoints.load(peer);
        FileIntake intake = new FileIntake(store, opener, author, remote, options, refused, progress);
        Instant now = clock.instant();
        Run run = new Run(remote, intake, from, now);
        Optional<ExchangeException> broken = walk(run, pager(from, author, now));
        run.remember();
        return intake.report(broken);
    }

    private static Optional<ExchangeException> walk(Run run, Pager pager) {
        try {
            run.walk(pager);
            return Optional.empty();
        } catch (ExchangeException broken) {
            return Optional.of(broken);
        } catch (StoreException failed) {
            run.rememberBeside(failed);
            throw failed;
        }
    }

    /** A first listing is asked for whole: a board's clock may have been wrong when it made its key, or its files. */
    private static Pager pager(Checkpoint from, PublicIdentity author, Instant now) {
        return from.equals(Checkpoint.NONE)
                ? Pager.fromTheStart(author.created(), now)
                : Pager.from(from.reached().minus(OVERLAP), now);
    }

    /** One pass over one peer's listing. */
    private final class Run {
        private final RemotePeer remote;
        private final FileIntake intake;
        private final Checkpoint before;
        private final Instant now;
        private Checkpoint reached;
        private boolean gapless = true;

        Run(RemotePeer remote, FileIntake intake, Checkpoint from, Instant now) {
            this.remote = remote;
            this.intake = intake;
            this.before = from;
            this.now = now;
            this.reached = from;
        }

        void walk(Pager pager) {
            Optional<RemotePeer.From> next = Optional.of(pager.first());
            for (int pages = 0; next.isPresent(); pages++) {
                if (pages == MAX_PAGES) {
                    throw new ExchangeException(
                            ExchangeException.Reason.OVER_LIMIT, "a listing of more than " + MAX_PAGES + " pages");
                }
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
                    reached = time.filter(this::isPast).map(reached::advancedTo).orElse(reached);
                }
                newest = later(newest, time);
            }
            return newest;
        }

        /**
         * A time ahead of us is some clock's mistake, and would hide all files that come before it: nothing is taken for
         * reached there, and those files are listed again until our clock has passed them.
         */
        private boolean isPast(Instant time) {
            return !time.isAfter(now);
        }

        private static Optional<Instant> later(Optional<Instant> a, Optional<Instant> b) {
            return a.isPresent() && (b.isEmpty() || a.get().isAfter(b.get())) ? a : b;
        }

        void remember() {
            if (!reached.equals(before)) {
                checkpoints.save(remote.fingerprint(), reached);
            }
        }

        /** On a disk that fails the checkpoint will fail too, and must not hide what failed first. */
        void rememberBeside(StoreException failed) {
            try {
                remember();
            } catch (StoreException also) {
                failed.addSuppressed(also);
            }
        }
    }
}
