package org.maunode.runtime;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** CM-26: the watchdog is answered in time, and only by a node that is alive. */
class SystemdTest {
    private static Systemd with(String micros) {
        return new Systemd(Map.of("NOTIFY_SOCKET", "/nowhere", "WATCHDOG_USEC", micros));
    }

    @Test
    void itIsAnsweredThreeTimesInItsTime() {
        assertEquals(Optional.of(Duration.ofSeconds(30)), with("90000000").pause());
        assertEquals(Optional.empty(), with("soon").pause());
        assertEquals(Optional.empty(), with("0").pause());
        assertEquals(Optional.empty(), new Systemd(Map.of("WATCHDOG_USEC", "90000000")).pause());
    }

    @Test
    void aNodeIsAskedWhetherItIsAliveUntilItIsAskedToEnd() throws InterruptedException {
        CountDownLatch asked = new CountDownLatch(1);
        AtomicInteger questions = new AtomicInteger();
        with("30000").watch(asked, () -> {
            if (questions.incrementAndGet() == 3) {
                asked.countDown();
            }
            return false;
        });
        assertTrue(questions.get() >= 3);
    }

    @Test
    void withoutAWatchdogNobodyIsAsked() throws InterruptedException {
        CountDownLatch asked = new CountDownLatch(0);
        new Systemd(Map.of()).watch(asked, () -> {
            throw new AssertionError("asked");
        });
        assertEquals(0, asked.getCount());
    }
}
