package org.maunode.ble.bluez;

import java.util.Objects;

/**
 * How phones may pair with this board at link level. It never carries our security: identity and secrecy come from TLS on top of
 * whatever the link gives. Nothing pairs but while a window is open ({@link BluezPeripheral#openPairing}).
 *
 * @param display where a passkey is shown; asked on a thread of the wire, must not block; the passkey goes nowhere else
 */
public record Pairing(Capability capability, Bonds bonds, Display display) {
    public Pairing {
        Objects.requireNonNull(capability);
        Objects.requireNonNull(bonds);
        Objects.requireNonNull(display);
    }

    /** What the board has. */
    public enum Capability {
        /** Nothing to show a passkey on: whoever asks while the window is open is paired. */
        NONE("NoInputNoOutput"),
        /** A display: who pairs reads six digits there and types them in. */
        DISPLAY("DisplayOnly");

        private final String bluezName;

        Capability(String bluezName) {
            this.bluezName = bluezName;
        }

        String bluezName() {
            return bluezName;
        }
    }

    /** What is left of a pairing. */
    public enum Bonds {
        /** Both sides remember it. */
        KEPT,
        /** This side forgets it when the connection ends. */
        DROPPED
    }

    /** Six digits, for a person. */
    public interface Display {
        void show(String passkey);

        /** No longer. */
        void clear();
    }

    /** Pairing for a board without a display. */
    public static Pairing withoutDisplay(Bonds bonds) {
        return new Pairing(Capability.NONE, bonds, new Display() {
            @Override
            public void show(String passkey) {}

            @Override
            public void clear() {}
        });
    }
}
