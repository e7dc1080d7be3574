package org.maunode.ble.bluez;

import java.util.Set;
import org.maunode.ble.dbus.DBusException;
import org.maunode.ble.gatt.GattException;
import org.maunode.ble.gatt.GattException.Reason;

/** What D-Bus and BlueZ say when they refuse, as reasons of a radio. */
final class Refusals {
    private static final Set<String> FORBIDDEN =
            Set.of("org.freedesktop.DBus.Error.AccessDenied", "org.bluez.Error.NotPermitted");
    private static final Set<String> NO_BLUEZ =
            Set.of("org.freedesktop.DBus.Error.ServiceUnknown", "org.freedesktop.DBus.Error.NameHasNoOwner");

    private Refusals() {}

    /**
     * @param usually the reason where the failure does not tell a better one
     * @param what was being done, for people
     */
    static GattException of(DBusException failed, Reason usually, String what) {
        return new GattException(reason(failed, usually), what + ": " + failed.getMessage(), failed);
    }

    private static Reason reason(DBusException failed, Reason usually) {
        return switch (failed.reason()) {
            case INTERRUPTED -> Reason.INTERRUPTED;
            case TIMED_OUT -> Reason.TIMED_OUT;
            case NO_BUS, LOST -> Reason.NO_ADAPTER;
            case ERROR -> reason(failed.errorName(), usually);
            case MALFORMED, WRONG_TYPE, BUSY -> usually;
        };
    }

    private static Reason reason(String errorName, Reason usually) {
        if (FORBIDDEN.contains(errorName)) {
            return Reason.NOT_ALLOWED;
        }
        return NO_BLUEZ.contains(errorName) ? Reason.NO_ADAPTER : usually;
    }
}
