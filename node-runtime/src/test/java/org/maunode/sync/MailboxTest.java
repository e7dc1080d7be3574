package org.maunode.sync;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class MailboxTest {
    private final ManualScheduler time = new ManualScheduler();
    private final List<Set<Wake>> steps = new ArrayList<>();
    private final Mailbox mailbox = new Mailbox(time, steps::add);

    @Test
    void wakesOfAKindCountOnceAndComeTogether() {
        for (int i = 0; i < 1000; i++) {
            mailbox.wake(Wake.SEEN);
            mailbox.wake(Wake.PUSH);
        }
        time.settle();
        assertEquals(List.of(EnumSet.of(Wake.SEEN, Wake.PUSH)), steps);
        mailbox.wake(Wake.SEEN);
        time.settle();
        assertEquals(2, steps.size());
    }

    @Test
    void aLaterWishReplacesAnEarlierOneOfItsKind() {
        mailbox.wake(Wake.DIAL, Duration.ofSeconds(5));
        mailbox.wake(Wake.DIAL, Duration.ofSeconds(2));
        mailbox.wake(Wake.SYNC, Duration.ofSeconds(3));
        mailbox.cancel(Wake.SYNC);
        time.advance(Duration.ofSeconds(10));
        assertEquals(List.of(EnumSet.of(Wake.DIAL)), steps);
        mailbox.wake(Wake.DIAL, Duration.ofSeconds(1));
        mailbox.close();
        mailbox.wake(Wake.SYNC, Duration.ofSeconds(1));
        time.advance(Duration.ofSeconds(10));
        assertEquals(1, steps.size());
    }

    @Test
    void noStepRunsWhileItsDialGoesOn() {
        List<String> order = new ArrayList<>();
        Mailbox[] dialling = new Mailbox[1];
        dialling[0] = new Mailbox(time, wakes -> {
            order.add("step " + wakes);
            if (wakes.contains(Wake.DIAL)) {
                dialling[0].dial(0, () -> order.add("dial"));
            }
        });
        dialling[0].wake(Wake.DIAL);
        time.around(() -> {
            if (order.size() == 1) {
                dialling[0].wake(Wake.PUSH);
            }
        });
        time.settle();
        assertEquals(List.of("step [DIAL]", "dial", "step [PUSH]"), order);
    }

    /** Many who wake at once, on the real threads. */
    @Test
    void noTwoStepsRunAtATimeAndNoWakeIsLost() throws InterruptedException {
        AtomicInteger running = new AtomicInteger();
        AtomicInteger overlaps = new AtomicInteger();
        CountDownLatch last = new CountDownLatch(1);
        try (Workers workers = new Workers()) {
            Mailbox busy = new Mailbox(workers, wakes -> {
                overlaps.addAndGet(running.getAndIncrement());
                running.decrementAndGet();
                if (wakes.contains(Wake.STOP)) {
                    last.countDown();
                }
            });
            CountDownLatch done = new CountDownLatch(4);
            for (int i = 0; i < 4; i++) {
                workers.run(() -> {
                    for (int j = 0; j < 10_000; j++) {
                        busy.wake(Wake.PUSH);
                    }
                    done.countDown();
                });
            }
            assertTrue(done.await(30, TimeUnit.SECONDS));
            busy.wake(Wake.STOP);
            assertTrue(last.await(30, TimeUnit.SECONDS));
        }
        assertEquals(0, overlaps.get());
    }
}
