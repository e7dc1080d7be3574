package org.maunode.ble.line;

import org.maunode.ble.session.Ending;
import org.maunode.ble.session.Limits;
import org.maunode.ble.session.SessionException.Reason;
import org.maunode.ble.session.Side;

/** Says how a session ended, in words for people. */
final class Endings {
    private Endings() {}

    /**
     * @param self this side
     * @param detail what was learnt besides: the peer's mistake, or why the link is gone
     */
    static String say(Ending ending, Side self, String detail) {
        return ending.by() == self ? byUs(ending.reason(), detail) : byThem(ending.reason());
    }

    private static String byUs(Reason reason, String detail) {
        return switch (reason) {
            case CLOSED -> "closed by this side";
            case ABORTED -> "given up by this side" + behind(detail);
            case LINK_LOST -> "the connection is gone" + behind(detail);
            case SILENCE -> "nothing was heard from the other side" + behind(detail);
            case RESTARTED -> "the other side began anew on the same connection";
            case VERSION -> "the other side speaks another version of the protocol" + behind(detail);
            default -> "the other side broke the protocol (" + reason + ")" + behind(detail);
        };
    }

    private static String byThem(Reason reason) {
        return switch (reason) {
            case CLOSED -> "closed by the other side";
            case ABORTED -> "given up by the other side";
            case BUSY -> "the other side has no room for another session";
            case SILENCE -> "the other side has heard nothing from us";
            case VERSION -> "the other side does not speak version " + Limits.VERSION + " of the protocol";
            default -> "the other side says that we broke the protocol (" + reason + ")";
        };
    }

    private static String behind(String detail) {
        return detail.isEmpty() ? "" : ": " + detail;
    }
}
