package org.maunode.runtime;

import com.eclipsesource.json.JsonObject;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import org.maunode.control.SyncAnswer;
import org.maunode.identity.Fingerprint;
import org.maunode.sync.SyncReport;
import org.maunode.sync.Syncer;

/** Runs of the syncer that somebody waits for, besides whoever hears of all. Thread-safe. */
final class Errands implements Syncer.Listener {
    private final Consumer<SyncReport> everybody;
    private final Map<Fingerprint, Set<CompletableFuture<JsonObject>>> awaited = new HashMap<>();

    Errands(Consumer<SyncReport> everybody) {
        this.everybody = everybody;
    }

    /** What the next run with {@code peer} comes to. */
    synchronized CompletableFuture<JsonObject> next(Fingerprint peer) {
        CompletableFuture<JsonObject> answer = new CompletableFuture<>();
        awaited.computeIfAbsent(peer, _ -> new HashSet<>()).add(answer);
        return answer;
    }

    /** A relay's files do not end the wait for their author. */
    @Override
    public void synced(SyncReport report) {
        everybody.accept(report);
        if (report.source().equals(report.peer())) {
            answer(report.peer(), SyncAnswer.of(report));
        }
    }

    @Override
    public void away(Fingerprint peer, String why) {
        answer(peer, SyncAnswer.unreached(peer, why));
    }

    private void answer(Fingerprint peer, JsonObject answer) {
        awaitedOf(peer).forEach(one -> one.complete(answer));
    }

    private synchronized Set<CompletableFuture<JsonObject>> awaitedOf(Fingerprint peer) {
        return Optional.ofNullable(awaited.remove(peer)).orElse(Set.of());
    }

    /** Nobody waits any longer. */
    synchronized void close() {
        awaited.values().forEach(all -> all.forEach(one -> one.cancel(false)));
        awaited.clear();
    }
}
