package org.maunode.device.simulation;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.maunode.device.wire.GpioLines;
import org.maunode.device.wire.WireException;

/** GPIO lines with something at their other end. Inputs change with time, and tell of no edge: they are read. */
final class SimulatedLines implements GpioLines {
    private final Map<String, BooleanSupplier> inputs = new HashMap<>();
    private final Map<String, Consumer<Boolean>> outputs = new HashMap<>();

    /** What an input line's level is. */
    void shows(String chip, int offset, BooleanSupplier isHigh) {
        inputs.put(chip + " " + offset, isHigh);
    }

    /** What an output line drives. */
    void drives(String chip, int offset, Consumer<Boolean> driven) {
        outputs.put(chip + " " + offset, driven);
    }

    @Override
    public Input input(String chip, int offset, Bias bias, Duration debounce, Runnable edge) {
        BooleanSupplier isHigh = found(inputs, chip, offset);
        return new Input() {
            @Override
            public boolean isHigh() {
                return isHigh.getAsBoolean();
            }

            @Override
            public void close() {
                // The next one may have it.
            }
        };
    }

    @Override
    public Output output(String chip, int offset, boolean high) {
        Consumer<Boolean> driven = found(outputs, chip, offset);
        driven.accept(high);
        return new Output() {
            @Override
            public void set(boolean level) {
                driven.accept(level);
            }

            @Override
            public void close() {
                // It keeps its level.
            }
        };
    }

    private static <T> T found(Map<String, T> lines, String chip, int offset) {
        T line = lines.get(chip + " " + offset);
        if (line == null) {
            throw new WireException(WireException.Reason.VANISHED, "there is no line " + offset + " of " + chip);
        }
        return line;
    }

    @Override
    public void close() {
        // Nothing was taken from the machine.
    }
}
