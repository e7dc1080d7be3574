package org.maunode.device.driver;

import org.maunode.device.profile.ActuatorChannel;
import org.maunode.device.profile.Wiring;
import org.maunode.device.wire.WireException;
import org.maunode.device.wire.Wires;

/** The catalogue of actuators: every kind that a profile may name, and nothing else. */
public final class Actuators {
    private Actuators() {}

    /**
     * Opens the actuator of a channel and puts it into its fail-safe state at once. One that is absent now may be asked
     * for again later.
     */
    public static OpenedActuator open(ActuatorChannel channel, Wires wires) {
        try {
            CheckedActuator actuator = new CheckedActuator(channel, lever(channel, wires));
            actuator.set(channel.safety().failSafe());
            return new OpenedActuator.Ready(actuator);
        } catch (WireException | DriverException e) {
            return new OpenedActuator.Absent("channel " + channel.name() + " cannot be driven: " + e.getMessage());
        }
    }

    private static Lever lever(ActuatorChannel channel, Wires wires) {
        return switch (channel.device().wiring()) {
            case Wiring.GpioLine line -> new OutputLine(wires.gpio(), line);
            case Wiring.PwmOutput pwm -> PwmDuty.open(wires.kernel(), pwm);
            case Wiring.ServoOutput servo -> PwmDuty.open(wires.kernel(), servo);
            default -> throw new IllegalArgumentException("no actuator is wired as " + channel.device());
        };
    }
}
