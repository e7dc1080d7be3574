package org.maunode.sync;

import java.net.InetSocketAddress;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.maunode.identity.Fingerprint;
import org.maunode.sync.PeerState.Phase;

/** A keeper's {@link PeerState} as others may see it at any time: written by one thread at a time. */
final class Standing {
    private final Fingerprint peer;
    private volatile PeerState state;
    private volatile Optional<Long> next = Optional.empty();

    Standing(Fingerprint peer) {
        this.peer = peer;
        this.state = new PeerState(
                peer, Phase.AWAY, Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty(), List.of());
    }

    /** @param nanos now, by {@link Scheduler#nanos} */
    PeerState at(Instant now, long nanos) {
        PeerState seen = state;
        Optional<Instant> nextTry = next.map(due -> now.plusNanos(Math.max(0, due - nanos)));
        return new PeerState(peer, seen.phase(), seen.where(), seen.inSync(), nextTry, seen.trouble(), seen.relays());
    }

    void phase(Phase phase) {
        put(phase, state.where(), state.inSync(), state.trouble(), state.relays());
    }

    void where(Optional<InetSocketAddress> where) {
        put(state.phase(), where.or(state::where), state.inSync(), state.trouble(), state.relays());
    }

    void inSync(Instant now) {
        put(state.phase(), state.where(), Optional.of(now), Optional.empty(), state.relays());
    }

    void trouble(String why) {
        put(state.phase(), state.where(), state.inSync(), Optional.of(why), state.relays());
    }

    void relays(List<Fingerprint> relays) {
        put(state.phase(), state.where(), state.inSync(), state.trouble(), relays);
    }

    void nextTry(long nanos, Duration wait) {
        next = Optional.of(nanos + wait.toNanos());
    }

    void noNextTry() {
        next = Optional.empty();
    }

    private void put(
            Phase phase,
            Optional<InetSocketAddress> where,
            Optional<Instant> inSync,
            Optional<String> trouble,
            List<Fingerprint> relays) {
        state = new PeerState(peer, phase, where, inSync, Optional.empty(), trouble, relays);
    }
}
