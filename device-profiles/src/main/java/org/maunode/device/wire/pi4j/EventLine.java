package org.maunode.device.wire.pi4j;

import java.time.Duration;

/** An input line whose edges the kernel keeps until they are taken. */
interface EventLine {
    /** Waits for an edge, without being interrupted; whether one is there. */
    boolean await(Duration longest);

    /** Takes the edge that is there. */
    void take();

    boolean isHigh();

    /** Gives the line back; nobody may wait for it any more. */
    void release();
}
