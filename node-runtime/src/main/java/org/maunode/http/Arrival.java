package org.maunode.http;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Optional;
import java.util.function.Consumer;
import org.maunode.identity.Fingerprint;

/**
 * How a caller came.
 *
 * @param name where it came from, for the log
 * @param origin whose connections are counted with it
 * @param address in the network; empty on a wire that has none
 * @param encrypted whether it begins with TLS
 * @param proved hears who it is
 */
record Arrival(
        String name, Origin origin, Optional<InetAddress> address, boolean encrypted, Consumer<Fingerprint> proved) {
    /** By the network. */
    static Arrival from(InetSocketAddress address) {
        return new Arrival(
                address.toString(), Origin.of(address.getAddress()), Optional.of(address.getAddress()), true, _ -> {});
    }

    /** By another wire. */
    static Arrival by(Plug plug) {
        return new Arrival(plug.name(), new Origin(plug.origin()), Optional.empty(), plug.secured(), plug.proved());
    }
}
