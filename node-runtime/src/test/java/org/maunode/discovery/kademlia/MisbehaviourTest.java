package org.maunode.discovery.kademlia;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.maunode.identity.Contact;

/** What answers cost their sender. */
class MisbehaviourTest {
    private final Script script = new Script();
    private final Id target = Ids.random(script.random);

    private Contact askOne() {
        Contact only = script.know(script.contacts(1)).getFirst();
        script.engine.lookup(target.fingerprint(), script.now);
        script.drain();
        return only;
    }

    private void assertLeftAlone(Contact node) {
        assertFalse(script.table().contains(node));
        script.know(List.of(node));
        assertFalse(script.table().contains(node), "not even when it proves itself");
        script.called(Ids.of(node), Script.FROM_THE_WORLD, "60.1.1.1");
        assertEquals(List.of(), script.all(Action.Ping.class));
        script.pass(Shunned.SPAN);
        script.know(List.of(node));
        assertTrue(script.table().contains(node), "for an hour");
    }

    /** KD-50, KD-54. */
    @Test
    void aHundredAndSixtyContactsArePassableAndOneMoreIsNot() {
        Contact polite = askOne();
        script.answer(script.take(Action.Ask.class), script.contacts(Answers.MAX_CONTACTS));
        assertTrue(script.table().contains(polite));
        Script other = new Script(12);
        Contact rude = other.know(other.contacts(1)).getFirst();
        other.engine.lookup(target.fingerprint(), other.now);
        other.drain();
        other.answer(other.take(Action.Ask.class), other.contacts(Answers.MAX_CONTACTS + 1));
        assertFalse(other.table().contains(rude));
        assertEquals(List.of(), other.all(Action.Ask.class));
    }

    /** KD-51, KD-54. */
    @Test
    void threeFingerprintsAtOneAddressArePassableAndAFourthIsNot() {
        Id self = Ids.random(script.random);
        assertFalse(Answers.isAbsurd(self, target, atOneAddress(3), 0));
        assertTrue(Answers.isAbsurd(self, target, atOneAddress(4), 0));
        Contact liar = askOne();
        script.answer(script.take(Action.Ask.class), atOneAddress(4));
        assertLeftAlone(liar);
    }

    private List<Contact> atOneAddress(int count) {
        List<Contact> contacts = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            contacts.add(Ids.at(Ids.random(script.random), "60.1.1.1"));
        }
        return contacts;
    }

    /** KD-52: it shares 12 bits with the target, and so do its neighbours; a net of this depth has nodes that share 8. */
    @Test
    void aFullAnswerFarFromTheAnswerersOwnNeighboursIsALie() {
        Id answerer = target.randomSharing(12, script.random);
        assertTrue(Answers.isAbsurd(answerer, target, script.sharing(target, 4, 20), 8));
        assertFalse(Answers.isAbsurd(answerer, target, script.sharing(target, 5, 20), 8));
        assertFalse(Answers.isAbsurd(answerer, target, script.sharing(target, 4, 19), 8), "it may know no more");
        assertFalse(Answers.isAbsurd(answerer, target, script.sharing(target, 0, 20), 3), "a small net");
        Id far = target.randomSharing(2, script.random);
        assertFalse(Answers.isAbsurd(far, target, script.sharing(target, 0, 20), 8), "who is far may know nobody near");
    }

    /** KD-53, KD-54. */
    @Test
    void whoTellsSixFalseAddressesAndNoTrueOneIsExposed() {
        List<Contact> two = script.know(script.contacts(2));
        script.engine.lookup(target.fingerprint(), script.now);
        script.drain();
        Contact liar = two.getFirst();
        Action.Ask asked = askOf(liar);
        Action.Ask other = askOf(two.getLast());
        List<Contact> lies = script.contacts(20);
        script.answer(asked, lies);
        for (int i = 0; i < Teller.MAX_FALSE; i++) {
            script.fail(askOfAny(lies), Failure.UNREACHABLE);
        }
        assertTrue(script.table().contains(liar), "until somebody answers it may be our cable");
        script.answer(other, List.of());
        assertFalse(script.table().contains(liar));
        assertTrue(
                script.all(Action.Ask.class).stream().noneMatch(ask -> lies.contains(ask.to()))
                        || script.all(Action.Ask.class).size() <= 3,
                "nothing more of it is tried");
        assertLeftAlone(liar);
    }

    /** KD-53. */
    @Test
    void oneTrueAddressAmongFalseOnesIsNoLie() {
        List<Contact> two = script.know(script.contacts(2));
        script.engine.lookup(target.fingerprint(), script.now);
        script.drain();
        List<Contact> told = script.contacts(20);
        Action.Ask other = askOf(two.getLast());
        script.answer(askOf(two.getFirst()), told);
        script.answer(askOfAny(told), List.of());
        for (int i = 0; i < Teller.MAX_FALSE + 3; i++) {
            script.fail(askOfAny(told), Failure.UNREACHABLE);
        }
        script.answer(other, List.of());
        assertTrue(script.table().contains(two.getFirst()));
    }

    /** KD-53: a board without IPv6 cannot tell whether addresses of IPv6 are true. */
    @Test
    void addressesOfAKindThatNeverWorkedForUsProveNoLie() {
        List<Contact> two = script.know(script.contacts(2));
        script.engine.lookup(target.fingerprint(), script.now);
        script.drain();
        List<Contact> told = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            told.add(Ids.at(Ids.random(script.random), "2620:fe:" + i + "::1"));
        }
        Action.Ask other = askOf(two.getLast());
        script.answer(askOf(two.getFirst()), told);
        for (int i = 0; i < Teller.MAX_FALSE; i++) {
            script.fail(askOfAny(told), Failure.UNREACHABLE);
        }
        script.answer(other, List.of());
        assertTrue(script.table().contains(two.getFirst()));
    }

    private Action.Ask askOf(Contact contact) {
        return script.all(Action.Ask.class).stream()
                .filter(ask -> ask.to().equals(contact))
                .findFirst()
                .orElseThrow();
    }

    private Action.Ask askOfAny(List<Contact> contacts) {
        return script.all(Action.Ask.class).stream()
                .filter(ask -> contacts.contains(ask.to()))
                .findFirst()
                .orElseThrow();
    }

    /** KD-54, KD-55. */
    @Test
    void whatTheShellCallsMisbehaviourOrNoPartIsLeftAlone() {
        for (Failure why : List.of(Failure.MISBEHAVED, Failure.NOT_SUPPORTED)) {
            Contact node = askOne();
            script.fail(askOf(node), why);
            script.open.clear();
            assertLeftAlone(node);
        }
    }

    /** KD-54: a friend who misbehaves is still a friend. */
    @Test
    void whoIsLeftAloneIsStillFoundWhenLookedFor() {
        Contact rude = askOne();
        script.fail(script.take(Action.Ask.class), Failure.MISBEHAVED);
        Contact honest = script.know(script.contacts(1)).getFirst();
        script.open.clear();
        long lookup = script.engine.lookup(rude.fingerprint(), script.now);
        script.drain();
        script.answer(askOf(honest), List.of(rude));
        script.answer(script.take(Action.Ping.class), List.of());
        assertTrue(script.open.contains(new Action.Found(lookup, rude)));
        assertFalse(script.table().contains(rude));
    }

    /** KD-54. */
    @Test
    void twoHundredAndFiftySixAreRememberedAndThenTheEldestIsForgotten() {
        Shunned shunned = new Shunned();
        List<Id> ids = new ArrayList<>();
        for (int i = 0; i < Shunned.MAX + 1; i++) {
            ids.add(Ids.random(script.random));
            assertTrue(i == 0 || shunned.contains(ids.getFirst(), 0));
            shunned.add(ids.getLast(), 0);
        }
        assertEquals(Shunned.MAX, shunned.size());
        assertFalse(shunned.contains(ids.getFirst(), 0));
        assertTrue(shunned.contains(ids.getLast(), Shunned.SPAN - 1));
        assertFalse(shunned.contains(ids.getLast(), Shunned.SPAN));
    }
}
