package org.maunode.discovery;

import java.net.InetSocketAddress;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.function.Consumer;
import org.maunode.identity.Fingerprint;

/** A resolver that finds something when the test says so. */
final class FakeResolver implements Resolver {
    private final String name;
    private final BlockingQueue<List<InetSocketAddress>> answers = new LinkedBlockingQueue<>();

    /** Completed when it is asked the first time. */
    final CompletableFuture<Fingerprint> asked = new CompletableFuture<>();

    /** Completed when it was interrupted while it looked. */
    final CompletableFuture<Fingerprint> interrupted = new CompletableFuture<>();

    FakeResolver(String name) {
        this.name = name;
    }

    /** Knows these at once, and nothing else. */
    static FakeResolver knowing(String name, InetSocketAddress... addresses) {
        FakeResolver resolver = new FakeResolver(name);
        List.of(addresses).forEach(resolver::finds);
        resolver.ends();
        return resolver;
    }

    FakeResolver finds(InetSocketAddress address) {
        answers.add(List.of(address));
        return this;
    }

    FakeResolver ends() {
        answers.add(List.of());
        return this;
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public void resolve(Fingerprint peer, Consumer<InetSocketAddress> found) {
        asked.complete(peer);
        try {
            for (List<InetSocketAddress> next = answers.take(); !next.isEmpty(); next = answers.take()) {
                next.forEach(found);
            }
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
            interrupted.complete(peer);
        }
    }
}
