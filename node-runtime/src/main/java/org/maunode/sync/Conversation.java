package org.maunode.sync;

import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.maunode.exchange.ExchangeException;
import org.maunode.exchange.ExchangeException.Reason;
import org.maunode.exchange.RemotePeer;
import org.maunode.exchange.RemotePeer.From;
import org.maunode.exchange.RemotePeer.Watch;
import org.maunode.store.StoreException;
import org.maunode.sync.PeerState.Phase;
import org.maunode.sync.Scheduler.Alarm;

/**
 * What is done over one open connection to a peer, for its own files and ours. Steps of one peer come one at a time; each
 * throws {@link ExchangeException} if the connection is of no use any more.
 *
 * <pre>
 *   sync ──► peer knows waiting ──► wait ──► news ──► wait ...
 *        └─► it does not ─────────► sync again after the interval
 * </pre>
 */
final class Conversation implements AutoCloseable {
    private static final Logger LOG = Logger.getLogger("org.maunode.sync");

    /** How long a connection may take to show that it lives. */
    static final Duration PROOF = Duration.ofSeconds(3);

    /** Time for the peer to connect to us in turn, and to wait for our news itself. */
    static final Duration SETTLING = Duration.ofSeconds(2);

    /** Who spoke so lately need not prove that it lives because somebody saw it. */
    private static final Duration FRESH = Duration.ofSeconds(5);

    private static final Backoff AGAIN = new Backoff(Duration.ofSeconds(5), Duration.ofMinutes(15));
    private static final Duration BUSY = Duration.ofSeconds(30);

    private final Shared shared;
    private final Link link;
    private final Mailbox mailbox;
    private final Standing standing;
    private final Pushing pushing;
    private final Listening listening;
    private volatile boolean suspect;
    private long heardAt;
    private int incomplete;

    Conversation(Shared shared, Link link, Mailbox mailbox, Standing standing, Pushing pushing) {
        this.shared = shared;
        this.link = link;
        this.mailbox = mailbox;
        this.standing = standing;
        this.pushing = pushing;
        this.listening = new Listening(
                shared, link.peer(), link.remote(), SyncProgress.SILENT, () -> mailbox.wake(Wake.ANSWERED));
    }

    Link link() {
        return link;
    }

    /** Whether the connection was doubted, and has not shown that it lives. */
    boolean isSuspect() {
        return suspect;
    }

    void begin() {
        mailbox.wake(Wake.PUSH, SETTLING);
        sync();
        goOn();
    }

    void on(Set<Wake> wakes) {
        if (!link.isSlow() && (wakes.contains(Wake.NETWORK) || wakes.contains(Wake.SEEN) && !isFresh())) {
            check();
        }
        if (listening.isAnswered()) {
            hear();
        }
        if (wakes.contains(Wake.SYNC)) {
            sync();
        }
        if (wakes.contains(Wake.PUSH)) {
            push();
        }
        goOn();
    }

    private void sync() {
        standing.phase(Phase.SYNCING);
        judge(listening.catchUp());
    }

    private void hear() {
        standing.phase(Phase.SYNCING);
        try {
            listening.take().ifPresentOrElse(this::judge, this::settled);
        } catch (ExchangeException failed) {
            requireUsable(failed);
            again(failed.getMessage());
        }
    }

    private boolean isFresh() {
        return shared.scheduler().nanos() - heardAt < FRESH.toNanos();
    }

    private void judge(SyncReport report) {
        shared.listener().synced(report);
        report.interrupted().ifPresent(Conversation::requireUsable);
        heardAt = shared.scheduler().nanos();
        if (report.isComplete()) {
            settled();
        } else {
            again(report.interrupted().map(Throwable::getMessage).orElse(report.summary()));
        }
    }

    /** What an earlier run left open is still asked for at its time. */
    private void settled() {
        if (listening.isGapless()) {
            incomplete = 0;
            standing.inSync(shared.follower().now());
            scheduleNextPoll();
        }
    }

    private static void requireUsable(ExchangeException failed) {
        if (failed.reason() != Reason.BUSY) {
            throw failed;
        }
    }

    private void again(String why) {
        incomplete++;
        standing.trouble(why);
        wake(Wake.SYNC, AGAIN.after(incomplete, shared.random()));
    }

    private void scheduleNextPoll() {
        if (listening.canWait()) {
            mailbox.cancel(Wake.SYNC);
            standing.noNextTry();
        } else {
            wake(Wake.SYNC, Backoff.spread(shared.options().interval(), shared.random()));
        }
    }

    private void wake(Wake why, Duration wait) {
        standing.nextTry(shared.scheduler().nanos(), wait);
        mailbox.wake(why, wait);
    }

    private void push() {
        switch (pushing.pushTo(link)) {
            case DONE -> {}
            case MORE -> mailbox.wake(Wake.PUSH);
            case SOON -> mailbox.wake(Wake.PUSH, SETTLING);
            case LATER -> mailbox.wake(Wake.PUSH, Backoff.spread(BUSY, shared.random()));
        }
    }

    private void goOn() {
        Duration pause = listening.pause();
        if (pause.isZero() || listening.isWaiting()) {
            listening.await();
        } else {
            mailbox.wake(Wake.WAIT, pause);
        }
        standing.phase(listening.canWait() ? Phase.WAITING : Phase.POLLING);
    }

    /**
     * Finds out whether the connection still lives: a board that lost power says no goodbye, and one that moved to another
     * network cannot. A dead one is closed, and so found broken by whatever waits there.
     */
    private void check() {
        suspect = true;
        Alarm guard = shared.scheduler().after(PROOF, link::close);
        Optional<Watch> probe = listening.probe();
        if (probe.isPresent()) {
            probe.get().answered().whenComplete((_, failed) -> proved(guard, probe.get(), failed));
        } else {
            askShortly(guard);
        }
    }

    private void proved(Alarm guard, Watch probe, Throwable failed) {
        guard.cancel();
        probe.close();
        suspect = failed instanceof ExchangeException why && why.reason() != Reason.BUSY;
        if (suspect) {
            link.close();
        }
    }

    private void askShortly(Alarm guard) {
        try {
            RemotePeer remote = link.remote();
            remote.list(link.peer(), new From.Since(shared.follower().now()));
            suspect = false;
        } finally {
            guard.cancel();
        }
    }

    /** What could not be written down is listed once more. */
    @Override
    public void close() {
        listening.close();
        link.close();
        try {
            listening.remember();
        } catch (StoreException unwritable) {
            LOG.log(Level.FINE, "{0}: {1}", new Object[] {link.peer(), unwritable.getMessage()});
        }
    }
}
