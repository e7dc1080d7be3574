package org.maunode.discovery.kademlia;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.InetAddress;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.maunode.identity.Contact;

/** Lookups, call by call. */
class EngineLookupTest {
    private final Script script = new Script();
    private final Id target = Ids.random(script.random);

    private long lookup() {
        long lookup = script.engine.lookup(target.fingerprint(), script.now);
        script.drain();
        return lookup;
    }

    /** KD-41. */
    @Test
    void whoKnowsNobodyFindsNobodyAtOnce() {
        long lookup = lookup();
        assertEquals(List.of(new Action.Finished(lookup, false)), script.open);
    }

    /** KD-42. */
    @Test
    void theTargetIsFoundOnceItProvedItself() {
        script.know(script.contacts(1));
        long lookup = lookup();
        Contact there = Ids.at(target, "60.1.1.1");
        script.answer(script.take(Action.Ask.class), List.of(there));
        Action.Ping ping = script.take(Action.Ping.class);
        assertEquals(there, ping.to());
        assertEquals(List.of(), script.open);
        script.answer(ping, List.of());
        assertEquals(List.of(new Action.Found(lookup, there), new Action.Finished(lookup, true)), script.open);
        assertTrue(script.table().contains(there));
    }

    /** KD-42. */
    @Test
    void falseAddressesDoNotKeepTheTrueOneFromBeingFound() {
        script.know(script.contacts(3));
        long lookup = lookup();
        Contact truth = Ids.at(target, "60.1.1.1");
        List<Action.Ask> asks = script.all(Action.Ask.class);
        script.answer(asks.get(0), List.of(Ids.at(target, "61.1.1.1")));
        script.answer(asks.get(1), List.of(Ids.at(target, "62.1.1.1")));
        List<Action.Ping> lies = script.all(Action.Ping.class);
        assertEquals(2, lies.size());
        script.fail(lies.get(0), Failure.WRONG_IDENTITY);
        script.answer(asks.get(2), List.of(truth));
        script.all(Action.Ping.class).stream()
                .filter(ping -> ping.to().equals(truth))
                .forEach(ping -> script.answer(ping, List.of()));
        assertTrue(script.open.contains(new Action.Found(lookup, truth)));
    }

    /** KD-42: a lost call is no proof of absence; somebody else at the address is. */
    @Test
    void aSilentAddressOfTheTargetIsCalledThreeTimesAndAWrongOneOnce() {
        script.know(script.contacts(1));
        long lookup = lookup();
        script.answer(script.take(Action.Ask.class), List.of(Ids.at(target, "60.1.1.1")));
        for (int i = 0; i < Lookup.MAX_KNOCKS; i++) {
            script.fail(script.take(Action.Ping.class), Failure.UNREACHABLE);
        }
        assertEquals(List.of(new Action.Finished(lookup, false)), script.open);

        script.open.clear();
        lookup();
        script.answer(script.take(Action.Ask.class), List.of(Ids.at(target, "60.1.1.1")));
        script.fail(script.take(Action.Ping.class), Failure.WRONG_IDENTITY);
        assertEquals(1, script.open.size());
    }

    /** KD-42: one liar cannot keep us busy with many addresses. */
    @Test
    void anAnswerNamesOneAddressOfTheTarget() {
        script.know(script.contacts(1));
        lookup();
        List<Contact> many = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            many.add(Ids.at(target, Ids.world(1_000 + i)));
        }
        script.answer(script.take(Action.Ask.class), many);
        assertEquals(1, script.all(Action.Ping.class).size());
    }

    /** KD-42: what takes no part in the network may be a friend all the same. */
    @Test
    void aTargetThatTakesNoPartIsFoundAndNotKept() {
        for (Failure why : List.of(Failure.NOT_SUPPORTED, Failure.MISBEHAVED)) {
            Script fresh = new Script(12);
            fresh.know(fresh.contacts(1));
            long lookup = fresh.engine.lookup(target.fingerprint(), fresh.now);
            fresh.drain();
            Contact there = Ids.at(target, "60.1.1.1");
            fresh.answer(fresh.take(Action.Ask.class), List.of(there));
            fresh.fail(fresh.take(Action.Ping.class), why);
            assertEquals(List.of(new Action.Found(lookup, there), new Action.Finished(lookup, true)), fresh.open);
            assertFalse(fresh.table().contains(there));
        }
    }

    /** KD-43. */
    @Test
    void aTargetThatWeKnowIsCalledBeforeOthersAreAsked() {
        script.know(script.contacts(5));
        Contact known = script.know(List.of(script.contact(target))).getFirst();
        lookup();
        assertEquals(known, script.take(Action.Ping.class).to());
        assertEquals(List.of(), script.open);
        script.pass(Lookup.PATIENCE);
        assertEquals(3, script.all(Action.Ask.class).size());
    }

    /** KD-40. */
    @Test
    void threeAreAskedAtATimeTheNearestOfEachPathFirst() {
        script.know(script.contacts(30));
        List<Contact> nearest = script.nearest(target, Script.FROM_THE_WORLD);
        lookup();
        List<Contact> asked =
                script.all(Action.Ask.class).stream().map(Action.Ask::to).toList();
        assertEquals(Set.copyOf(nearest.subList(0, 3)), Set.copyOf(asked));
        script.answer(script.take(Action.Ask.class), List.of());
        assertEquals(3, script.all(Action.Ask.class).size());
    }

    /** KD-40: what one path hears stays on it, so that one liar misleads one path. */
    @Test
    void aLiarHasNoSayOnOtherPaths() {
        script.know(script.contacts(30));
        List<Contact> nearest = script.nearest(target, Script.FROM_THE_WORLD);
        lookup();
        List<Contact> accomplices = script.sharing(target, 30, 20);
        Set<Contact> asked = new HashSet<>();
        for (int round = 0; round < 200 && !script.all(Action.Ask.class).isEmpty(); round++) {
            Action.Ask ask = script.take(Action.Ask.class);
            asked.add(ask.to());
            boolean liar = ask.to().equals(nearest.getFirst()) || accomplices.contains(ask.to());
            script.answer(ask, liar ? accomplices : List.of());
        }
        int onOtherPaths = 0;
        for (int i = 0; i < nearest.size(); i++) {
            onOtherPaths += i % 3 != 0 && asked.contains(nearest.get(i)) ? 1 : 0;
        }
        assertEquals(13, onOtherPaths, "seven and six starting points of the two honest paths are asked all the same");
    }

    /** KD-40. */
    @Test
    void nobodyIsAskedTwice() {
        List<Contact> world = script.contacts(100);
        script.know(world.subList(0, 20));
        lookup();
        Set<Contact> asked = new HashSet<>();
        while (!script.all(Action.Ask.class).isEmpty()) {
            Action.Ask ask = script.take(Action.Ask.class);
            assertTrue(asked.add(ask.to()), ask.to() + " is asked again");
            script.answer(
                    ask, script.random.ints(20, 0, 100).mapToObj(world::get).toList());
        }
    }

    /** KD-41. */
    @Test
    void aPathEndsWhenItsNearestHaveAnswered() {
        script.know(script.contacts(20));
        long lookup = lookup();
        int asked = 0;
        while (!script.all(Action.Ask.class).isEmpty()) {
            asked++;
            script.answer(script.take(Action.Ask.class), script.sharing(target, 1, 20));
        }
        assertTrue(asked >= 42 && asked <= 60, "asked " + asked);
        assertTrue(script.open.contains(new Action.Finished(lookup, false)));
    }

    /** KD-41: liars who always know somebody nearer. */
    @Test
    void aLookupEndsAfterSoManyQuestions() {
        script.know(script.contacts(20));
        long lookup = lookup();
        int asked = 0;
        while (!script.all(Action.Ask.class).isEmpty()) {
            Action.Ask ask = script.take(Action.Ask.class);
            int bits = Math.min(150, Ids.of(ask.to()).sharedBits(target) + 1);
            asked++;
            script.answer(ask, script.sharing(target, bits, 20));
        }
        assertEquals(Lookup.MAX_ASKS, asked);
        assertTrue(script.open.contains(new Action.Finished(lookup, false)));
    }

    /** KD-44. */
    @Test
    void ofAnAnswerTwentyContactsAreLookedAt() {
        script.know(script.contacts(1));
        lookup();
        List<Contact> told = script.contacts(21);
        script.answer(script.take(Action.Ask.class), told);
        Set<Contact> asked = askedUntilTheEnd();
        assertFalse(asked.contains(told.get(20)));
        assertTrue(told.subList(0, 20).containsAll(asked));
        assertEquals(20, asked.size());
    }

    private Set<Contact> askedUntilTheEnd() {
        Set<Contact> asked = new HashSet<>();
        while (!script.all(Action.Ask.class).isEmpty()) {
            Action.Ask ask = script.take(Action.Ask.class);
            asked.add(ask.to());
            script.answer(ask, List.of());
        }
        return asked;
    }

    /** KD-44. */
    @Test
    void ourselvesAndTheAnswererAreNotAsked() {
        Contact only = script.know(script.contacts(1)).getFirst();
        lookup();
        script.answer(script.take(Action.Ask.class), List.of(Ids.at(script.self, "60.1.1.1"), only));
        assertEquals(Set.of(), askedUntilTheEnd());
    }

    /** KD-44, KD-21. */
    @Test
    void nobodySendsUsFartherInThanItStands() {
        List<Contact> told = List.of(
                Ids.at(Ids.random(script.random), "10.0.0.1"),
                Ids.at(Ids.random(script.random), "127.0.0.1"),
                Ids.at(target, "127.0.0.1"),
                Ids.at(Ids.random(script.random), "169.254.0.1"),
                Ids.at(Ids.random(script.random), "0.0.0.0"),
                Ids.at(Ids.random(script.random), "localhost"),
                Ids.at(Ids.random(script.random), "60.1.1.1", 0));
        script.know(script.contacts(1));
        lookup();
        script.answer(script.take(Action.Ask.class), told);
        assertEquals(0, script.all(Action.Ask.class).size());
        assertEquals(0, script.all(Action.Ping.class).size());
    }

    /** KD-44: a neighbour may. */
    @Test
    void aNodeOfOurSiteTellsUsOfOurSite() {
        script.know(List.of(Ids.at(Ids.random(script.random), "10.0.0.1")));
        lookup();
        Contact near = Ids.at(Ids.random(script.random), "10.0.0.2");
        script.answer(script.take(Action.Ask.class), List.of(near, Ids.at(Ids.random(script.random), "127.0.0.1")));
        assertEquals(Set.of(near), askedUntilTheEnd());
    }

    /** KD-34, KD-44: a stranger's name for a node of its choice. */
    @Test
    void aNameThatAStrangerToldMayLeadToTheInternetAlone() {
        script.know(script.contacts(1));
        lookup();
        script.answer(script.take(Action.Ask.class), List.of(Ids.at(Ids.random(script.random), "rebind.example.org")));
        long call = script.take(Action.Ask.class).call();
        assertTrue(script.engine.permits(call, InetAddress.ofLiteral("9.9.9.9")));
        assertFalse(script.engine.permits(call, InetAddress.ofLiteral("192.168.0.1")));
    }

    /** KD-45: one answer full of nobodies does not hold up those who told the truth. */
    @Test
    void whoToldAFalseAddressIsHeardAfterOthers() {
        script.know(script.contacts(2));
        lookup();
        List<Action.Ask> asks = script.all(Action.Ask.class);
        List<Contact> lies = script.sharing(target, 40, 20);
        List<Contact> truths = script.sharing(target, 3, 20);
        script.answer(asks.get(0), lies);
        script.answer(asks.get(1), truths);
        int calledInVain = 0;
        Set<Contact> asked = new HashSet<>();
        while (asked.size() < 8) {
            Action.Ask ask = script.take(Action.Ask.class);
            if (lies.contains(ask.to())) {
                calledInVain++;
                script.fail(ask, Failure.UNREACHABLE);
            } else {
                asked.add(ask.to());
                script.answer(ask, List.of());
            }
        }
        assertTrue(calledInVain <= 8, calledInVain + " calls in vain");
    }

    /** KD-46. */
    @Test
    void aSlowCallKeepsNobodyWaiting() {
        script.know(script.contacts(30));
        long lookup = lookup();
        assertEquals(3, script.all(Action.Ask.class).size());
        script.passToDeadline();
        assertEquals(6, script.all(Action.Ask.class).size());
        script.passToDeadline();
        assertEquals(9, script.all(Action.Ask.class).size());
        script.passToDeadline();
        assertEquals(9, script.all(Action.Ask.class).size(), "three times alpha are out, and no more");
        assertFalse(script.open.contains(new Action.Finished(lookup, false)));
    }

    /** KD-47. */
    @Test
    void aCallThatNobodyEndsTimesOut() {
        script.know(script.contacts(1));
        long lookup = lookup();
        Action.Ask ask = script.take(Action.Ask.class);
        script.passToDeadline();
        script.pass(Settings.standard().callTimeout() - Lookup.PATIENCE - 1);
        assertEquals(List.of(), script.open);
        script.pass(1);
        assertEquals(List.of(new Action.Finished(lookup, false)), script.open);
        script.engine.answered(ask.call(), script.contacts(3), script.now);
        assertEquals(1, script.drain().open.size(), "too late");
    }

    /** KD-48. */
    @Test
    void thirtyTwoLookupsRunAtATime() {
        script.know(script.contacts(1));
        for (int i = 0; i < Engine.MAX_LOOKUPS; i++) {
            lookup();
        }
        assertEquals(List.of(), script.all(Action.Finished.class));
        long tooMany = lookup();
        assertEquals(List.of(new Action.Finished(tooMany, false)), script.all(Action.Finished.class));
    }

    /** KD-48. */
    @Test
    void nothingIsSaidOfACancelledLookup() {
        script.know(script.contacts(1));
        long lookup = lookup();
        script.engine.cancel(lookup);
        script.engine.cancel(lookup);
        Contact there = Ids.at(target, "60.1.1.1");
        script.answer(script.take(Action.Ask.class), List.of(there));
        assertEquals(List.of(), script.open);
    }

    /** KD-49: a thousand fingerprints of one machine are one voice, ten times. */
    @Test
    void oneNetworkAnswersALookupTenTimes() {
        script.know(script.contacts(1));
        lookup();
        List<Contact> oneNetwork = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            oneNetwork.add(Ids.at(Ids.random(script.random), "60.1.1." + (i + 1)));
        }
        script.answer(script.take(Action.Ask.class), oneNetwork);
        int answered = 0;
        while (!script.all(Action.Ask.class).isEmpty()) {
            script.answer(script.take(Action.Ask.class), List.of());
            answered++;
        }
        assertTrue(answered >= 10 && answered <= 12, answered + " answers; two more may be out when the tenth comes");
    }

    /** KD-7: a false address told of an honest node is not that node's fault. */
    @Test
    void aFalseAddressOfANodeThatWeKnowIsNotHeldAgainstIt() {
        List<Contact> two = script.know(script.contacts(2));
        Contact known = two.getLast();
        for (int i = 0; i < 3; i++) {
            script.engine.lookup(Ids.of(known).fingerprint(), script.now);
            script.drain();
            script.pass(Lookup.PATIENCE);
            List<Action.Ping> pings = script.all(Action.Ping.class);
            script.all(Action.Ask.class)
                    .forEach(ask -> script.answer(ask, List.of(Ids.at(Ids.of(known), "61.1.1." + (pings.size() + 1)))));
            script.all(Action.Ping.class).stream()
                    .filter(ping -> !ping.to().equals(known))
                    .forEach(ping -> script.fail(ping, Failure.UNREACHABLE));
            script.all(Action.Ping.class).stream()
                    .filter(ping -> ping.to().equals(known))
                    .forEach(ping -> script.answer(ping, List.of()));
            script.open.clear();
        }
        assertFalse(script.known(known).suspect());
    }
}
