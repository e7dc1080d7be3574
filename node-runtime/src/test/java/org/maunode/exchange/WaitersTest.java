package org.maunode.exchange;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.PriorityQueue;
import java.util.Random;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.maunode.exchange.Waiters.Attention;
import org.maunode.exchange.Waiters.Waiter;
import org.maunode.exchange.Waiters.Waiter.Look;
import org.maunode.identity.Fingerprint;

/** Waiters with threads and time that stand still until they are told. */
class WaitersTest {
    private static final Fingerprint ANN = Fingerprint.of("a".repeat(40));
    private static final Fingerprint BOB = Fingerprint.of("b".repeat(40));
    private static final Duration MINUTE = Duration.ofMinutes(1);

    /** What changes, and who listens. */
    private static final class Directory implements Exchange {
        private final List<Consumer<Fingerprint>> listeners = new ArrayList<>();

        @Override
        public Answer answer(Request request, Caller caller) {
            throw new AssertionError("waiters look themselves");
        }

        @Override
        public AutoCloseable onChange(Consumer<Fingerprint> listener) {
            listeners.add(listener);
            return () -> listeners.remove(listener);
        }

        void changes(Fingerprint owner) {
            List.copyOf(listeners).forEach(listener -> listener.accept(owner));
        }
    }

    /** Runs what is asked when the test says so. */
    private static final class StoodStill implements Waiters.Crew {
        private final Deque<Runnable> soon = new ArrayDeque<>();
        private final PriorityQueue<Plan> plans = new PriorityQueue<>(Comparator.comparing(Plan::at));
        private long now;

        private record Plan(long at, Runnable action) {}

        @Override
        public void run(Runnable look) {
            soon.add(look);
        }

        @Override
        public Runnable later(Runnable action, Duration delay) {
            Plan plan = new Plan(now + delay.toNanos(), action);
            plans.add(plan);
            return () -> plans.removeIf(other -> other == plan);
        }

        @Override
        public long nanos() {
            return now;
        }

        void work() {
            while (!soon.isEmpty()) {
                soon.remove().run();
            }
        }

        void pass(Duration time) {
            long end = now + time.toNanos();
            while (!plans.isEmpty() && plans.element().at() <= end) {
                now = plans.element().at();
                plans.remove().action().run();
                work();
            }
            now = end;
        }
    }

    private static final class Fake implements Waiter {
        private Look next = Look.NOTHING;
        private Runnable during = () -> {};
        private int looks;
        private int timesOver;
        private int ends;

        @Override
        public Look look() {
            looks++;
            during.run();
            return next;
        }

        @Override
        public void timeOver() {
            timesOver++;
        }

        @Override
        public void ended() {
            ends++;
        }
    }

    private final Directory directory = new Directory();
    private final StoodStill crew = new StoodStill();
    private final Waiters waiters = new Waiters(directory, crew);

    private Waiters.Waiting add(Fake fake) {
        return waiters.add(Caller.of(BOB), ANN, MINUTE, fake);
    }

    private Fake waiting() {
        Fake fake = new Fake();
        add(fake);
        return fake;
    }

    @Test
    void aWaiterLooksWhenItComesAndWhenItsDirectoryChanges() {
        Fake fake = waiting();
        assertEquals(1, fake.looks);
        directory.changes(BOB);
        crew.work();
        assertEquals(1, fake.looks);
        fake.next = Look.TOLD;
        directory.changes(ANN);
        crew.work();
        assertEquals(List.of(2, 0, 1), List.of(fake.looks, fake.timesOver, fake.ends));
        directory.changes(ANN);
        crew.pass(MINUTE.plusSeconds(1));
        assertEquals(List.of(2, 0, 1), List.of(fake.looks, fake.timesOver, fake.ends));
        assertEquals(0, waiters.count());
        assertTrue(crew.plans.isEmpty());
    }

    /** EX-60. */
    @Test
    void whenTheTimeIsOverItIsToldOnce() {
        Fake fake = waiting();
        crew.pass(MINUTE.minusNanos(1));
        assertEquals(0, fake.timesOver);
        crew.pass(Duration.ofNanos(1));
        assertEquals(List.of(1, 1, 1), List.of(fake.looks, fake.timesOver, fake.ends));
        crew.pass(MINUTE);
        assertEquals(1, fake.timesOver);
    }

    /** EX-64. */
    @Test
    void aHundredWaitersLookOnceForEachChangeAndABurstIsLookedAtTenTimesASecond() {
        List<Fake> all = new ArrayList<>();
        for (int i = 0; i < 100; i++) {
            all.add(waiting());
        }
        for (int i = 0; i < 1000; i++) {
            directory.changes(ANN);
            crew.work();
            crew.pass(Duration.ofMillis(1));
        }
        for (Fake fake : all) {
            assertTrue(fake.looks <= 12, fake.looks + " looks in a second");
        }
    }

    @Test
    void theFirstChangeIsLookedAtWithoutDelayAndTheLastOfABurstIsNotForgotten() {
        Fake fake = waiting();
        directory.changes(ANN);
        crew.work();
        assertEquals(2, fake.looks, "at once");
        directory.changes(ANN);
        crew.work();
        assertEquals(2, fake.looks, "not yet");
        crew.pass(Waiters.PACE);
        assertEquals(3, fake.looks);
        crew.pass(Waiters.PACE.multipliedBy(3));
        assertEquals(3, fake.looks, "nothing changed");
    }

    @Test
    void whoComesBackAtOnceKeepsThePace() {
        Fake first = waiting();
        first.next = Look.TOLD;
        directory.changes(ANN);
        crew.work();
        Fake second = waiting();
        directory.changes(ANN);
        crew.work();
        assertEquals(1, second.looks);
        crew.pass(Waiters.PACE);
        assertEquals(2, second.looks);
    }

    @Test
    void whatChangesWhileAWaiterLooksIsLookedAtAgain() {
        Fake fake = new Fake();
        fake.during = () -> {
            fake.during = () -> {};
            directory.changes(ANN);
            crew.work();
        };
        add(fake);
        assertEquals(2, fake.looks, "the change came during the first look");
        fake.during = () -> {
            fake.during = () -> {};
            directory.changes(ANN);
        };
        crew.pass(Waiters.PACE);
        directory.changes(ANN);
        crew.work();
        crew.pass(Waiters.PACE);
        assertEquals(4, fake.looks, "one for the change, one for that during it");
    }

    @Test
    void whoCannotBeToldNowIsToldALittleLater() {
        Fake fake = new Fake();
        fake.next = Look.LATER;
        add(fake);
        crew.work();
        int looks = fake.looks;
        fake.next = Look.TOLD;
        crew.pass(Waiters.PACE);
        assertEquals(looks + 1, fake.looks);
        assertEquals(1, fake.ends);
    }

    @Test
    void aWaiterThatFailsEndsAndDisturbsNoOther() {
        Fake broken = waiting();
        Fake sound = waiting();
        broken.during = () -> {
            throw new IllegalStateException("broken");
        };
        directory.changes(ANN);
        crew.work();
        assertEquals(List.of(2, 1), List.of(sound.looks, broken.ends));
        assertEquals(1, waiters.count());
    }

    @Test
    void itIsKnownWhoWaitsForWhom() {
        Fake fake = new Fake();
        Waiters.Waiting waiting = add(fake);
        assertEquals(Attention.NOW, waiters.attention(BOB, ANN));
        assertEquals(Attention.NONE, waiters.attention(ANN, ANN));
        assertEquals(Attention.NONE, waiters.attention(BOB, BOB));
        waiting.close();
        waiting.close();
        assertEquals(Attention.LATELY, waiters.attention(BOB, ANN));
        assertEquals(Attention.NONE, waiters.attention(ANN, ANN));
        assertEquals(List.of(1, 0, 1), List.of(fake.looks, fake.timesOver, fake.ends));
        crew.pass(Waiters.PACE);
        assertTrue(crew.plans.isEmpty(), "its alarm is left");
    }

    @Test
    void whoWasToldIsTakenToBeFetchingForAMomentAndThenNoMore() {
        Fake fake = waiting();
        fake.next = Look.TOLD;
        directory.changes(ANN);
        crew.work();
        assertEquals(0, waiters.count());
        crew.pass(Waiters.LATELY.minusNanos(1));
        assertEquals(Attention.LATELY, waiters.attention(BOB, ANN));
        crew.pass(Duration.ofNanos(1));
        assertEquals(Attention.NONE, waiters.attention(BOB, ANN));
    }

    @Test
    void ofThoseWhoWaitedLatelyTheLongestGoneIsForgottenFirst() {
        for (int i = 0; i <= Waiters.MOST_LATELY; i++) {
            Caller caller = Caller.of(numbered(i));
            waiters.add(caller, ANN, MINUTE, new Fake()).close();
        }
        assertEquals(Attention.NONE, waiters.attention(numbered(0), ANN));
        assertEquals(Attention.LATELY, waiters.attention(numbered(1), ANN));
        assertEquals(Attention.LATELY, waiters.attention(numbered(Waiters.MOST_LATELY), ANN));
    }

    private static Fingerprint numbered(int number) {
        return Fingerprint.of("%040x".formatted(number));
    }

    @Test
    void whoIsHurriedIsAnsweredSoon() {
        Fake fake = new Fake();
        add(fake).hurry();
        assertEquals(0, fake.timesOver);
        crew.work();
        assertEquals(List.of(1, 1), List.of(fake.timesOver, fake.ends));
    }

    @Test
    void closingEndsAllAndTheListening() {
        Fake fake = waiting();
        waiters.close();
        assertEquals(List.of(0, 1), List.of(fake.timesOver, fake.ends));
        assertEquals(Optional.empty(), directory.listeners.stream().findAny());
        Fake late = waiting();
        assertEquals(List.of(0, 1), List.of(late.looks, late.ends));
    }

    @Test
    void nobodyListensBeforeSomebodyWaits() {
        assertTrue(directory.listeners.isEmpty());
        waiting();
        waiting();
        assertEquals(1, directory.listeners.size());
    }

    @Test
    void whateverHappensEachWaiterEndsOnce() {
        for (long seed = 1; seed <= 20; seed++) {
            Random random = new Random(seed);
            List<Fake> all = new ArrayList<>();
            List<Waiters.Waiting> waits = new ArrayList<>();
            for (int step = 0; step < 500; step++) {
                switch (random.nextInt(6)) {
                    case 0 -> {
                        Fake fake = new Fake();
                        fake.next = Look.values()[random.nextInt(3)];
                        all.add(fake);
                        waits.add(add(fake));
                    }
                    case 1 -> directory.changes(random.nextBoolean() ? ANN : BOB);
                    case 2 -> crew.pass(Duration.ofMillis(random.nextInt(200)));
                    case 3 -> crew.work();
                    case 4 ->
                        waits.stream()
                                .skip(random.nextInt(waits.size() + 1))
                                .findFirst()
                                .ifPresent(Waiters.Waiting::close);
                    default ->
                        all.stream()
                                .skip(random.nextInt(all.size() + 1))
                                .findFirst()
                                .ifPresent(f -> f.next = Look.TOLD);
                }
            }
            crew.pass(MINUTE.multipliedBy(2));
            long told = all.stream()
                    .filter(fake -> fake.ends == 1 && fake.timesOver <= 1)
                    .count();
            assertEquals(all.size(), told, "seed " + seed);
            assertEquals(0, waiters.count(), "seed " + seed);
        }
    }
}
