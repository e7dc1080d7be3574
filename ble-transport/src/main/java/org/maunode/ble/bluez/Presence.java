package org.maunode.ble.bluez;

import java.util.concurrent.CompletionException;
import java.util.function.Consumer;
import java.util.logging.Logger;
import org.maunode.ble.dbus.DBusException;

/** Says once in the log that the radio is gone, and once that it is back. Thread-safe. */
final class Presence {
    private static final String DENIED = "org.freedesktop.DBus.Error.AccessDenied";

    private enum State {
        UNKNOWN,
        HERE,
        AWAY
    }

    private final Consumer<String> warning;
    private final Consumer<String> info;
    private State state = State.UNKNOWN;

    Presence(Logger log) {
        this(log::warning, log::info);
    }

    Presence(Consumer<String> warning, Consumer<String> info) {
        this.warning = warning;
        this.info = info;
    }

    synchronized void away(String why) {
        if (state != State.AWAY) {
            state = State.AWAY;
            warning.accept("ble.away why=\"" + why + "\"");
        }
    }

    synchronized void here(String adapter) {
        if (state != State.HERE) {
            state = State.HERE;
            info.accept("ble.serving adapter=" + adapter);
        }
    }

    /** A failure, for people. */
    static String words(Throwable failure) {
        Throwable cause = failure instanceof CompletionException ? failure.getCause() : failure;
        boolean denied =
                cause instanceof DBusException refused && refused.errorName().equals(DENIED);
        return denied
                ? "the bus does not let this user talk to BlueZ; org.maunode.conf is for that"
                : cause.getMessage();
    }
}
