package org.maunode.device.driver;

/** What asking for an actuator gives: the actuator in its fail-safe state, or the plain fact that it is not there. */
public sealed interface OpenedActuator {
    record Ready(Actuator actuator) implements OpenedActuator {}

    /** @param why a clause for people: {@code this machine has no pwmchip0} */
    record Absent(String why) implements OpenedActuator {}
}
