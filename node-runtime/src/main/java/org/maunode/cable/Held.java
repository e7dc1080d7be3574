package org.maunode.cable;

import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;
import org.maunode.ble.gatt.BluetoothAddress;
import org.maunode.ble.gatt.NodeInfo;
import org.maunode.ble.line.Line;
import org.maunode.identity.Fingerprint;

/** A line that is open, and what is known of its other end. Guarded by {@link OpenLines}. */
final class Held {
    /** Identities that one other end may prove; a phone has one. */
    static final int MOST_PROVED = 4;

    private final Line line;
    private final Optional<NodeInfo> info;
    private final Set<Fingerprint> proved = new LinkedHashSet<>();
    private long usedAt;

    /** @param info what the node said of itself, if we reached it; empty for who came to us */
    Held(Line line, Optional<NodeInfo> info, long now) {
        this.line = line;
        this.info = info;
        this.usedAt = now;
    }

    Line line() {
        return line;
    }

    BluetoothAddress peer() {
        return line.peer();
    }

    /** Whether this side began it. */
    boolean isReached() {
        return info.isPresent();
    }

    Optional<NodeInfo> info() {
        return info;
    }

    /** Who the node says that it is. */
    Optional<Fingerprint> says() {
        return info.map(NodeInfo::identity).map(Fingerprint::of);
    }

    Set<Fingerprint> proved() {
        return Set.copyOf(proved);
    }

    /** Whether this is news. */
    boolean prove(Fingerprint who) {
        return proved.size() < MOST_PROVED && proved.add(who);
    }

    /** Whether {@code who} is there, as far as it is known. */
    boolean leadsTo(Fingerprint who) {
        return proved.contains(who) || says().equals(Optional.of(who));
    }

    /** Whether nobody has called for too long. */
    boolean isIdle(long now, Cables.Idle limit) {
        if (line.calls() > 0) {
            usedAt = now;
        }
        return now - usedAt > (isReached() ? limit.made() : limit.came()).toNanos();
    }
}
