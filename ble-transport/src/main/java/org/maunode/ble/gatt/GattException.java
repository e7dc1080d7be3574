package org.maunode.ble.gatt;

import java.util.Objects;

/** The one way in which a radio fails its caller. The message says what was being done and why it did not work, for people. */
public final class GattException extends RuntimeException {
    private static final long serialVersionUID = 1;

    /** Why. */
    public enum Reason {
        /** No adapter, or not the one that was asked for, or it is switched off; or BlueZ or the bus is not there. */
        NO_ADAPTER,
        /** This user may not use Bluetooth. */
        NOT_ALLOWED,
        /** Nobody of that address was heard. */
        NOT_FOUND,
        /** It was heard, and did not let itself be connected to, or the connection broke. */
        NOT_CONNECTED,
        /** Connected, but it is no Mau node, or of another version. */
        NOT_A_NODE,
        /** Not within the time that was given. */
        TIMED_OUT,
        /** The thread was interrupted, and stays so. */
        INTERRUPTED
    }

    private final Reason reason;

    public GattException(Reason reason, String message) {
        super(message);
        this.reason = Objects.requireNonNull(reason);
    }

    public GattException(Reason reason, String message, Throwable cause) {
        super(message, cause);
        this.reason = Objects.requireNonNull(reason);
    }

    public Reason reason() {
        return reason;
    }
}
