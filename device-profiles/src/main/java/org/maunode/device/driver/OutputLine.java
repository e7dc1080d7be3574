package org.maunode.device.driver;

import java.util.Optional;
import org.maunode.device.profile.Setting;
import org.maunode.device.profile.Wiring;
import org.maunode.device.wire.GpioLines;
import org.maunode.device.wire.WireException;

/**
 * A line of a GPIO chip that switches something. The line comes up in the state that is wanted: it never shows the
 * other one, not even for a moment. After a fault it is taken anew: a chip on USB may come back.
 */
final class OutputLine implements Lever {
    private final GpioLines gpio;
    private final Wiring.GpioLine wiring;
    private Optional<GpioLines.Output> line = Optional.empty();

    OutputLine(GpioLines gpio, Wiring.GpioLine wiring) {
        this.gpio = gpio;
        this.wiring = wiring;
    }

    @Override
    public void move(Setting setting) {
        boolean high = setting.equals(Setting.ON) != wiring.activeLow();
        try {
            line.ifPresentOrElse(
                    taken -> taken.set(high),
                    () -> line = Optional.of(gpio.output(wiring.chip(), wiring.offset(), high)));
        } catch (WireException fault) {
            release();
            throw fault;
        }
    }

    @Override
    public String technique() {
        return "GPIO line " + wiring.offset() + " of " + wiring.chip();
    }

    @Override
    public void release() {
        line.ifPresent(GpioLines.Output::close);
        line = Optional.empty();
    }
}
