package org.maunode.runtime;

import com.eclipsesource.json.JsonObject;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import org.maunode.control.SyncAnswer;
import org.maunode.identity.Fingerprint;
import org.maunode.sync.SyncReport;
import org.maunode.sync.Syncer;

/**
 * Runs of the syncer that somebody waits for, besides whoever hears of all. Each waits on a thread of its own, so that there
 * are as many as the control socket has clients. Thread-safe.
 */
final class Errands implements Syncer.Listener {
    private static final String STOPPED = "the node stops";

    private final Consumer<SyncReport> everybody;
    private final Map<Fingerprint, Set<Errand>> awaited = new HashMap<>();
    private boolean closed;

    /** What the next run with a peer comes to. */
    record Errand(Fingerprint peer, CompletableFuture<JsonObject> answer) {
        private Errand(Fingerprint peer) {
            this(peer, new CompletableFuture<>());
        }

        private void fail(String why) {
            answer.complete(SyncAnswer.unreached(peer, why));
        }

        private JsonObject await(long nanos) throws InterruptedException {
            try {
                return answer.get(Math.max(0, nanos), TimeUnit.NANOSECONDS);
            } catch (TimeoutException slow) {
                return SyncAnswer.unreached(peer, "takes too long to wait for; it goes on");
            } catch (ExecutionException impossible) {
                throw new AssertionError(impossible);
            }
        }
    }

    Errands(Consumer<SyncReport> everybody) {
        this.everybody = everybody;
    }

    /** Waits for the next run with {@code peer}, until it is forgotten. */
    synchronized Errand next(Fingerprint peer) {
        Errand errand = new Errand(peer);
        if (closed) {
            errand.fail(STOPPED);
        } else {
            awaited.computeIfAbsent(peer, _ -> new HashSet<>()).add(errand);
        }
        return errand;
    }

    /** Those for whose runs somebody waits. */
    synchronized Set<Fingerprint> awaited() {
        return Set.copyOf(awaited.keySet());
    }

    /**
     * What {@code errands} come to, in their order, however they end; at the latest after {@code patience}. An interrupt is
     * an end of all, and kept.
     */
    List<JsonObject> answers(List<Errand> errands, Duration patience) {
        long end = System.nanoTime() + patience.toNanos();
        return errands.stream().map(errand -> answer(errand, end)).toList();
    }

    private static JsonObject answer(Errand errand, long end) {
        try {
            return errand.await(end - System.nanoTime());
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
            return SyncAnswer.unreached(errand.peer(), STOPPED);
        }
    }

    /** Nobody waits for these any longer. */
    synchronized void forget(List<Errand> errands) {
        for (Errand errand : errands) {
            awaited.computeIfPresent(errand.peer(), (_, all) -> all.remove(errand) && all.isEmpty() ? null : all);
        }
    }

    /** There will be no run with others than {@code followed}. */
    void retain(Set<Fingerprint> followed) {
        awaited().stream().filter(peer -> !followed.contains(peer)).forEach(peer -> take(peer)
                .forEach(errand -> errand.fail("is not followed")));
    }

    /** A relay's files do not end the wait for their author. */
    @Override
    public void synced(SyncReport report) {
        try {
            everybody.accept(report);
        } finally {
            if (report.source().equals(report.peer())) {
                JsonObject answer = SyncAnswer.of(report);
                take(report.peer()).forEach(errand -> errand.answer().complete(answer));
            }
        }
    }

    @Override
    public void away(Fingerprint peer, String why) {
        take(peer).forEach(errand -> errand.fail(why));
    }

    private synchronized Set<Errand> take(Fingerprint peer) {
        return Optional.ofNullable(awaited.remove(peer)).orElse(Set.of());
    }

    /** There will be no runs any more. */
    synchronized void close() {
        closed = true;
        awaited.values().forEach(all -> all.forEach(errand -> errand.fail(STOPPED)));
        awaited.clear();
    }
}
