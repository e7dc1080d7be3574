package org.maunode.discovery.kademlia;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.maunode.identity.Contact;

/** Joining, refreshing, and being alone. */
class EngineUpkeepTest {
    private final Script script = new Script();

    @Test
    void anEngineThatIsToldNothingWantsNothing() {
        assertEquals(List.of(), script.drain().open);
        assertEquals(OptionalLong.empty(), script.engine.deadline());
    }

    /** KD-60. */
    @Test
    void joiningCallsTheBootstrapNodesThenLooksUpItself() {
        List<Contact> seeds = script.contacts(2);
        script.engine.join(seeds, script.now);
        script.drain();
        assertEquals(
                seeds,
                script.all(Action.Ping.class).stream().map(Action.Ping::to).toList());
        script.answer(script.take(Action.Ping.class), List.of());
        assertEquals(List.of(), script.all(Action.Ask.class), "a second way in is worth a second's wait");
        script.answer(script.take(Action.Ping.class), List.of());
        List<Action.Ask> asks = script.all(Action.Ask.class);
        assertEquals(Set.copyOf(seeds), asks.stream().map(Action.Ask::to).collect(Collectors.toSet()));
        assertTrue(asks.stream().allMatch(ask -> ask.target().equals(script.self.fingerprint())));
    }

    /** KD-60: a bootstrap node that is gone holds nobody up for long. */
    @Test
    void aSilentBootstrapNodeIsWaitedForASecond() {
        List<Contact> seeds = script.contacts(2);
        script.engine.join(seeds, script.now);
        script.drain();
        script.answer(script.take(Action.Ping.class), List.of());
        script.passToDeadline();
        assertEquals(1, script.all(Action.Ask.class).size());
    }

    /** KD-60. */
    @Test
    void thirtyTwoBootstrapNodesAreCalled() {
        script.engine.join(script.contacts(Entrance.MAX_SEEDS + 1), script.now);
        assertEquals(Entrance.MAX_SEEDS, script.drain().all(Action.Ping.class).size());
    }

    /** KD-60. */
    @Test
    void aRememberedTableIsEnoughToJoin() {
        script.engine.restore(script.contacts(5), script.now);
        script.engine.join(List.of(), script.now);
        assertEquals(3, script.drain().all(Action.Ask.class).size());
    }

    /** KD-65. */
    @Test
    void anotherAddressOfOursIsToldAtOnce() {
        script.engine.restore(script.contacts(5), script.now);
        script.engine.join(List.of(), script.now);
        script.drain();
        while (!script.all(Action.Ask.class).isEmpty()) {
            script.answer(script.take(Action.Ask.class), List.of());
        }
        script.engine.moved(script.now);
        List<Action.Ask> asks = script.drain().all(Action.Ask.class);
        assertFalse(asks.isEmpty());
        assertTrue(asks.stream().allMatch(ask -> ask.target().equals(script.self.fingerprint())));
    }

    /** KD-60: somebody asks for a friend the moment the node has started. */
    @Test
    void aLookupWaitsForTheFirstBootstrapNode() {
        Contact seed = script.contact();
        Id friend = Ids.random(script.random);
        script.engine.join(List.of(seed), script.now);
        long lookup = script.engine.lookup(friend.fingerprint(), script.now);
        script.drain();
        assertEquals(List.of(), script.all(Action.Finished.class));
        script.answer(script.take(Action.Ping.class), List.of());
        assertTrue(script.all(Action.Ask.class).stream()
                .anyMatch(ask -> ask.target().equals(friend.fingerprint())));
        assertFalse(script.open.contains(new Action.Finished(lookup, false)));
    }

    /** KD-61. */
    @Test
    void bucketsAreRefreshedOneAfterTheOtherAndNoneBeyondOurNeighbourhood() {
        script.know(script.contacts(25));
        int depth = script.engine.table().stream()
                .map(line -> Ids.of(line.contact()).sharedBits(script.self))
                .sorted((a, b) -> b - a)
                .toList()
                .get(Engine.K - 1);
        script.engine.join(List.of(), script.now);
        script.drain();
        Set<Integer> refreshed = new TreeSet<>();
        while (!script.all(Action.Ask.class).isEmpty()) {
            Set<Object> targets = script.all(Action.Ask.class).stream()
                    .map(Action.Ask::target)
                    .collect(Collectors.toSet());
            assertEquals(1, targets.size(), "one at a time");
            Action.Ask ask = script.take(Action.Ask.class);
            refreshed.add(Id.of(ask.target()).sharedBits(script.self));
            script.answer(ask, List.of());
        }
        Set<Integer> expected = new TreeSet<>(Set.of(Id.BITS));
        for (int index = 0; index <= depth; index++) {
            expected.add(index);
        }
        assertEquals(expected, refreshed);
    }

    /** KD-61. */
    @Test
    void everyBucketIsDueAgainWithinThreeToFiveQuartersOfAnHour() {
        Upkeep upkeep = new Upkeep(script.self, 3_600_000, new SplittableRandom(3));
        upkeep.begin(0);
        List<Long> waits = new ArrayList<>();
        for (int index = 0; index < 100; index++) {
            upkeep.touched(script.self.randomSharing(index, script.random), 0);
            upkeep.touched(script.self, Engine.NEVER / 2);
            waits.add(upkeep.deadline(0));
        }
        assertTrue(waits.stream().allMatch(wait -> wait >= 2_700_000 && wait <= 4_500_000), waits.toString());
    }

    /** KD-61. */
    @Test
    void ourNeighbourhoodIsLookedUpAgainAfterFiveMinutesThenTwiceAsOftenAsBuckets() {
        SplittableRandom chance = new SplittableRandom(3);
        for (int i = 0; i < 100; i++) {
            Upkeep upkeep = new Upkeep(script.self, 3_600_000, chance);
            upkeep.begin(0);
            upkeep.touched(script.self, 0);
            long first = upkeep.deadline(-1);
            assertTrue(first >= 225_000 && first <= 375_000, "waits " + first);
            upkeep.touched(script.self, 0);
            long wait = upkeep.deadline(-1);
            assertTrue(wait >= 1_350_000 && wait <= 2_250_000, "waits " + wait);
        }
    }

    /** KD-62: the one who answered the greeting did not hear the question; a regression found by simulation. */
    @Test
    void whoWasNotHeardLooksAroundAgainSoon() {
        script.engine.join(script.contacts(1), script.now);
        script.drain();
        script.answer(script.take(Action.Ping.class), List.of());
        long before = script.now;
        script.fail(script.take(Action.Ask.class), Failure.UNREACHABLE);
        while (script.all(Action.Ask.class).isEmpty()) {
            script.passToDeadline();
        }
        assertTrue(script.now - before <= 12_500);
    }

    /** KD-61: whoever looks for somebody there has refreshed the bucket. */
    @Test
    void aLookupCountsAsARefresh() {
        Upkeep upkeep = new Upkeep(script.self, 3_600_000, new SplittableRandom(3));
        upkeep.begin(0);
        upkeep.touched(script.self, 0);
        upkeep.touched(script.self.randomSharing(1, script.random), 0);
        assertEquals(0, upkeep.next(1, 0).orElseThrow().sharedBits(script.self));
        upkeep.touched(script.self.randomSharing(0, script.random), 0);
        assertTrue(upkeep.next(1, 0).isEmpty());
    }

    /** KD-62. */
    @Test
    void whoIsAloneCallsItsBootstrapNodesAgainLaterAndLater() {
        Contact seed = script.contact();
        script.engine.join(List.of(seed), script.now);
        script.drain();
        List<Long> waits = new ArrayList<>();
        for (int i = 0; i < 12; i++) {
            script.fail(script.take(Action.Ping.class), Failure.UNREACHABLE);
            long before = script.now;
            script.passToDeadline();
            waits.add(script.now - before);
            assertEquals(seed, script.all(Action.Ping.class).getFirst().to());
        }
        assertTrue(waits.getFirst() >= 7_500 && waits.getFirst() <= 12_500, waits.toString());
        assertTrue(waits.get(5) > 200_000, waits.toString());
        assertTrue(waits.getLast() <= 4_500_000, waits.toString());
    }

    /** KD-62. */
    @Test
    void whoIsAloneJoinsAsSoonAsABootstrapNodeAnswers() {
        script.engine.join(script.contacts(1), script.now);
        script.drain();
        script.fail(script.take(Action.Ping.class), Failure.UNREACHABLE);
        script.passToDeadline();
        script.answer(script.take(Action.Ping.class), List.of());
        assertEquals(1, script.all(Action.Ask.class).size());
    }

    /** KD-63. */
    @Test
    void aChangedTableIsSavedSoonAndThenRarely() {
        script.know(script.contacts(1));
        assertEquals(OptionalLong.of(script.now + Saving.SOON), script.engine.deadline());
        script.pass(Saving.SOON - 1);
        assertEquals(List.of(), script.open);
        script.pass(1);
        assertEquals(List.of(new Action.Changed()), script.open);
        long saved = script.now;
        script.pass(1);
        script.know(script.contacts(5));
        assertEquals(OptionalLong.of(saved + Saving.RARELY), script.engine.deadline());
    }

    /** KD-63: the same nodes at the same addresses need no write. */
    @Test
    void aTableThatIsProvedAgainIsNotSavedAgain() {
        List<Contact> all = script.know(script.contacts(5));
        script.pass(Saving.SOON);
        script.know(all);
        assertEquals(OptionalLong.empty(), script.engine.deadline());
    }
}
