package org.maunode.sync;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.maunode.exchange.ExchangeException;
import org.maunode.exchange.RemotePeer;
import org.maunode.exchange.Waiters.Attention;
import org.maunode.identity.Fingerprint;
import org.maunode.store.Position;
import org.maunode.store.StoredFile;

/**
 * Leaves our files at a peer that cannot or does not fetch them. What it holds of us is listed once a connection; from then
 * on only what is new here is looked at. Confined to one thread at a time.
 *
 * <pre>
 *   nothing known ──► listed there ──► walk our files ──► at the end: behind it next time
 *        ▲                                  │
 *        ├── another connection             │
 *        └── it waits for our news, and fetches by itself
 * </pre>
 */
final class Pushing {
    /** Files that are left before others have their turn. */
    static final int AT_ONCE = 32;

    /** How long a peer that wants no pushing is left alone, and at least until the next connection. */
    static final Duration LEFT_ALONE = Duration.ofMinutes(10);

    private static final Logger LOG = Logger.getLogger("org.maunode.sync");
    private static final int BATCH = 128;

    private final Outbox outbox;
    private final Fingerprint peer;
    private final Scheduler scheduler;
    private Optional<Link> known = Optional.empty();
    private Optional<Link> unwilling = Optional.empty();
    private long unwillingSince;
    private boolean looksAgain;
    private HeldFiles held = new HeldFiles();
    private Position reached = Position.START;

    /** How it goes on. */
    enum Next {
        /** Nothing is left to do until there is something new. */
        DONE,
        /** There is more, after others had their turn. */
        MORE,
        /** The peer is told by itself, and needs a moment to fetch and to wait again. */
        SOON,
        /** The peer is busy. */
        LATER
    }

    Pushing(Outbox outbox, Fingerprint peer, Scheduler scheduler) {
        this.outbox = outbox;
        this.peer = peer;
        this.scheduler = scheduler;
    }

    /** @throws ExchangeException if the connection broke */
    Next pushTo(Link link) {
        if (isUnwilling(link)) {
            return Next.DONE;
        }
        Attention attention = outbox.attention(peer);
        if (attention != Attention.NONE) {
            known = Optional.empty();
            return next(attention);
        }
        looksAgain = false;
        try {
            return compareAndPush(link);
        } catch (ExchangeException refused) {
            return next(link, refused);
        }
    }

    /** Whoever still waits a moment later was told and came back, or had nothing to be told; whoever does not may be gone. */
    private Next next(Attention attention) {
        looksAgain = attention == Attention.LATELY || !looksAgain;
        return looksAgain ? Next.SOON : Next.DONE;
    }

    private boolean isUnwilling(Link link) {
        return unwilling.isPresent()
                && (unwilling.get() == link || scheduler.nanos() - unwillingSince < LEFT_ALONE.toNanos());
    }

    private Next next(Link link, ExchangeException refused) {
        return switch (refused.reason()) {
            case BUSY -> Next.LATER;
            case UNREACHABLE, TIMED_OUT, WRONG_IDENTITY -> throw refused;
            default -> leaveAlone(link, refused.getMessage());
        };
    }

    private Next leaveAlone(Link link, String why) {
        LOG.log(Level.FINE, "{0} takes nothing unasked: {1}", new Object[] {peer, why});
        unwilling = Optional.of(link);
        unwillingSince = scheduler.nanos();
        return Next.DONE;
    }

    private Next compareAndPush(Link link) {
        if (known.isEmpty() || known.get() != link) {
            if (!compare(link.remote())) {
                return leaveAlone(link, "it knows no paging, so no pushing either");
            }
            known = Optional.of(link);
            reached = Position.START;
        }
        return walk(link.remote());
    }

    /** {@code false} if it is one that cannot say where its listing ends. */
    private boolean compare(RemotePeer remote) {
        Optional<HeldFiles> listed = HeldFiles.listedBy(remote, outbox.self());
        held = listed.orElseGet(HeldFiles::new);
        return listed.isPresent();
    }

    private Next walk(RemotePeer remote) {
        Predicate<StoredFile> wanted = outbox.meantFor(peer).and(this::isMissing);
        int left = AT_ONCE;
        for (List<StoredFile> batch = batch(); !batch.isEmpty(); batch = batch()) {
            for (StoredFile file : batch) {
                if (wanted.test(file)) {
                    if (left-- == 0) {
                        return Next.MORE;
                    }
                    leave(remote, file);
                }
                reached = Position.after(file);
            }
        }
        held = new HeldFiles();
        return Next.DONE;
    }

    private List<StoredFile> batch() {
        return outbox.behind(reached, BATCH);
    }

    private boolean isMissing(StoredFile file) {
        return !held.contains(file) && !outbox.refused().contains(key(file));
    }

    private void leave(RemotePeer remote, StoredFile file) {
        try {
            remote.push(file);
            LOG.log(Level.FINE, "{0} left at {1}", new Object[] {file.name(), peer});
        } catch (ExchangeException refused) {
            if (refused.reason() != ExchangeException.Reason.REFUSED) {
                throw refused;
            }
            outbox.refused().add(key(file));
            LOG.log(Level.WARNING, "{0} does not take {1}: {2}", new Object[] {peer, file.name(), refused.getMessage()
            });
        } catch (IOException gone) {
            LOG.log(Level.FINE, "{0} changed before it was left at {1}: {2}", new Object[] {file.name(), peer, gone});
        }
    }

    private RefusedFiles.Refused key(StoredFile file) {
        return new RefusedFiles.Refused(outbox.self(), peer, file.sum());
    }
}
