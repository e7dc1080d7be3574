package org.maunode.ble.session;

import java.util.List;

/** Acknowledgements that wait for a frame to ride on. What is returned counts as sent. */
interface Riders {
    /** Those that are owed and fit this many bytes. */
    List<Ack> fitting(int bytes);

    /** Those that are worth two bytes of a frame which could be full of payload. */
    List<Ack> pressing();
}
