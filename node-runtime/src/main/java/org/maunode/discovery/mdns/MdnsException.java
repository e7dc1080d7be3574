package org.maunode.discovery.mdns;

import java.util.Objects;

/** The one way in which a packet from the network fails. Such a packet is dropped; the message serves the log. */
final class MdnsException extends RuntimeException {
    private static final long serialVersionUID = 1;

    /** Why. */
    enum Reason {
        /** Not DNS: cut short, a length that does not fit, a pointer that does not go back. */
        MALFORMED,
        /** Over one of the limits in {@link Limits}. */
        OVER_LIMIT
    }

    private final Reason reason;
    private final int offset;

    /** @param offset byte of the packet at which it was noticed */
    MdnsException(Reason reason, int offset, String message) {
        super(message + " at byte " + offset);
        this.reason = Objects.requireNonNull(reason);
        this.offset = offset;
    }

    static MdnsException malformed(int offset, String message) {
        return new MdnsException(Reason.MALFORMED, offset, message);
    }

    static MdnsException overLimit(int offset, String message) {
        return new MdnsException(Reason.OVER_LIMIT, offset, message);
    }

    Reason reason() {
        return reason;
    }

    int offset() {
        return offset;
    }
}
