package org.maunode.discovery.mdns;

import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.maunode.identity.Contact;
import org.maunode.identity.Fingerprint;

/** Somebody who waits for addresses of one peer. Thread-safe: one thread finds, another waits. */
final class Look {
    /** Addresses that wait to be taken; a liar's flood is not kept. */
    private static final int MOST = 64;

    private final Fingerprint peer;
    private final BlockingQueue<Optional<InetSocketAddress>> found = new LinkedBlockingQueue<>(MOST);

    Look(Fingerprint peer) {
        this.peer = peer;
    }

    Fingerprint peer() {
        return peer;
    }

    void offer(Contact contact) {
        if (contact.fingerprint().equals(peer)) {
            found.offer(Optional.of(contact.address()));
        }
    }

    /** Nothing will be found any more. */
    void end() {
        found.offer(Optional.empty());
    }

    /** Hands on each address once, until {@code limit} is over, or {@link #end}, or an interrupt, which is kept. */
    void await(Duration limit, Consumer<InetSocketAddress> taker) {
        Set<InetSocketAddress> taken = new HashSet<>();
        long deadline = System.nanoTime() + limit.toNanos();
        try {
            Optional<InetSocketAddress> next = next(deadline);
            while (next.isPresent()) {
                next.filter(taken::add).ifPresent(taker);
                next = next(deadline);
            }
        } catch (InterruptedException enough) {
            Thread.currentThread().interrupt();
        }
    }

    private Optional<InetSocketAddress> next(long deadline) throws InterruptedException {
        Optional<InetSocketAddress> next = found.poll(deadline - System.nanoTime(), TimeUnit.NANOSECONDS);
        return next == null ? Optional.empty() : next;
    }
}
