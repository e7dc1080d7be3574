package org.maunode.device.driver;

import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import org.maunode.device.profile.ActuatorChannel;
import org.maunode.device.profile.Channel;
import org.maunode.device.profile.Profiles;
import org.maunode.device.profile.SensorChannel;
import org.maunode.device.wire.Wires;

/** Channels as a profile writes them, and their drivers. */
final class Wired {
    private Wired() {}

    static Channel channel(String settings) {
        String json = "{\"name\": \"p\", \"version\": 1, \"title\": \"P\", \"channels\": {\"it\": {\"title\": \"T\", "
                + settings + "}}}";
        return Profiles.parse("p.json", json.getBytes(StandardCharsets.UTF_8))
                .channels()
                .getFirst();
    }

    /** A number of two decimals, published at every change. */
    static SensorChannel sensor(String driver, String wiring, String measures, String unit) {
        String more = wiring.isEmpty() ? "" : ", \"wiring\": " + wiring;
        return (SensorChannel) channel("\"driver\": \"" + driver + "\", \"measures\": \"" + measures
                + "\", \"unit\": \"" + unit + "\", \"precision\": 0.01, \"deadBand\": 0" + more);
    }

    static Driver ready(SensorChannel channel, Wires wires) {
        return switch (Drivers.open(channel, wires)) {
            case Opened.Ready(Driver driver) -> driver;
            case Opened.Absent(String why) -> throw new AssertionError(why);
        };
    }

    static Actuator ready(ActuatorChannel channel, Wires wires) {
        return switch (Actuators.open(channel, wires)) {
            case OpenedActuator.Ready(Actuator actuator) -> actuator;
            case OpenedActuator.Absent(String why) -> throw new AssertionError(why);
        };
    }

    static Sample amount(String number) {
        return new Sample.Amount(new BigDecimal(number));
    }
}
