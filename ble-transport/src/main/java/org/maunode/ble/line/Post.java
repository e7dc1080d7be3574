package org.maunode.ble.line;

import java.util.function.Consumer;
import java.util.function.IntSupplier;
import org.maunode.ble.session.Limits;
import org.maunode.ble.session.Session;
import org.maunode.ble.session.SessionOptions;
import org.maunode.ble.session.Side;

/**
 * What is the same for all sessions of a link on this side.
 *
 * @param begun hears of each once it is open
 * @param ids draws the identifiers of sessions
 */
record Post(Side side, Callee callee, Consumer<Line> begun, int preferredFrame, IntSupplier ids) {
    Session begin(int mtu, long now) {
        int settled = Math.clamp(mtu, Limits.SMALLEST_MTU, Limits.LARGEST_MTU);
        SessionOptions options = SessionOptions.atMtu(settled).preferring(preferredFrame);
        return switch (side) {
            case CENTRAL -> Session.central(options, ids.getAsInt(), now);
            case PERIPHERAL -> Session.peripheral(options, ids.getAsInt(), now);
        };
    }
}
