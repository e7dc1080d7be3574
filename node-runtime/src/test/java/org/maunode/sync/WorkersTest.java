package org.maunode.sync;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTimeout;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.maunode.sync.Scheduler.Alarm;

/** The real threads. */
class WorkersTest {
    private final Workers workers = new Workers();

    @AfterEach
    void close() throws InterruptedException {
        workers.close();
        for (Thread thread : threads("mau-sync")) {
            assertTrue(thread.join(Duration.ofSeconds(10)), thread.getName());
        }
    }

    private static List<Thread> threads(String prefix) {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread.getName().startsWith(prefix))
                .toList();
    }

    private static void await(CountDownLatch latch) {
        try {
            assertTrue(latch.await(10, TimeUnit.SECONDS));
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    /** KC-13. */
    @Test
    void thoseWhoDialLeaveAThreadToThoseWhoAreConnected() {
        CountDownLatch hold = new CountDownLatch(1);
        CountDownLatch dialling = new CountDownLatch(Workers.DIALLING);
        for (int i = 0; i < 20; i++) {
            workers.dial(0, () -> {
                dialling.countDown();
                await(hold);
            });
        }
        await(dialling);
        CountDownLatch worked = new CountDownLatch(1);
        workers.run(worked::countDown);
        await(worked);
        hold.countDown();
    }

    /** KC-13. */
    @Test
    void whoFailedLeastIsDialledFirst() {
        CountDownLatch first = new CountDownLatch(1);
        CountDownLatch others = new CountDownLatch(1);
        workers.dial(0, () -> await(first));
        for (int i = 1; i < Workers.DIALLING; i++) {
            workers.dial(0, () -> await(others));
        }
        List<Integer> order = Collections.synchronizedList(new ArrayList<>());
        CountDownLatch done = new CountDownLatch(4);
        for (int rank : List.of(9, 1, 5, 1)) {
            workers.dial(rank, () -> {
                order.add(rank);
                done.countDown();
            });
        }
        first.countDown(); // one place alone is free: who has it is done before the next begins
        await(done);
        others.countDown();
        assertEquals(List.of(1, 1, 5, 9), order);
    }

    /** KC-2. */
    @Test
    void anAlarmHasAThreadOnlyWhileItIsSet() throws InterruptedException {
        Alarm far = workers.after(Duration.ofHours(1), () -> {});
        Thread timer = threads(AlarmClock.THREAD).getFirst();
        CountDownLatch rang = new CountDownLatch(1);
        workers.after(Duration.ofMillis(1), rang::countDown);
        await(rang);
        far.cancel();
        assertTrue(timer.join(Duration.ofSeconds(10)), "nothing is left to wait for");
        assertEquals(0, workers.threads());
    }

    @Test
    void alarmsRingInTheOrderOfTheirTimes() {
        List<Integer> rung = Collections.synchronizedList(new ArrayList<>());
        CountDownLatch all = new CountDownLatch(3);
        for (int millis : List.of(30, 1, 15)) {
            workers.after(Duration.ofMillis(millis), () -> {
                rung.add(millis);
                all.countDown();
            });
        }
        await(all);
        assertEquals(List.of(1, 15, 30), rung);
    }

    @Test
    void anAlarmThatFailsSilencesNoOther() {
        Logger log = Logger.getLogger("org.maunode.sync");
        Level before = log.getLevel();
        log.setLevel(Level.OFF);
        CountDownLatch rang = new CountDownLatch(1);
        workers.after(Duration.ofMillis(1), () -> {
            throw new IllegalStateException("a defect");
        });
        workers.after(Duration.ofMillis(2), rang::countDown);
        await(rang);
        log.setLevel(before);
    }

    @Test
    void whatHangsIsInterruptedAtTheEnd() {
        CountDownLatch started = new CountDownLatch(1);
        CountDownLatch ended = new CountDownLatch(1);
        workers.run(() -> {
            started.countDown();
            await(new CountDownLatch(1));
            ended.countDown();
        });
        await(started);
        workers.after(Duration.ofHours(1), () -> {});
        assertTimeout(Duration.ofSeconds(1), workers::close);
        await(ended);
        workers.run(() -> {
            throw new AssertionError("nothing begins behind the end");
        });
        workers.after(Duration.ZERO, () -> {
            throw new AssertionError("nothing rings behind the end");
        });
    }
}
