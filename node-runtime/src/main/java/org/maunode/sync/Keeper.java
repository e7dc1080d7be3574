package org.maunode.sync;

import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.maunode.exchange.ExchangeException;
import org.maunode.exchange.RemotePeer;
import org.maunode.identity.Fingerprint;
import org.maunode.openpgp.OpenPgpException;
import org.maunode.store.StoreException;
import org.maunode.sync.PeerState.Phase;

/**
 * Keeps in sync with one peer. All of its steps come one at a time, on any thread of the pool; between them it holds none.
 *
 * <pre>
 *            due, seen, network                        sync done
 *   AWAY ───────────────────────► CONNECTING ──► SYNCING ──────► WAITING or POLLING
 *    ▲ files come through relays      │             ▲                │ news, due     │
 *    └────────── not reached ─────────┘             └────────────────┘               │
 *    ▲                                                                               │
 *    └───────────────────────── the connection broke ────────────────────────────────┘
 * </pre>
 */
final class Keeper {
    private static final Logger LOG = Logger.getLogger("org.maunode.sync");
    private static final Backoff BACKOFF = new Backoff(Duration.ofSeconds(2), Duration.ofMinutes(15));

    /** A connection that lasted so long is worth another at once. */
    private static final Duration STEADY = Duration.ofSeconds(30);

    /** For those who all lost their connection at one time. */
    private static final Duration AT_ONCE = Duration.ofMillis(200);

    /** What announcements, which anybody can make, may cause: some tries, and one more each while. */
    private static final int MOST_SEEN = 3;

    private static final Duration EACH_SEEN = Duration.ofSeconds(15);

    /** Between two searches for a better way than a slow one that works: each keeps what came by that one waiting. */
    private static final Duration BETWEEN_MOVES = Duration.ofMinutes(1);

    /** A better way is looked for now and then, though nothing tells of one. */
    private static final Duration UNTOLD = Duration.ofMinutes(15);

    private final Fingerprint peer;
    private final Shared shared;
    private final Mailbox mailbox;
    private final Standing standing;
    private final Allowance seen;
    private final Relays relays;
    private final Pushing pushing;
    private Optional<Conversation> conversation = Optional.empty();
    private Optional<Link> opened = Optional.empty();
    private int failures;
    private boolean failed;
    private Optional<Long> movedAt = Optional.empty();
    private volatile Optional<Link> open = Optional.empty();
    private volatile boolean stopped;

    Keeper(Fingerprint peer, Shared shared) {
        this.peer = peer;
        this.shared = shared;
        this.mailbox = new Mailbox(shared.scheduler(), this::step);
        this.standing = new Standing(peer);
        this.seen = new Allowance(MOST_SEEN, EACH_SEEN, shared.scheduler().nanos());
        this.relays = new Relays(shared, peer, () -> mailbox.wake(Wake.RELAYS), () -> mailbox.isPending(this::isDue));
        this.pushing = new Pushing(shared.outbox(), peer, shared.scheduler());
    }

    void wake(Wake why) {
        mailbox.wake(why);
    }

    void wake(Wake why, Duration wait) {
        mailbox.wake(why, wait);
    }

    PeerState state() {
        return standing.at(shared.follower().now(), shared.scheduler().nanos());
    }

    /** Ends everything with this peer; what goes on is broken off. From any thread. */
    void stop() {
        stopped = true;
        mailbox.close();
        open.ifPresent(Link::close);
        mailbox.wake(Wake.STOP);
    }

    private void step(Set<Wake> wakes) {
        try {
            if (stopped) {
                end();
            } else {
                go(wakes);
            }
        } catch (ExchangeException broken) {
            lost(broken.getMessage());
        } catch (StoreException | OpenPgpException here) {
            LOG.log(Level.WARNING, "sync with {0} failed here: {1}", new Object[] {peer, here.getMessage()});
            lost(here.getMessage());
        } catch (RuntimeException | Error defect) {
            // One peer's bad luck must not end the schedule of the others, nor its own.
            LOG.log(Level.SEVERE, "sync with " + peer + " met a defect", defect);
            lost(defect.toString());
        }
    }

    private void go(Set<Wake> wakes) {
        if (wakes.contains(Wake.SEEN) && !seen.take(shared.scheduler().nanos())) {
            wakes.remove(Wake.SEEN);
            mailbox.wake(Wake.SEEN, seen.untilNext(shared.scheduler().nanos()));
        }
        if (opened.isPresent()) {
            begin();
        } else if (conversation.isPresent()) {
            converse(conversation.get(), wakes);
        } else {
            away(wakes);
        }
    }

    private void converse(Conversation now, Set<Wake> wakes) {
        now.on(wakes);
        if (now.link().isSlow() && wakes.stream().anyMatch(Keeper::isReasonToMove)) {
            moveSoon();
        }
    }

    private static boolean isReasonToMove(Wake why) {
        return why == Wake.MOVE || why == Wake.SEEN || why == Wake.NETWORK;
    }

    private void moveSoon() {
        long now = shared.scheduler().nanos();
        Duration rest = movedAt.map(at -> BETWEEN_MOVES.minusNanos(now - at)).orElse(Duration.ZERO);
        if (rest.isPositive()) {
            mailbox.wake(Wake.MOVE, rest);
        } else {
            movedAt = Optional.of(now);
            mailbox.wake(Wake.MOVE, UNTOLD);
            mailbox.dial(0, this::move);
        }
    }

    /** The slow connection goes on until there is a better one. */
    private void move() {
        try {
            RemotePeer better = shared.connector().connectFast(peer);
            if (better.isSlow()) {
                better.close();
            } else {
                opened(better);
            }
        } catch (ExchangeException | StoreException | OpenPgpException none) {
            LOG.log(Level.FINE, "no better way to {0}: {1}", new Object[] {peer, none.getMessage()});
        } catch (RuntimeException | Error defect) {
            LOG.log(Level.SEVERE, "looking for a better way to " + peer + " met a defect", defect);
        }
    }

    private void away(Set<Wake> wakes) {
        if (wakes.contains(Wake.NETWORK)) {
            failures = 0;
        }
        if (wakes.stream().anyMatch(Keeper::isReasonToDial)) {
            standing.phase(Phase.CONNECTING);
            standing.noNextTry();
            mailbox.cancel(Wake.DIAL);
            mailbox.dial(failures, this::connect);
        } else {
            askRelays();
        }
    }

    /** Whether the peer will be dialled for it now; those who shout do not break off what comes through relays. */
    private boolean isDue(Wake why) {
        return why == Wake.SEEN ? seen.untilNext(shared.scheduler().nanos()).isZero() : isReasonToDial(why);
    }

    private static boolean isReasonToDial(Wake why) {
        return switch (why) {
            case DIAL, SEEN, NETWORK, SYNC -> true;
            case ANSWERED, RELAYS, MOVE, WAIT, PUSH, STOP -> false;
        };
    }

    private void connect() {
        try {
            opened(shared.connector().connect(peer));
        } catch (ExchangeException | StoreException | OpenPgpException unreached) {
            unreached(unreached.getMessage());
        } catch (RuntimeException | Error defect) {
            LOG.log(Level.SEVERE, "looking for " + peer + " met a defect", defect);
            unreached(defect.toString());
        }
    }

    private void opened(RemotePeer remote) {
        Link link = new Link(remote, shared.scheduler());
        open = Optional.of(link);
        opened = open;
        if (stopped) {
            link.close();
        }
        mailbox.wake(Wake.ANSWERED);
    }

    /** Said aloud once, until it was reached again. */
    private void unreached(String why) {
        LOG.log(failures == 0 ? Level.INFO : Level.FINE, "{0} is away: {1}", new Object[] {peer, why});
        failed = true;
        tryAgain(why);
    }

    private void tryAgain(String why) {
        failures++;
        standing.trouble(why);
        shared.listener().away(peer, why);
        dialAfter(BACKOFF.after(failures, shared.random()));
    }

    private void dialAfter(Duration wait) {
        standing.phase(Phase.AWAY);
        standing.nextTry(shared.scheduler().nanos(), wait);
        mailbox.wake(Wake.DIAL, wait);
        mailbox.wake(Wake.RELAYS);
    }

    private void askRelays() {
        relays.step();
        if (failed) {
            failed = false;
            relays.askAgain();
        }
        standing.relays(relays.inUse());
    }

    private void begin() {
        Link link = opened.orElseThrow();
        opened = Optional.empty();
        leave(link);
        relays.close();
        standing.relays(relays.inUse());
        standing.where(link.remote().address());
        Conversation begun = new Conversation(shared, link, mailbox, standing, pushing);
        conversation = Optional.of(begun);
        shared.links().add(link);
        if (link.isSlow()) {
            mailbox.wake(Wake.MOVE, UNTOLD);
        }
        begun.begin();
    }

    /** What there was before {@code better}, if anything. */
    private void leave(Link better) {
        if (conversation.isPresent()) {
            LOG.log(Level.INFO, "{0} was found by a better way", peer);
            hangUp();
            open = Optional.of(better);
            if (stopped) {
                better.close();
            }
        }
    }

    /** A connection that lasted, or that was doubted for good reason, is worth another at once. */
    private void lost(String why) {
        LOG.log(Level.FINE, "{0} is lost: {1}", new Object[] {peer, why});
        boolean atOnce = conversation.filter(this::isWorthAnother).isPresent();
        hangUp();
        if (atOnce) {
            failures = 0;
            standing.trouble(why);
            dialAfter(Backoff.spread(AT_ONCE, shared.random()));
        } else {
            tryAgain(why);
        }
    }

    private boolean isWorthAnother(Conversation broken) {
        long lasted = shared.scheduler().nanos() - broken.link().opened();
        return broken.isSuspect() || lasted > STEADY.toNanos() && !broken.link().wasTooSlow();
    }

    private void hangUp() {
        mailbox.cancel(Wake.SYNC);
        mailbox.cancel(Wake.PUSH);
        mailbox.cancel(Wake.WAIT);
        mailbox.cancel(Wake.MOVE);
        open = Optional.empty();
        conversation.ifPresent(over -> {
            shared.links().remove(over.link());
            over.close();
        });
        conversation = Optional.empty();
    }

    private void end() {
        opened.ifPresent(Link::close);
        hangUp();
        relays.close();
    }
}
