package org.maunode.sync;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.maunode.exchange.ExchangeException;
import org.maunode.identity.Fingerprint;

/**
 * Those through whom we hear of an author who is away: others whom we follow, who are connected, and who serve what they
 * hold of it. None of them is believed, and what one does wrong keeps nobody from asking the others; nor does a relay that
 * takes its time keep us from the author. Confined to one thread at a time.
 */
final class Relays implements AutoCloseable {
    /** Relays that are used for one author at once. */
    static final int MAX = 8;

    private static final Logger LOG = Logger.getLogger("org.maunode.sync");

    private final Shared shared;
    private final Fingerprint author;
    private final Runnable wake;
    private final SyncProgress yielding;
    private final Map<Link, Listening> used = new LinkedHashMap<>();

    /**
     * @param wake called when one of them has an answer
     * @param authorIsDue whether the author itself is to be tried now
     */
    Relays(Shared shared, Fingerprint author, Runnable wake, BooleanSupplier authorIsDue) {
        this.shared = shared;
        this.author = author;
        this.wake = wake;
        this.yielding = new Yielding(authorIsDue);
    }

    /** Breaks a run off, to go on later where it was. */
    private record Yielding(BooleanSupplier authorIsDue) implements SyncProgress {
        @Override
        public void asks() {
            if (authorIsDue.getAsBoolean()) {
                throw new ExchangeException(ExchangeException.Reason.TIMED_OUT, "the author is tried again first");
            }
        }

        @Override
        public void received(long count) {
            asks();
        }
    }

    List<Fingerprint> inUse() {
        return used.keySet().stream().map(Link::peer).toList();
    }

    /** Asks those who came, leaves those who went, and takes what others tell. */
    void step() {
        List<Link> open = shared.links().all();
        List.copyOf(used.keySet()).stream().filter(link -> !open.contains(link)).forEach(this::leave);
        used.forEach(this::listen);
        open.stream().filter(this::isWanted).forEach(this::join);
    }

    /** Asks those again who cannot be waited at, or who had something that did not arrive. */
    void askAgain() {
        used.forEach((link, listening) -> {
            if (!listening.isWaiting()) {
                safely(link, () -> begin(listening));
            }
        });
    }

    private boolean isWanted(Link link) {
        return !used.containsKey(link) && !link.peer().equals(author) && used.size() < MAX;
    }

    private void join(Link link) {
        if (used.size() < MAX && link.takePlace()) {
            Listening listening = new Listening(shared, author, link.remote(), yielding, wake);
            used.put(link, listening);
            safely(link, () -> begin(listening));
        }
    }

    private void begin(Listening listening) {
        SyncReport report = listening.catchUp();
        tell(report);
        if (report.isComplete()) {
            listening.await();
        }
    }

    private void listen(Link link, Listening listening) {
        if (listening.isAnswered()) {
            safely(link, () -> {
                Optional<SyncReport> report = listening.take();
                report.ifPresent(this::tell);
                if (report.map(SyncReport::isComplete).orElse(true)
                        && listening.pause().isZero()) {
                    listening.await();
                }
            });
        }
    }

    private void tell(SyncReport report) {
        if (report.fetched() + report.refused() + report.postponed() > 0) {
            shared.listener().synced(report);
        }
    }

    /** A relay that fails is asked again later; if its connection broke, its own keeper finds out. */
    private void safely(Link link, Runnable asking) {
        try {
            asking.run();
        } catch (ExchangeException failed) {
            LOG.log(Level.FINE, "{0} from the relay {1}: {2}", new Object[] {author, link.peer(), failed.getMessage()});
        }
    }

    private void leave(Link link) {
        used.remove(link).close();
        link.givePlace();
    }

    /** The author is back, or not followed any more. */
    @Override
    public void close() {
        List.copyOf(used.keySet()).forEach(this::leave);
    }
}
