package org.maunode.device.wire.pi4j;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.pi4j.Pi4J;
import com.pi4j.context.Context;
import com.pi4j.io.gpio.digital.DigitalOutput;
import com.pi4j.plugin.mock.provider.gpio.digital.MockDigitalOutputProvider;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.maunode.device.wire.GpioLines;
import org.maunode.device.wire.GpioLinesContract;
import org.maunode.device.wire.WireException;

/** Our lines on Pi4J: outputs end in its own mock, and inputs where its library would begin. */
final class Pi4jGpioTest extends GpioLinesContract {
    private final FakeEventLines inputs = new FakeEventLines();
    private final MockDigitalOutputProvider outputs = MockDigitalOutputProvider.newInstance();
    private final Context context =
            Pi4J.newContextBuilder().add(outputs).disableShutdownHook().build();
    private final Pi4jGpio lines = new Pi4jGpio(name -> new Chip(name, context, outputs, inputs::open));

    @AfterEach
    void shutDown() {
        lines.close();
        assertFalse(inputs.isTaken(4));
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
        inputs.change(offset, high);
    }

    @Override
    protected boolean drives(int offset) {
        DigitalOutput line = context.registry().get("mau-out-" + offset);
        return line.isHigh();
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
