package org.maunode.cable;

import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;
import org.maunode.ble.gatt.BluetoothAddress;
import org.maunode.ble.line.Line;
import org.maunode.identity.Fingerprint;

/** A line that is open, and what is known of its other end. Guarded by {@link OpenLines}. */
final class Held {
    /** Identities that one other end may prove; a phone has one. */
    static final int MOST_PROVED = 4;

    private final Line line;
    private final Optional<Fingerprint> says;
    private final Set<Fingerprint> proved = new LinkedHashSet<>();
    private long usedAt;

    /** @param says who the node said that it is, if we reached it; empty for who came to us */
    Held(Line line, Optional<Fingerprint> says, long now) {
        this.line = line;
        this.says = says;
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
        return says.isPresent();
    }

    Optional<Fingerprint> says() {
        return says;
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
        return proved.contains(who) || says.equals(Optional.of(who));
    }

    /** Whether nobody has called for too long. */
    boolean isIdle(long now) {
        if (line.calls() > 0) {
            usedAt = now;
        }
        return now - usedAt > (isReached() ? Cables.IDLE : Cables.IDLE_CALLER).toNanos();
    }
}
