package org.maunode.device.driver;

import java.util.Optional;
import org.maunode.device.profile.Wiring;
import org.maunode.device.wire.GpioLines;
import org.maunode.device.wire.WireException;

/**
 * A line of a GPIO chip that is read, and that tells of its edges. It is taken when it is first wanted, and again after
 * a fault: a chip on USB may come back.
 */
final class InputLine implements TellingDriver {
    private final GpioLines gpio;
    private final Wiring.GpioLine wiring;
    private volatile Optional<GpioLines.Input> line = Optional.empty();
    private volatile Optional<Listener> listener = Optional.empty();

    InputLine(GpioLines gpio, Wiring.GpioLine wiring) {
        this.gpio = gpio;
        this.wiring = wiring;
    }

    @Override
    public Sample read() {
        try {
            return shown(taken());
        } catch (WireException e) {
            close();
            throw DriverException.of(e);
        }
    }

    @Override
    public void onChange(Listener news) {
        listener = Optional.of(news);
    }

    @Override
    public String technique() {
        return "GPIO line " + wiring.offset() + " of " + wiring.chip();
    }

    @Override
    public void close() {
        line.ifPresent(GpioLines.Input::close);
        line = Optional.empty();
    }

    private Sample shown(GpioLines.Input input) {
        return new Sample.Switch(input.isHigh() != wiring.activeLow());
    }

    /** On a thread of the wire. An edge that comes while the line is being taken is seen by the read that takes it. */
    private void edge() {
        line.ifPresent(input -> listener.ifPresent(news -> tell(input, news)));
    }

    private void tell(GpioLines.Input input, Listener news) {
        Sample now;
        try {
            now = shown(input);
        } catch (WireException gone) {
            news.lost();
            return;
        }
        news.changed(now);
    }

    private GpioLines.Input taken() {
        GpioLines.Input input =
                line.orElseGet(() -> gpio.input(wiring.chip(), wiring.offset(), bias(), wiring.debounce(), this::edge));
        line = Optional.of(input);
        return input;
    }

    private GpioLines.Bias bias() {
        return switch (wiring.pull()) {
            case NONE -> GpioLines.Bias.NONE;
            case UP -> GpioLines.Bias.UP;
            case DOWN -> GpioLines.Bias.DOWN;
        };
    }
}
