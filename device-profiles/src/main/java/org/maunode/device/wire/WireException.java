package org.maunode.device.wire;

import java.util.Objects;

/** The one way in which a wire fails. The message names the file; it is for the log, not for publication. */
public final class WireException extends RuntimeException {
    private static final long serialVersionUID = 1;

    /** What happened on the wire. */
    public enum Reason {
        /** The file or directory is not there, or no longer. */
        VANISHED,
        /** The kernel refuses to read it: permission, an I/O error of the chip, a disabled sensor. */
        UNREADABLE,
        /** More bytes or entries than any such file has. */
        OVERSIZED
    }

    private final Reason reason;

    public WireException(Reason reason, String message) {
        this(reason, message, null);
    }

    public WireException(Reason reason, String message, Throwable cause) {
        super(message, cause);
        this.reason = Objects.requireNonNull(reason);
    }

    public Reason reason() {
        return reason;
    }
}
