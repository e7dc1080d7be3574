package org.maunode.ble.dbus;

import java.util.Objects;

/** The one way in which D-Bus fails its caller. The reason decides what is done; the message is for people. */
public final class DBusException extends RuntimeException {
    private static final long serialVersionUID = 1;

    /** Why. */
    public enum Reason {
        /** There is no bus at the address, or it does not let this user in. */
        NO_BUS,
        /** The connection to the bus is gone, or was closed by us. */
        LOST,
        /** Bytes outside the grammar, a name that is none, or a limit of {@link Limits} exceeded. */
        MALFORMED,
        /** A value of another type than the one that was asked for. */
        WRONG_TYPE,
        /** The other side answered with an error; {@link #errorName} says which. */
        ERROR,
        /** No answer within the time that was given. */
        TIMED_OUT,
        /** Too much waits for the bus already. */
        BUSY,
        /** The thread was interrupted, and stays so. */
        INTERRUPTED
    }

    private final Reason reason;
    private final String errorName;

    DBusException(Reason reason, String message) {
        super(message);
        this.reason = Objects.requireNonNull(reason);
        this.errorName = Bus.FAILED;
    }

    DBusException(Reason reason, String message, Throwable cause) {
        super(message, cause);
        this.reason = Objects.requireNonNull(reason);
        this.errorName = Bus.FAILED;
    }

    private DBusException(String errorName, String message) {
        super(message);
        this.reason = Reason.ERROR;
        this.errorName = Names.checkInterface(errorName);
    }

    /**
     * An error as the other side told it, or as an exported method tells its caller.
     *
     * @param errorName as in {@code org.bluez.Error.Failed}
     * @param message for people
     */
    public static DBusException error(String errorName, String message) {
        return new DBusException(errorName, message);
    }

    public Reason reason() {
        return reason;
    }

    /** The error's name, {@code org.freedesktop.DBus.Error.Failed} unless the other side told one. */
    public String errorName() {
        return errorName;
    }
}
