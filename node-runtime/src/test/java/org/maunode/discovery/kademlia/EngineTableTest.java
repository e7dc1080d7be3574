package org.maunode.discovery.kademlia;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.maunode.identity.Contact;

/** Who is in the table, who is told to whom, and who is called back. */
class EngineTableTest {
    private final Script script = new Script();

    /** KD-3, KD-30. */
    @Test
    void aCallerIsKnownOnlyAfterItAnsweredACall() {
        Id caller = Ids.random(script.random);
        script.called(caller, Script.FROM_THE_WORLD, "60.1.1.1");
        assertEquals(List.of(), script.table());
        Action.Ping ping = script.take(Action.Ping.class);
        assertEquals(Ids.at(caller, "60.1.1.1"), ping.to());
        script.answer(ping, List.of());
        assertEquals(List.of(ping.to()), script.table());
        assertEquals(OptionalLong.of(script.now), script.known(ping.to()).provedAt());
    }

    /** KD-30: the address belongs to somebody else, or to nobody. */
    @Test
    void aFalseClaimGainsNothing() {
        for (Failure why : List.of(Failure.WRONG_IDENTITY, Failure.UNREACHABLE)) {
            script.called(Ids.random(script.random), Script.FROM_THE_WORLD, "60.1.1.1");
            script.fail(script.take(Action.Ping.class), why);
            assertEquals(List.of(), script.table());
        }
    }

    /** KD-31. */
    @Test
    void nobodySendsUsFartherInThanItStands() {
        for (String claim : List.of("10.0.0.1", "127.0.0.1", "169.254.1.1", "localhost", "board.local", "0.0.0.0")) {
            script.called(Ids.random(script.random), Script.FROM_THE_WORLD, claim);
            assertEquals(List.of(), script.open, claim);
        }
        for (String claim : List.of("127.0.0.1", "169.254.1.1")) {
            script.called(Ids.random(script.random), Script.FROM_THE_SITE, claim);
            assertEquals(List.of(), script.open, claim);
        }
        script.called(Ids.random(script.random), Script.FROM_THE_SITE, "10.0.0.1");
        script.called(Ids.random(script.random), Script.FROM_HERE, "127.0.0.1");
        assertEquals(2, script.all(Action.Ping.class).size());
    }

    /** KD-32. */
    @Test
    void whoProvedThatAddressWithinHalfAnHourIsNotCalledBack() {
        Contact known = script.know(script.contacts(1)).getFirst();
        callAgain(known);
        assertEquals(List.of(), script.all(Action.Ping.class));
        script.pass(Table.FRESH);
        callAgain(known);
        assertEquals(1, script.all(Action.Ping.class).size());
    }

    private void callAgain(Contact known) {
        script.called(Ids.of(known), Script.FROM_THE_WORLD, known.address().getHostString());
    }

    /** KD-8. */
    @Test
    void aProvedNewAddressTakesThePlaceOfTheOldOne() {
        Contact known = script.know(script.contacts(1)).getFirst();
        script.called(Ids.of(known), Script.FROM_THE_WORLD, "60.1.1.1");
        assertEquals(List.of(known), script.table());
        Action.Ping ping = script.take(Action.Ping.class);
        script.answer(ping, List.of());
        assertEquals(List.of(Ids.at(Ids.of(known), "60.1.1.1")), script.table());
    }

    /** KD-8, KD-7: a lie about a new address costs the liar's victim nothing. */
    @Test
    void anAddressThatDoesNotAnswerLeavesTheOldOne() {
        Contact known = script.know(script.contacts(1)).getFirst();
        script.called(Ids.of(known), Script.FROM_THE_WORLD, "60.1.1.1");
        script.fail(script.take(Action.Ping.class), Failure.UNREACHABLE);
        script.know(script.contacts(1));
        assertFalse(script.known(known).suspect());
        assertTrue(script.table().contains(known));
    }

    /** KD-33. */
    @Test
    void oneOriginIsCalledBackTenTimesAMinute() {
        for (int i = 0; i < CallBacks.PER_ORIGIN + 1; i++) {
            InetAddress origin = InetAddress.ofLiteral("70.1.1." + (i + 1));
            script.called(Ids.random(script.random), origin, Ids.world(i));
        }
        assertEquals(CallBacks.PER_ORIGIN, script.all(Action.Ping.class).size());
        script.pass(CallBacks.MINUTE);
        script.called(Ids.random(script.random), Script.FROM_THE_WORLD, "60.1.1.1");
        assertEquals(CallBacks.PER_ORIGIN + 1, script.all(Action.Ping.class).size());
    }

    /** KD-33. */
    @Test
    void aHundredAndTwentyAreCalledBackAMinute() {
        for (int i = 0; i < CallBacks.IN_ALL + 1; i++) {
            InetAddress origin = InetAddress.ofLiteral(Ids.world(i));
            script.called(Ids.random(script.random), origin, Ids.world(i));
        }
        assertEquals(CallBacks.IN_ALL, script.all(Action.Ping.class).size());
    }

    /** KD-33, KD-34. */
    @Test
    void tenNamesAreCalledBackAMinute() {
        for (int i = 0; i < CallBacks.TO_NAMES + 1; i++) {
            InetAddress origin = InetAddress.ofLiteral(Ids.world(i));
            script.called(Ids.random(script.random), origin, "peer" + i + ".example.org");
        }
        assertEquals(CallBacks.TO_NAMES, script.all(Action.Ping.class).size());
    }

    /** KD-33: twenty nodes of one machine start together. */
    @Test
    void thisMachineIsNotLimitedAsOneOrigin() {
        for (int i = 0; i < 40; i++) {
            script.called(Ids.random(script.random), Script.FROM_HERE, "127.0.0.1");
        }
        assertEquals(40, script.all(Action.Ping.class).size());
    }

    /** KD-33. */
    @Test
    void oneFingerprintIsCalledBackOnceAtATime() {
        Id caller = Ids.random(script.random);
        script.called(caller, Script.FROM_THE_WORLD, "60.1.1.1");
        script.called(caller, Script.FROM_THE_WORLD, "60.1.1.2");
        assertEquals(1, script.all(Action.Ping.class).size());
        script.fail(script.take(Action.Ping.class), Failure.UNREACHABLE);
        script.called(caller, Script.FROM_THE_WORLD, "60.1.1.2");
        assertEquals(1, script.all(Action.Ping.class).size());
    }

    /** KD-34: names are how a stranger could reach into our network. */
    @Test
    void aStrangersNameMayLeadToTheInternetAlone() {
        script.called(Ids.random(script.random), Script.FROM_THE_WORLD, "peer.example.org");
        long call = script.take(Action.Ping.class).call();
        assertTrue(script.engine.permits(call, InetAddress.ofLiteral("9.9.9.9")));
        assertFalse(script.engine.permits(call, InetAddress.ofLiteral("127.0.0.1")));
        assertFalse(script.engine.permits(call, InetAddress.ofLiteral("10.0.0.1")));
        assertFalse(script.engine.permits(call, InetAddress.ofLiteral("fe80::1")));
        script.engine.answered(call, List.of(), script.now);
        assertFalse(script.engine.permits(call, InetAddress.ofLiteral("9.9.9.9")), "the call is over");
    }

    /** KD-34. */
    @Test
    void aNameThatTheUserGaveMayLeadAnywhere() {
        script.engine.join(List.of(Ids.at(Ids.random(script.random), "localhost")), script.now);
        long call = script.drain().take(Action.Ping.class).call();
        assertTrue(script.engine.permits(call, InetAddress.ofLiteral("127.0.0.1")));
    }

    /** KD-9: behind ten names of ten domains may be one machine. */
    @Test
    void aNameCountsByTheAddressItLedTo() {
        for (int i = 0; i < 3; i++) {
            Id id = script.self.randomSharing(0, script.random);
            script.called(id, InetAddress.ofLiteral(Ids.world(i)), "peer" + i + ".example.org");
            Action.Ping ping = script.take(Action.Ping.class);
            script.engine.answered(ping.call(), InetAddress.ofLiteral("60.1.1." + (i + 1)), List.of(), script.now);
        }
        assertEquals(2, script.table().size());
    }

    /** KD-20. */
    @Test
    void theAnswerIsTheTwentyTrulyNearest() {
        List<Contact> all = script.know(script.contacts(60));
        for (int i = 0; i < 50; i++) {
            Id target = Ids.random(script.random);
            List<Contact> expected = script.table().stream()
                    .sorted((a, b) -> target.compareDistances(Ids.of(a), Ids.of(b)))
                    .limit(20)
                    .toList();
            assertEquals(expected, script.nearest(target, Script.FROM_THE_WORLD));
        }
        assertTrue(all.containsAll(script.table()));
    }

    /** KD-20. */
    @Test
    void theAskerIsNotToldOfItself() {
        List<Contact> all = script.know(script.contacts(3));
        Asker asker = new Asker(all.getFirst().fingerprint(), Script.FROM_THE_WORLD);
        List<Contact> answer = script.engine.nearest(all.getFirst().fingerprint(), asker, script.now);
        assertEquals(2, answer.size());
        assertFalse(answer.contains(all.getFirst()));
    }

    /** KD-21. */
    @Test
    void strangersAreToldOfTheInternetAlone() {
        Contact world = know("60.1.1.1");
        Contact named = know("peer.example.org");
        Contact site = know("10.0.0.1");
        Contact here = know("127.0.0.1");
        Contact local = know("board.local");
        assertEquals(List.of(world, named), told(Script.FROM_THE_WORLD));
        assertEquals(List.of(world, named, site, local), told(Script.FROM_THE_SITE));
        assertEquals(List.of(world, named, site, here, local), told(Script.FROM_HERE));
    }

    private Contact know(String host) {
        return script.know(List.of(Ids.at(Ids.random(script.random), host))).getFirst();
    }

    private List<Contact> told(InetAddress origin) {
        List<Contact> answer = new ArrayList<>(script.nearest(script.self, origin));
        List<String> order = List.of("60.1.1.1", "peer.example.org", "10.0.0.1", "127.0.0.1", "board.local");
        answer.sort((a, b) -> Integer.compare(
                order.indexOf(a.address().getHostString()),
                order.indexOf(b.address().getHostString())));
        return answer;
    }

    /** KD-21: an address of one link means nothing elsewhere, and is not kept. */
    @Test
    void linkLocalAddressesAreNotKept() {
        know("169.254.7.7");
        know("fe80::7");
        assertEquals(List.of(), script.table());
    }

    /** KD-10. */
    @Test
    void whatTheDiskRemembersIsNotToldBeforeItIsProved() {
        List<Contact> remembered = script.contacts(3);
        script.engine.restore(remembered, script.now);
        assertEquals(3, script.table().size());
        assertEquals(OptionalLong.empty(), script.known(remembered.getFirst()).provedAt());
        assertEquals(List.of(), script.nearest(script.self, Script.FROM_THE_WORLD));
        script.know(remembered.subList(0, 1));
        assertEquals(remembered.subList(0, 1), script.nearest(script.self, Script.FROM_THE_WORLD));
    }

    /** KD-10: what was proved since is newer than the disk. */
    @Test
    void theDiskDoesNotOverruleAProof() {
        Contact known = script.know(script.contacts(1)).getFirst();
        script.engine.restore(List.of(Ids.at(Ids.of(known), "60.1.1.1")), script.now);
        assertEquals(List.of(known), script.table());
    }

    /** KD-4. */
    @Test
    void aNewcomerOfAFullBucketHasTheOldestShowThatItLives() {
        List<Contact> full = script.know(script.sharing(script.self, 0, 20));
        script.pass(Table.RECENT);
        Contact newcomer = script.know(script.sharing(script.self, 0, 1)).getFirst();
        Action.Ping ping = script.take(Action.Ping.class);
        assertEquals(full.getFirst(), ping.to());
        script.answer(ping, List.of());
        assertEquals(full.size(), script.table().size());
        assertFalse(script.table().contains(newcomer));
    }

    /** KD-4, KD-6. */
    @Test
    void theOldestMakesRoomWhenItFailsTwice() {
        List<Contact> full = script.know(script.sharing(script.self, 0, 20));
        script.pass(Table.RECENT);
        Contact newcomer = script.know(script.sharing(script.self, 0, 1)).getFirst();
        script.fail(script.take(Action.Ping.class), Failure.UNREACHABLE);
        assertFalse(script.known(full.getFirst()).suspect(), "it may be our own cable");
        Contact other = script.contact(script.self.randomSharing(1, script.random));
        script.know(List.of(other));
        assertTrue(script.known(full.getFirst()).suspect());
        Action.Ping second = script.take(Action.Ping.class);
        assertEquals(full.getFirst(), second.to());
        script.fail(second, Failure.UNREACHABLE);
        script.know(List.of(other));
        assertFalse(script.table().contains(full.getFirst()));
        assertTrue(script.table().contains(newcomer));
    }

    /** KD-6. */
    @Test
    void aPulledCableDoesNotEmptyTheTable() {
        List<Contact> all = script.know(script.contacts(40));
        List<Contact> before = script.table();
        for (int round = 0; round < 5; round++) {
            long lookup = script.engine.lookup(Ids.random(script.random).fingerprint(), script.now);
            script.drain();
            while (!script.all(Action.Ask.class).isEmpty()) {
                script.fail(script.take(Action.Ask.class), Failure.UNREACHABLE);
            }
            assertTrue(script.open.contains(new Action.Finished(lookup, false)));
        }
        script.pass(Link.WINDOW + 1);
        script.know(all.subList(0, 1));
        assertEquals(before, script.table());
        assertTrue(script.engine.table().stream().noneMatch(Known::suspect));
    }

    /** KD-5. */
    @Test
    void theDeadAreNotToldToOthers() {
        List<Contact> two = script.know(script.contacts(2));
        for (int i = 0; i < Node.DEAD; i++) {
            script.engine.lookup(two.getFirst().fingerprint(), script.now);
            script.drain();
            while (script.all(Action.Ping.class).size()
                            + script.all(Action.Ask.class).size()
                    > 0) {
                script.all(Action.Ask.class).forEach(ask -> script.answer(ask, List.of()));
                List.copyOf(script.all(Action.Ping.class)).forEach(ping -> script.fail(ping, Failure.UNREACHABLE));
            }
            script.know(two.subList(1, 2));
        }
        assertTrue(script.known(two.getFirst()).suspect());
        assertEquals(two.subList(1, 2), script.nearest(script.self, Script.FROM_THE_WORLD));
    }
}
