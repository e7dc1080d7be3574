package org.maunode.discovery;

import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.maunode.identity.Fingerprint;

/** Knows where peers might be reached. An answer proves nothing: identity comes from TLS. Thread-safe. */
public interface Resolver {
    /** How it knows, in one word for people and logs: {@code given}, {@code proven}, {@code mdns}, {@code kademlia}, {@code ble}. */
    String name();

    /**
     * Looks for {@code peer}, and hands each address to {@code found} as soon as it is known, the most promising first; names
     * are not resolved yet. Returns when it knows no more. May block, for some seconds at most, and returns early when
     * interrupted; {@code found} is called on the caller's thread.
     */
    void resolve(Fingerprint peer, Consumer<InetSocketAddress> found);

    /** Whether what it finds is only better than nothing. */
    default boolean isLastResort() {
        return false;
    }

    /** All that {@link #resolve} finds, in the order in which it was found. */
    default List<InetSocketAddress> addressesOf(Fingerprint peer) {
        List<InetSocketAddress> all = new ArrayList<>();
        resolve(peer, all::add);
        return all;
    }
}
