package org.maunode.device.driver;

import org.maunode.device.profile.Setting;

/** The part of an actuator that differs from kind to kind. */
interface Lever {
    /** @throws org.maunode.device.wire.WireException if the wire does not take it */
    void move(Setting setting);

    String technique();

    /** Lets go of the wire. */
    void release();
}
