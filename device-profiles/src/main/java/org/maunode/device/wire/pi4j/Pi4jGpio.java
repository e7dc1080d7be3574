package org.maunode.device.wire.pi4j;

import java.time.Duration;
import java.util.Optional;
import java.util.function.Function;
import org.maunode.device.wire.GpioLines;
import org.maunode.device.wire.WireException;
import org.maunode.device.wire.WireException.Reason;

/**
 * GPIO lines through Pi4J and gpiod. Pi4J opens one chip a process: the chip of the first line that is asked for; lines of
 * another one are not there.
 *
 * <p>Threads: one for each input, {@code mau-gpio-<offset>}, which waits for edges, and on which listeners are called.
 */
public final class Pi4jGpio implements GpioLines {
    private final Function<String, Chip> opener;
    private Optional<Chip> chip = Optional.empty();

    /** Loads nothing yet. */
    public Pi4jGpio() {
        this(Chip::open);
    }

    /** @param opener of a chip by its name */
    Pi4jGpio(Function<String, Chip> opener) {
        this.opener = opener;
    }

    @Override
    public Input input(String name, int offset, Bias bias, Duration debounce, Runnable edge) {
        return Guarded.call(lineName(name, offset), () -> chip(name).input(offset, bias, debounce, edge));
    }

    @Override
    public Output output(String name, int offset, boolean high) {
        return Guarded.call(lineName(name, offset), () -> chip(name).output(offset, high));
    }

    @Override
    public synchronized void close() {
        chip.ifPresent(Chip::close);
        chip = Optional.empty();
    }

    private synchronized Chip chip(String name) {
        Chip open = chip.orElseGet(() -> opener.apply(name));
        chip = Optional.of(open);
        if (!open.name().equals(name)) {
            throw new WireException(
                    Reason.VANISHED, "Pi4J drives one chip, and here that is " + open.name() + ", not " + name);
        }
        return open;
    }

    private static String lineName(String chip, int offset) {
        return "line " + offset + " of " + chip;
    }
}
