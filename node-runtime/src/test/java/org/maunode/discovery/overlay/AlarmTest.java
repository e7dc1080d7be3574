package org.maunode.discovery.overlay;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(NoThreadsLeft.class)
class AlarmTest {
    private final AtomicInteger rings = new AtomicInteger();
    private final CountDownLatch rung = new CountDownLatch(1);
    private final Alarm alarm = new Alarm(() -> {
        rings.incrementAndGet();
        rung.countDown();
    });

    @AfterEach
    void close() {
        alarm.close();
        alarm.awaitEnd();
    }

    private static List<String> timers() {
        return NoThreadsLeft.alive().stream()
                .map(Thread::getName)
                .filter(name -> name.equals("mau-kad-timer"))
                .toList();
    }

    @Test
    void aPastMomentRingsAtOnceAndOnlyOnce() throws InterruptedException {
        alarm.set(OptionalLong.of(5), 10);
        assertTrue(rung.await(10, TimeUnit.SECONDS));
        alarm.close();
        alarm.awaitEnd();
        assertEquals(1, rings.get());
    }

    @Test
    void aMomentThatIsSetAnewReplacesTheOneBefore() throws InterruptedException {
        alarm.set(OptionalLong.of(3_600_000), 0);
        alarm.set(OptionalLong.of(3_600_001), 0);
        alarm.set(OptionalLong.of(1), 0);
        assertTrue(rung.await(10, TimeUnit.SECONDS));
        assertEquals(1, rings.get());
    }

    @Test
    void thereIsNoThreadBeforeThereIsAMoment() {
        alarm.set(OptionalLong.empty(), 0);
        assertEquals(List.of(), timers());
        alarm.set(OptionalLong.of(3_600_000), 0);
        assertEquals(1, timers().size());
    }

    @Test
    void anAlarmThatIsClosedTakesNoMoment() {
        alarm.close();
        alarm.set(OptionalLong.of(0), 1);
        alarm.awaitEnd();
        assertEquals(0, rings.get());
    }
}
