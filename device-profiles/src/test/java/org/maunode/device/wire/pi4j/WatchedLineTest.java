package org.maunode.device.wire.pi4j;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.maunode.device.wire.GpioLines.Bias;
import org.maunode.device.wire.WireException;

@Timeout(30)
final class WatchedLineTest {
    private static final long LONG = 10;

    private final FakeEventLines lines = new FakeEventLines();
    private final LinkedBlockingQueue<String> told = new LinkedBlockingQueue<>();
    private volatile WatchedLine line;

    private void start(Duration debounce) {
        line = WatchedLine.start(4, lines.open(4, Bias.NONE), debounce, () -> told.add("news"));
    }

    @AfterEach
    void end() {
        line.close();
        assertFalse(lines.isTaken(4));
        assertFalse(Thread.getAllStackTraces().keySet().stream()
                .anyMatch(thread -> thread.getName().startsWith("mau-gpio-")));
    }

    @Test
    void tellsOfALevelThatLasted() throws InterruptedException {
        start(Duration.ofMillis(5));
        lines.change(4, true);
        assertNotNull(told.poll(LONG, TimeUnit.SECONDS));
        assertTrue(line.isHigh());
        lines.change(4, false);
        assertNotNull(told.poll(LONG, TimeUnit.SECONDS));
        assertFalse(line.isHigh());
    }

    /** Forty edges of a contact that bounces, and it ends where it began: nothing happened. */
    @Test
    void tellsNothingOfABounceThatComesBack() throws InterruptedException {
        start(Duration.ofMillis(300));
        for (int i = 0; i < 20; i++) {
            lines.change(4, true);
            lines.change(4, false);
        }
        assertNull(told.poll(900, TimeUnit.MILLISECONDS));
        lines.change(4, true);
        assertNotNull(told.poll(LONG, TimeUnit.SECONDS));
        assertEquals(0, told.size());
    }

    @Test
    void waitsLongerThanOneCallIntoTheKernelMayLast() throws InterruptedException {
        start(WatchedLine.LONGEST_WAIT.multipliedBy(2));
        lines.change(4, true);
        assertNull(told.poll(WatchedLine.LONGEST_WAIT.toMillis(), TimeUnit.MILLISECONDS));
        assertNotNull(told.poll(LONG, TimeUnit.SECONDS));
    }

    @Test
    void endsWhileItWaitsForStillness() {
        start(Duration.ofSeconds(10));
        lines.change(4, true);
    }

    @Test
    void whatIsUnpluggedIsToldAndAFaultFromThenOn() throws InterruptedException {
        start(Duration.ZERO);
        lines.unplug(4);
        assertNotNull(told.poll(LONG, TimeUnit.SECONDS));
        WireException fault = assertThrows(WireException.class, line::isHigh);
        assertEquals(WireException.Reason.VANISHED, fault.reason());
        assertTrue(fault.getMessage().contains("No such device"), fault.getMessage());
    }

    @Test
    void aListenerMayCloseIt() throws InterruptedException {
        line = WatchedLine.start(4, lines.open(4, Bias.NONE), Duration.ZERO, () -> {
            line.close();
            told.add("closed");
        });
        lines.change(4, true);
        assertNotNull(told.poll(1, TimeUnit.SECONDS), "it waited for itself");
    }

    @Test
    void whatWasClosedAnswersNoMore() {
        start(Duration.ZERO);
        line.close();
        assertThrows(WireException.class, line::isHigh);
    }
}
