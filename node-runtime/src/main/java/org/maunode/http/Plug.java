package org.maunode.http;

import java.util.Objects;
import java.util.function.Consumer;
import org.maunode.identity.Fingerprint;

/**
 * A caller who comes to a {@link PeerServer} by another wire than TCP.
 *
 * @param name who it is on that wire, for logs: a Bluetooth address
 * @param origin what its connections have in common for limits by origin; differs from those of other wires' callers
 * @param secured whether it begins with TLS; else it speaks HTTP/1.1 at once, and sees public files
 * @param proved hears who it is once TLS has proved it; on an I/O thread, must not block
 */
public record Plug(String name, long origin, boolean secured, Consumer<Fingerprint> proved) {
    public Plug {
        Objects.requireNonNull(name);
        Objects.requireNonNull(proved);
    }
}
