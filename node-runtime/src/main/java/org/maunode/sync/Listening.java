package org.maunode.sync;

import java.time.Duration;
import java.util.Optional;
import org.maunode.exchange.ExchangeException;
import org.maunode.exchange.RemotePeer;
import org.maunode.exchange.RemotePeer.From;
import org.maunode.exchange.RemotePeer.Watch;
import org.maunode.identity.Fingerprint;

/**
 * One author's files at one peer, the author or a relay: asked for to the end, then waited for. No thread is held while
 * waiting. Confined to one thread at a time; closed from any.
 *
 * <pre>
 *   catchUp ──► await ──► (answered) ──► take ──► await ...
 * </pre>
 */
final class Listening implements AutoCloseable {
    /** An answer that brings nothing is a renewal if it took this long, else the peer wastes our time. */
    private static final Duration QUICK = Duration.ofSeconds(10);

    /** What one that answers at once with nothing is made to wait for the next request, after some that are forgiven. */
    private static final Backoff PATIENCE = new Backoff(Duration.ofSeconds(1), Duration.ofMinutes(5));

    private static final int FORGIVEN = 3;

    /** After so many askings a peer that did not wait is asked to wait once more. */
    private static final int TRY_AGAIN = 10;

    /** After this the listing is asked for anew: see {@link Checkpoint#BELIEVED}. */
    private static final Duration WHOLE = Checkpoint.BELIEVED;

    private final Shared shared;
    private final Fingerprint author;
    private final RemotePeer remote;
    private final Trail trail;
    private final Runnable wake;
    private volatile Optional<Watch> watch = Optional.empty();
    private volatile boolean closed;
    private boolean knowsWaiting = true;
    private long askedAt;
    private long caughtUpAt;
    private int fruitless;
    private int catchUps;
    private long pausedUntil;

    /**
     * @param progress hears of each run
     * @param wake called when an answer is there, on a thread that must not be kept
     */
    Listening(Shared shared, Fingerprint author, RemotePeer remote, SyncProgress progress, Runnable wake) {
        this.shared = shared;
        this.author = author;
        this.remote = remote;
        this.trail = shared.follower().trail(remote, author, progress);
        this.wake = wake;
    }

    /** Asks for everything since the checkpoint. */
    SyncReport catchUp() {
        stopWaiting();
        caughtUpAt = now();
        catchUps++;
        // Who had no place for a wait may have one later.
        knowsWaiting |= catchUps % TRY_AGAIN == 0;
        return trail.catchUp();
    }

    /** Whether nothing is left open but what the last report says. */
    boolean isGapless() {
        return trail.isGapless();
    }

    boolean isWaiting() {
        return watch.isPresent();
    }

    /** Whether the peer may be waited at, as far as it is known. */
    boolean canWait() {
        return knowsWaiting && trail.end().isPresent();
    }

    /** Begins to wait, if the peer can and does not already. */
    void await() {
        if (canWait() && watch.isEmpty()) {
            watch = Optional.of(begun(trail.end().orElseThrow()));
            watch.ifPresent(begun -> begun.answered().whenComplete((_, _) -> wake.run()));
            if (closed) {
                stopWaiting();
            }
        }
    }

    private Watch begun(From end) {
        askedAt = now();
        return remote.watch(author, end, shared.renewal());
    }

    boolean isAnswered() {
        return watch.filter(waited -> waited.answered().isDone()).isPresent();
    }

    /**
     * Works through what came.
     *
     * @return empty if nothing came
     * @throws ExchangeException if the wait failed
     */
    Optional<SyncReport> take() {
        Watch answered = watch.orElseThrow();
        watch = Optional.empty();
        try (answered) {
            RemotePeer.Page page = answered.page();
            knowsWaiting = answered.waited();
            Optional<SyncReport> report =
                    page.files().isEmpty() && page.flaws().isEmpty() ? quiet() : Optional.of(trail.take(page));
            count(report.map(now -> now.fetched() + now.alreadyHere()).orElse(0) > 0);
            return report;
        } catch (ExchangeException failed) {
            fruitless = FORGIVEN;
            count(false);
            throw failed;
        }
    }

    private Optional<SyncReport> quiet() {
        return now() - caughtUpAt > WHOLE.toNanos() ? Optional.of(catchUp()) : Optional.empty();
    }

    private void count(boolean fruitful) {
        boolean quick = now() - askedAt < QUICK.toNanos();
        fruitless = quick && !fruitful ? fruitless + 1 : 0;
        if (fruitless > FORGIVEN) {
            pausedUntil = now()
                    + PATIENCE.after(fruitless - FORGIVEN, shared.random()).toNanos();
        }
    }

    /** How long the peer is still to be left alone before the next wait: not at all, unless it answers without need. */
    Duration pause() {
        return fruitless > FORGIVEN ? Duration.ofNanos(Math.max(0, pausedUntil - now())) : Duration.ZERO;
    }

    private long now() {
        return shared.scheduler().nanos();
    }

    /** Asks for what is new now, without waiting: whether the connection lives. Returns at once. */
    Optional<Watch> probe() {
        return trail.end().filter(_ -> knowsWaiting).map(end -> remote.watch(author, end, Duration.ZERO));
    }

    /** Writes down how far it came. */
    void remember() {
        trail.remember();
    }

    private void stopWaiting() {
        Optional<Watch> given = watch;
        watch = Optional.empty();
        given.ifPresent(Watch::close);
    }

    @Override
    public void close() {
        closed = true;
        stopWaiting();
    }
}
