package org.maunode.device.wire.pi4j;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.pi4j.Pi4J;
import com.pi4j.context.Context;
import com.pi4j.io.gpio.digital.DigitalInput;
import com.pi4j.io.gpio.digital.DigitalOutput;
import com.pi4j.io.gpio.digital.DigitalState;
import com.pi4j.io.gpio.digital.PullResistance;
import com.pi4j.plugin.mock.provider.gpio.digital.MockDigitalInput;
import com.pi4j.plugin.mock.provider.gpio.digital.MockDigitalInputProvider;
import com.pi4j.plugin.mock.provider.gpio.digital.MockDigitalOutputProvider;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.maunode.device.wire.GpioLines;
import org.maunode.device.wire.GpioLinesContract;
import org.maunode.device.wire.WireException;

/** Our lines on Pi4J, with its own mock at the end. */
final class Pi4jGpioTest extends GpioLinesContract {
    private final MockDigitalInputProvider inputs = MockDigitalInputProvider.newInstance();
    private final MockDigitalOutputProvider outputs = MockDigitalOutputProvider.newInstance();
    private final Context context =
            Pi4J.newContextBuilder().add(inputs, outputs).disableShutdownHook().build();
    private final Pi4jGpio lines = new Pi4jGpio(name -> new Chip(name, context, inputs, outputs));

    @AfterEach
    void shutDown() {
        lines.close();
        if (!context.isShutdown()) {
            context.shutdown();
        }
    }

    @Override
    protected GpioLines lines() {
        return lines;
    }

    @Override
    protected void change(int offset, boolean high) {
        MockDigitalInput line = context.registry().get("mau-in-" + offset);
        line.mockState(DigitalState.getState(high));
    }

    @Override
    protected boolean drives(int offset) {
        DigitalOutput line = context.registry().get("mau-out-" + offset);
        return line.isHigh();
    }

    @Test
    void passesOnPullAndDebounce() {
        lines.input(CHIP, 4, GpioLines.Bias.UP, Duration.ofMillis(20), () -> {});
        DigitalInput line = context.registry().get("mau-in-4");
        assertEquals(PullResistance.PULL_UP, line.config().pull());
        assertEquals(20_000L, line.config().debounce());
        assertEquals(4, line.config().address());
    }

    @Test
    void loadsNothingBeforeTheFirstLineIsAskedFor() {
        Pi4jGpio untouched = new Pi4jGpio(name -> {
            throw new AssertionError("opened " + name);
        });
        untouched.close();
    }

    /** On a machine that is no Raspberry Pi, or has no native library of Pi4J's. */
    @Test
    void whatPi4jCannotReachIsOneFaultWithAReason() {
        try (Pi4jGpio real = new Pi4jGpio()) {
            WireException fault = assertThrows(WireException.class, () -> real.output("gpiochip987", 1000, false));
            assertTrue(fault.getMessage().startsWith("line 1000 of gpiochip987"), fault.getMessage());
        }
    }
}
