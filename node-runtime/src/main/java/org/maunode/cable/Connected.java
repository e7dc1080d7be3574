package org.maunode.cable;

import java.net.InetSocketAddress;
import java.util.Objects;
import java.util.Set;
import org.maunode.ble.line.Line;
import org.maunode.identity.Fingerprint;

/**
 * A line as people see it.
 *
 * @param address of the other end
 * @param isReached whether this side made it
 * @param proved who the other end proved to be in calls of its own
 * @param calls under way, of either side
 */
public record Connected(
        InetSocketAddress address, boolean isReached, Set<Fingerprint> proved, int calls, Line.Traffic traffic) {
    public Connected {
        Objects.requireNonNull(address);
        proved = Set.copyOf(proved);
        Objects.requireNonNull(traffic);
    }

    static Connected of(Held held) {
        Line line = held.line();
        return new Connected(BleAddress.of(line.peer()), held.isReached(), held.proved(), line.calls(), line.traffic());
    }
}
