package org.maunode.tools.fetch;

import java.net.InetSocketAddress;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.maunode.discovery.Resolver;
import org.maunode.identity.Fingerprint;

/** A resolver that is opened when it is first asked: most searches end before. Thread-safe. */
final class Late implements Resolver, AutoCloseable {
    private final String name;
    private final Supplier<Opened> opening;
    private Optional<Opened> opened = Optional.empty();
    private boolean closed;

    /** What was opened, and how it is closed. */
    record Opened(Resolver resolver, Runnable close) {}

    Late(String name, Supplier<Opened> opening) {
        this.name = name;
        this.opening = opening;
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public void resolve(Fingerprint peer, Consumer<InetSocketAddress> found) {
        resolver().ifPresent(resolver -> resolver.resolve(peer, found));
    }

    private synchronized Optional<Resolver> resolver() {
        if (opened.isEmpty() && !closed) {
            opened = Optional.of(opening.get());
        }
        return opened.map(Opened::resolver);
    }

    @Override
    public void close() {
        end().ifPresent(open -> open.close().run());
    }

    private synchronized Optional<Opened> end() {
        closed = true;
        Optional<Opened> open = opened;
        opened = Optional.empty();
        return open;
    }
}
