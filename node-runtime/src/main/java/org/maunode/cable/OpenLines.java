package org.maunode.cable;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.maunode.ble.gatt.BluetoothAddress;
import org.maunode.ble.line.Line;
import org.maunode.identity.Fingerprint;

/** The lines that are open, and who is at their other ends. Thread-safe; calls nobody with its lock held. */
final class OpenLines {
    private static final Logger LOG = Logger.getLogger("org.maunode.cable");

    private final List<Held> held = new ArrayList<>();

    /** A line is there until it ends. */
    void add(Held fresh) {
        synchronized (this) {
            held.add(fresh);
        }
        LOG.log(Level.FINE, "a line with {0}", fresh.peer());
        fresh.line().ended().thenAccept(why -> ended(fresh, why));
    }

    private void ended(Held over, String why) {
        synchronized (this) {
            held.remove(over);
        }
        LOG.log(Level.FINE, "no line with {0} any more: {1}", new Object[] {over.peer(), why});
    }

    /** A line to {@code peer}; rather one that it was reached by. */
    synchronized Optional<Held> to(BluetoothAddress peer) {
        return held.stream().filter(one -> one.peer().equals(peer)).min(Comparator.comparing(one -> !one.isReached()));
    }

    /** Where {@code who} is connected. */
    synchronized List<BluetoothAddress> leadingTo(Fingerprint who) {
        return held.stream()
                .filter(one -> one.leadsTo(who))
                .map(Held::peer)
                .distinct()
                .toList();
    }

    /** Somebody has proved on {@code line} who it is; what is known of that line if this is news. */
    synchronized Optional<Held> proved(Line line, Fingerprint who) {
        return held.stream()
                .filter(one -> one.line() == line)
                .filter(one -> one.prove(who))
                .findFirst();
    }

    /** The lines that we reached {@code who} by. */
    synchronized List<Held> reached(Fingerprint who) {
        return held.stream().filter(one -> one.says().equals(Optional.of(who))).toList();
    }

    /** Closes the lines that nobody needs. */
    void sweep(long now, Cables.Idle limit) {
        idle(now, limit).forEach(one -> one.line().close());
    }

    private synchronized List<Held> idle(long now, Cables.Idle limit) {
        return held.stream().filter(one -> one.isIdle(now, limit)).toList();
    }

    synchronized List<Held> all() {
        return List.copyOf(held);
    }

    synchronized boolean isEmpty() {
        return held.isEmpty();
    }
}
