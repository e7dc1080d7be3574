package org.maunode.device.driver;

import org.maunode.device.profile.ActuatorChannel;
import org.maunode.device.profile.Setting;
import org.maunode.device.wire.WireException;

/** What all actuators share: one kind of failure, the channel's range and precision, the way back to safety. */
final class CheckedActuator implements Actuator {
    private final ActuatorChannel channel;
    private final Lever lever;
    private Setting state;
    private boolean isClosed;

    CheckedActuator(ActuatorChannel channel, Lever lever) {
        this.channel = channel;
        this.lever = lever;
        this.state = channel.safety().failSafe();
    }

    @Override
    public void set(Setting setting) {
        if (!channel.accepts(setting)) {
            throw new IllegalArgumentException(channel.name() + " cannot be " + channel.say(setting));
        }
        Setting rounded = channel.rounded(setting);
        try {
            lever.move(rounded);
            state = rounded;
        } catch (WireException e) {
            throw DriverException.of(e);
        }
    }

    @Override
    public Setting state() {
        return state;
    }

    @Override
    public String technique() {
        return lever.technique();
    }

    @Override
    public void close() {
        if (isClosed) {
            return;
        }
        isClosed = true;
        try {
            set(channel.safety().failSafe());
        } catch (DriverException unanswered) {
            // Nothing more can be done from here: the hardware's own pull resistor is the last resort.
        } finally {
            lever.release();
        }
    }
}
