package org.maunode.ble.gatt;

/** Hears what a {@link Link} brings, one call after another, on a thread of the wire; must not block. */
public interface LinkListener {
    /** One frame, as it came: it may be anything. */
    void received(byte[] frame);

    /** The connection is gone, whoever ended it. Called once, and nothing after it. */
    void lost(String why);
}
