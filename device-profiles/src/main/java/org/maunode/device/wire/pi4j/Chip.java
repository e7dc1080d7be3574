package org.maunode.device.wire.pi4j;

import com.pi4j.Pi4J;
import com.pi4j.context.Context;
import com.pi4j.io.gpio.digital.DigitalInput;
import com.pi4j.io.gpio.digital.DigitalInputConfigBuilder;
import com.pi4j.io.gpio.digital.DigitalInputProvider;
import com.pi4j.io.gpio.digital.DigitalOutput;
import com.pi4j.io.gpio.digital.DigitalOutputConfigBuilder;
import com.pi4j.io.gpio.digital.DigitalOutputProvider;
import com.pi4j.io.gpio.digital.DigitalState;
import com.pi4j.io.gpio.digital.PullResistance;
import com.pi4j.plugin.gpiod.provider.gpio.digital.GpioDDigitalInputProvider;
import com.pi4j.plugin.gpiod.provider.gpio.digital.GpioDDigitalOutputProvider;
import java.time.Duration;
import org.maunode.device.wire.GpioLines.Bias;
import org.maunode.device.wire.GpioLines.Input;
import org.maunode.device.wire.GpioLines.Output;

/** One GPIO chip that Pi4J has open. The first use of this class loads Pi4J. */
final class Chip {
    private final String name;
    private final Context context;
    private final DigitalInputProvider inputs;
    private final DigitalOutputProvider outputs;

    /** @param context that has both providers */
    Chip(String name, Context context, DigitalInputProvider inputs, DigitalOutputProvider outputs) {
        this.name = name;
        this.context = context;
        this.inputs = inputs;
        this.outputs = outputs;
    }

    /** The providers are added by hand: the automatic context would look for them by reflection. */
    static Chip open(String name) {
        DigitalInputProvider inputs = GpioDDigitalInputProvider.newInstance();
        DigitalOutputProvider outputs = GpioDDigitalOutputProvider.newInstance();
        Context context = Pi4J.newContextBuilder()
                .add(inputs, outputs)
                .disableShutdownHook()
                .setGpioChipName(name)
                .build();
        return new Chip(name, context, inputs, outputs);
    }

    String name() {
        return name;
    }

    Input input(int offset, Bias bias, Duration debounce, Runnable edge) {
        DigitalInput line = inputs.create(DigitalInputConfigBuilder.newInstance(context)
                .id("mau-in-" + offset)
                .address(offset)
                .pull(resistor(bias))
                .debounce(debounce.toNanos() / 1000)
                .build());
        line.addListener(_ -> edge.run());
        return new Input() {
            @Override
            public boolean isHigh() {
                return Guarded.call(line.id(), line::isHigh);
            }

            @Override
            public void close() {
                Guarded.call(line.id(), () -> shutDown(line.id()));
            }
        };
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

    void close() {
        context.shutdown();
    }

    private boolean shutDown(String id) {
        context.shutdown(id);
        return true;
    }

    private static PullResistance resistor(Bias bias) {
        return switch (bias) {
            case NONE -> PullResistance.OFF;
            case UP -> PullResistance.PULL_UP;
            case DOWN -> PullResistance.PULL_DOWN;
        };
    }
}
