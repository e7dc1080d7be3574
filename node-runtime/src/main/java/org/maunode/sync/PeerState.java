package org.maunode.sync;

import java.net.InetSocketAddress;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.maunode.identity.Fingerprint;

/**
 * How it stands with somebody who is followed, for people.
 *
 * @param where the address that the peer was last reached at, if it is known
 * @param inSync when everything that the peer has for us was here, by the clock on the wall
 * @param nextTry when it is dialled or asked again; empty while it tells us by itself
 * @param trouble why it is not in sync, in words; empty if nothing is wrong
 * @param relays through whom we hear of its files while it is away
 */
public record PeerState(
        Fingerprint peer,
        Phase phase,
        Optional<InetSocketAddress> where,
        Optional<Instant> inSync,
        Optional<Instant> nextTry,
        Optional<String> trouble,
        List<Fingerprint> relays) {
    /** What goes on. */
    public enum Phase {
        /** Not connected; dialled again by and by. */
        AWAY,
        /** Being looked for and dialled. */
        CONNECTING,
        /** Connected; files are asked for and fetched. */
        SYNCING,
        /** Connected; the peer says when there is something new. */
        WAITING,
        /** Connected; the peer knows no waiting, and is asked now and then. */
        POLLING
    }

    public PeerState {
        Objects.requireNonNull(peer);
        Objects.requireNonNull(phase);
        relays = List.copyOf(relays);
    }
}
