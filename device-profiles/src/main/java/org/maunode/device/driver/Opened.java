package org.maunode.device.driver;

/** What asking for a driver gives: the driver, or the plain fact that this machine has no such sensor. */
public sealed interface Opened {
    record Ready(Driver driver) implements Opened {}

    /** @param why a clause for people: {@code this machine has no CPU temperature sensor} */
    record Absent(String why) implements Opened {}
}
