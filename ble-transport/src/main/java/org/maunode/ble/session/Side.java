package org.maunode.ble.session;

/** The two ends of a GATT connection. A stream is named after the side that calls on it. */
public enum Side {
    /** The GATT client: it writes its frames. */
    CENTRAL,
    /** The GATT server: it notifies its frames. */
    PERIPHERAL;

    Side other() {
        return this == CENTRAL ? PERIPHERAL : CENTRAL;
    }

    int bit() {
        return ordinal();
    }

    static Side ofBit(int bit) {
        return bit == 0 ? CENTRAL : PERIPHERAL;
    }
}
