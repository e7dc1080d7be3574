package org.maunode.device.wire;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.maunode.device.wire.GpioLines.Bias;

/** What drivers count on, held against the fake and against Pi4J. */
public abstract class GpioLinesContract {
    protected static final String CHIP = "gpiochip0";

    /** Lines of {@link #CHIP}, all free. */
    protected abstract GpioLines lines();

    /** Somebody outside changes the level of an input that was taken. */
    protected abstract void change(int offset, boolean high);

    /** What an output that was taken drives. */
    protected abstract boolean drives(int offset);

    private GpioLines.Input input(int offset, Runnable edge) {
        return lines().input(CHIP, offset, Bias.NONE, Duration.ZERO, edge);
    }

    @Test
    void anOutputComesUpWithItsLevelAndFollows() {
        try (GpioLines.Output high = lines().output(CHIP, 17, true);
                GpioLines.Output low = lines().output(CHIP, 18, false)) {
            assertTrue(drives(17));
            assertFalse(drives(18));
            high.set(false);
            low.set(true);
            assertFalse(drives(17));
            assertTrue(drives(18));
        }
    }

    @Test
    void anInputTellsOfEdgesUntilItIsClosed() throws InterruptedException {
        LinkedBlockingQueue<String> news = new LinkedBlockingQueue<>();
        GpioLines.Input line = input(4, () -> news.add("edge"));
        for (boolean high : List.of(true, false)) {
            change(4, high);
            assertEquals("edge", news.poll(10, TimeUnit.SECONDS));
            assertEquals(high, line.isHigh());
        }
        line.close();
        assertEquals(0, news.size());
    }

    @Test
    void aLineIsTakenOnceAndFreeAfterItsEnd() {
        GpioLines.Input first = input(4, () -> {});
        assertThrows(WireException.class, () -> input(4, () -> {}));
        first.close();
        input(4, () -> {}).close();
        GpioLines.Output output = lines().output(CHIP, 17, false);
        assertThrows(WireException.class, () -> lines().output(CHIP, 17, false));
        output.close();
        lines().output(CHIP, 17, true).close();
    }

    @Test
    void anotherChipIsNotThere() {
        input(4, () -> {});
        WireException fault = assertThrows(WireException.class, () -> lines().output("gpiochip7", 17, false));
        assertEquals(WireException.Reason.VANISHED, fault.reason());
        assertTrue(fault.getMessage().contains("gpiochip7"), fault.getMessage());
    }
}
