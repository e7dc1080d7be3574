package org.maunode.device.wire;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.maunode.device.wire.WireException.Reason;

/** Lines of one chip in memory, as strict as the kernel: a line is taken once, and what is gone answers no more. */
public final class FakeGpioLines implements GpioLines {
    /** What happened to outputs, in order: {@code 17 high}, {@code 17 closed}. */
    public final List<String> events = new ArrayList<>();

    private final Map<Integer, Runnable> edges = new HashMap<>();
    private final Map<Integer, Boolean> levels = new HashMap<>();
    private final Set<Integer> taken = new HashSet<>();
    private int lines = 54;

    /** From now on the chip is unplugged; what was taken is lost. */
    public void unplug() {
        lines = 0;
        edges.clear();
    }

    /** It is back, and every line is free. */
    public void plugIn() {
        lines = 54;
        taken.clear();
    }

    /** Somebody outside changes the level of an input. */
    public void level(int offset, boolean high) {
        levels.put(offset, high);
        edges.getOrDefault(offset, () -> {}).run();
    }

    /** What an output drives. */
    public boolean isHigh(int offset) {
        return levels.getOrDefault(offset, false);
    }

    @Override
    public Input input(String chip, int offset, Bias bias, Duration debounce, Runnable edge) {
        take(chip, offset);
        edges.put(offset, edge);
        levels.putIfAbsent(offset, bias == Bias.UP);
        return new Input() {
            @Override
            public boolean isHigh() {
                requirePresent(offset);
                return levels.get(offset);
            }

            @Override
            public void close() {
                edges.remove(offset);
                taken.remove(offset);
            }
        };
    }

    @Override
    public Output output(String chip, int offset, boolean high) {
        take(chip, offset);
        drive(offset, high);
        return new Output() {
            @Override
            public void set(boolean level) {
                requirePresent(offset);
                drive(offset, level);
            }

            @Override
            public void close() {
                events.add(offset + " closed");
                taken.remove(offset);
            }
        };
    }

    private void drive(int offset, boolean high) {
        levels.put(offset, high);
        events.add(offset + (high ? " high" : " low"));
    }

    private void take(String chip, int offset) {
        if (!chip.equals("gpiochip0")) {
            throw new WireException(Reason.VANISHED, chip + " is not there");
        }
        requirePresent(offset);
        if (!taken.add(offset)) {
            throw new WireException(Reason.UNREADABLE, "line " + offset + " is taken");
        }
    }

    private void requirePresent(int offset) {
        if (offset >= lines) {
            throw new WireException(Reason.VANISHED, "line " + offset + " is not there");
        }
    }

    @Override
    public void close() {
        taken.clear();
    }
}
