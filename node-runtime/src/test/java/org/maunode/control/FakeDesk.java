package org.maunode.control;

import com.eclipsesource.json.JsonArray;
import com.eclipsesource.json.JsonObject;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.function.Consumer;
import org.maunode.identity.Fingerprint;

/** A node that answers what the test wants, when it wants. */
final class FakeDesk implements Desk {
    /** What status answers. */
    volatile JsonObject status = new JsonObject().add("name", "node");

    /** Held closed, find waits here between its two steps of progress. */
    volatile CountDownLatch mayFind = new CountDownLatch(0);

    final CompletableFuture<Boolean> asked = new CompletableFuture<>();
    final CompletableFuture<Fingerprint> finding = new CompletableFuture<>();
    final CompletableFuture<Fingerprint> interrupted = new CompletableFuture<>();
    final CompletableFuture<RuntimeException> deserted = new CompletableFuture<>();
    final CompletableFuture<Set<Fingerprint>> synced = new CompletableFuture<>();

    @Override
    public JsonObject status() {
        asked.complete(true);
        return status;
    }

    @Override
    public JsonArray peers() {
        throw new IllegalStateException("out of order");
    }

    @Override
    public JsonObject find(Fingerprint peer, Consumer<JsonObject> progress) {
        try {
            progress.accept(new JsonObject().add("step", 1));
            finding.complete(peer);
            mayFind.await();
            progress.accept(new JsonObject().add("step", 2));
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
            interrupted.complete(peer);
        } catch (RuntimeException nobodyListens) {
            deserted.complete(nobodyListens);
            throw nobodyListens;
        }
        return new JsonObject().add("fingerprint", peer.toString());
    }

    @Override
    public JsonObject ping(Fingerprint peer) {
        return new JsonObject().add("fingerprint", peer.toString());
    }

    @Override
    public JsonArray sync(Set<Fingerprint> peers) {
        synced.complete(peers);
        return new JsonArray();
    }
}
