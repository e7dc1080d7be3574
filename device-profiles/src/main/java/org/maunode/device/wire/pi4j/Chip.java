package org.maunode.device.wire.pi4j;

import com.pi4j.Pi4J;
import com.pi4j.context.Context;
import com.pi4j.io.gpio.digital.DigitalOutput;
import com.pi4j.io.gpio.digital.DigitalOutputConfigBuilder;
import com.pi4j.io.gpio.digital.DigitalOutputProvider;
import com.pi4j.io.gpio.digital.DigitalState;
import com.pi4j.plugin.gpiod.provider.gpio.digital.GpioDDigitalOutputProvider;
import java.time.Duration;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.BiFunction;
import org.maunode.device.wire.GpioLines.Bias;
import org.maunode.device.wire.GpioLines.Input;
import org.maunode.device.wire.GpioLines.Output;

/** One GPIO chip that Pi4J has open. The first use of this class loads Pi4J. */
final class Chip {
    private final String name;
    private final Context context;
    private final DigitalOutputProvider outputs;
    private final BiFunction<Integer, Bias, EventLine> inputs;
    private final Queue<WatchedLine> watched = new ConcurrentLinkedQueue<>();

    /**
     * @param context that has the provider of outputs
     * @param inputs takes an input line
     */
    Chip(String name, Context context, DigitalOutputProvider outputs, BiFunction<Integer, Bias, EventLine> inputs) {
        this.name = name;
        this.context = context;
        this.outputs = outputs;
        this.inputs = inputs;
    }

    /** The provider is added by hand: the automatic context would look for it by reflection. */
    static Chip open(String name) {
        DigitalOutputProvider outputs = GpioDDigitalOutputProvider.newInstance();
        Context context = Pi4J.newContextBuilder()
                .add(outputs)
                .disableShutdownHook()
                .setGpioChipName(name)
                .build();
        return new Chip(name, context, outputs, GpiodLine::open);
    }

    String name() {
        return name;
    }

    Input input(int offset, Bias bias, Duration debounce, Runnable edge) {
        WatchedLine line = WatchedLine.start(offset, inputs.apply(offset, bias), debounce, edge);
        watched.add(line);
        return line;
    }

    /** Pi4J asks the kernel for the line together with its level. */
    Output output(int offset, boolean high) {
        DigitalOutput line = outputs.create(DigitalOutputConfigBuilder.newInstance(context)
                .id("mau-out-" + offset)
                .address(offset)
                .initial(DigitalState.getState(high))
                .build());
        return new Output() {
            @Override
            public void set(boolean level) {
                Guarded.call(line.id(), () -> line.setState(level));
            }

            @Override
            public void close() {
                Guarded.call(line.id(), () -> shutDown(line.id()));
            }
        };
    }

    /** All inputs are asked to end before the first is waited for. */
    void close() {
        watched.forEach(WatchedLine::end);
        watched.forEach(WatchedLine::close);
        context.shutdown();
    }

    private boolean shutDown(String id) {
        context.shutdown(id);
        return true;
    }
}
