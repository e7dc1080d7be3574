package org.maunode.discovery.overlay;

import java.net.InetSocketAddress;
import java.util.Optional;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** What a lookup finds, for the one who waits for it. Thread-safe. */
final class Search {
    private final LinkedBlockingQueue<Optional<InetSocketAddress>> said = new LinkedBlockingQueue<>();

    void found(InetSocketAddress address) {
        said.add(Optional.of(address));
    }

    /** Nothing more is found. */
    void end() {
        said.add(Optional.empty());
    }

    /** The next address; empty if there is none, or none in this time. */
    Optional<InetSocketAddress> next(long millis) throws InterruptedException {
        Optional<InetSocketAddress> next = said.poll(Math.max(0, millis), TimeUnit.MILLISECONDS);
        return next == null ? Optional.empty() : next;
    }
}
