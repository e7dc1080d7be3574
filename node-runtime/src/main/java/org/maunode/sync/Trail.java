package org.maunode.sync;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Supplier;
import org.maunode.exchange.ExchangeException;
import org.maunode.exchange.RemotePeer;
import org.maunode.exchange.RemotePeer.Behind;
import org.maunode.exchange.RemotePeer.From;
import org.maunode.exchange.RemotePeer.Page;
import org.maunode.identity.Fingerprint;
import org.maunode.openpgp.PublicIdentity;
import org.maunode.store.StoreException;

/**
 * One author's listing at one peer, worked through to its end, and then from there on as often as there is more. Confined
 * to one thread at a time.
 */
final class Trail {
    /**
     * How far the checkpoint on the disk may lie behind while news come one by one: a start lists so much again and fetches
     * nothing twice, and a card is not written for each file once more.
     */
    static final Duration BEHIND = Duration.ofMinutes(10);

    private final Follower follower;
    private final RemotePeer remote;
    private final Fingerprint author;
    private final SyncProgress progress;
    private Checkpoint saved = Checkpoint.NONE;
    private Checkpoint reached = Checkpoint.NONE;
    private boolean gapless;
    private Optional<From> end = Optional.empty();

    Trail(Follower follower, RemotePeer remote, Fingerprint author, SyncProgress progress) {
        this.follower = follower;
        this.remote = remote;
        this.author = author;
        this.progress = progress;
    }

    /** Where what comes later will be listed; empty if the peer did not say, or the end was not reached. */
    Optional<From> end() {
        return end;
    }

    /** Whether all that was listed so far is here or was refused for good. */
    boolean isGapless() {
        return gapless;
    }

    /** Asks from the checkpoint on, whatever was asked before. */
    SyncReport catchUp() {
        Instant now = follower.now();
        Checkpoint known = follower.checkpoints().load(author, remote.fingerprint());
        saved = known;
        reached = known.isBelievable(now) ? known : Checkpoint.startingAt(now);
        gapless = true;
        end = Optional.empty();
        Run run = run(now, latest(now, known.reached()));
        SyncReport report = run.through(() -> run.ask(run.pager.first()));
        remember();
        return report;
    }

    /**
     * Takes a page that was waited for, and asks on if more follows. What an earlier page left open stays open: only
     * {@link #catchUp} closes a gap.
     */
    SyncReport take(Page page) {
        Instant now = follower.now();
        Run run = run(now, latest(now, reached.reached()));
        SyncReport report = run.through(() -> run.digest(page));
        if (reached.reached().isAfter(saved.reached().plus(BEHIND))) {
            remember();
        }
        return report;
    }

    private Run run(Instant now, Instant searchedTo) {
        PublicIdentity key = follower.keyOf(author);
        return new Run(follower.intake(remote, key, progress), now, pager(key, searchedTo));
    }

    /** A first listing is asked for whole: a board's clock may have been wrong when it made its key, or its files. */
    private Pager pager(PublicIdentity key, Instant searchedTo) {
        return reached.reached().equals(Instant.EPOCH)
                ? Pager.fromTheStart(key.created(), latest(searchedTo, key.created()))
                : Pager.from(reached.reached().minus(Follower.OVERLAP), searchedTo);
    }

    /**
     * Writes down how far it was followed, if that is not written yet. Also when the thread was told to end, which would break
     * the writing off: the next start continues there.
     */
    void remember() {
        if (reached.equals(saved) || reached.reached().equals(Instant.EPOCH)) {
            return;
        }
        boolean interrupted = Thread.interrupted();
        try {
            follower.checkpoints().save(author, remote.fingerprint(), reached);
            saved = reached;
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    /** On a disk that fails the checkpoint will fail too, and must not hide what failed first. */
    private void rememberBeside(StoreException failed) {
        try {
            remember();
        } catch (StoreException also) {
            failed.addSuppressed(also);
        }
    }

    private static Instant latest(Instant a, Instant b) {
        return a.isAfter(b) ? a : b;
    }

    /** From one request to the end of what follows it. */
    private final class Run {
        private final FileIntake intake;
        private final Instant now;
        private final Pager pager;

        Run(FileIntake intake, Instant now, Pager pager) {
            this.intake = intake;
            this.now = now;
            this.pager = pager;
        }

        /** What is asked after {@code page}. */
        Optional<From> digest(Page page) {
            page.flaws().forEach(intake::flawed);
            if (page.behind() instanceof Behind.Nothing nothing) {
                end = nothing.cursor().map(From.Next::new);
            }
            return pager.behind(page.behind(), take(page));
        }

        Optional<From> ask(From from) {
            progress.asks();
            return digest(remote.list(author, from));
        }

        SyncReport through(Supplier<Optional<From>> first) {
            return intake.report(walk(first));
        }

        private Optional<ExchangeException> walk(Supplier<Optional<From>> first) {
            try {
                Optional<From> next = first.get();
                for (int pages = 1; next.isPresent(); pages++) {
                    requireRoom(pages);
                    next = ask(next.get());
                }
                return Optional.empty();
            } catch (ExchangeException broken) {
                return Optional.of(broken);
            } catch (StoreException failed) {
                rememberBeside(failed);
                throw failed;
            }
        }

        private static void requireRoom(int pages) {
            if (pages == Follower.MAX_PAGES) {
                throw new ExchangeException(
                        ExchangeException.Reason.OVER_LIMIT, "a listing of more than " + Follower.MAX_PAGES + " pages");
            }
        }

        private Optional<Instant> take(Page page) {
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
    }
}
