package org.maunode.device.command;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.eclipsesource.json.JsonObject;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.maunode.device.profile.Setting;
import org.maunode.device.vocabulary.Act;
import org.maunode.device.vocabulary.Command;
import org.maunode.device.vocabulary.CommandId;
import org.maunode.identity.Fingerprint;
import org.maunode.store.Position;
import org.maunode.store.StoreException;

/** When a node obeys, and what it says. */
class ObeyingTest {
    @TempDir
    private Path root;

    private Greenhouse house;

    @BeforeEach
    void build() {
        house = new Greenhouse(root);
        house.clerk.begin();
    }

    @AfterEach
    void close() {
        house.close();
    }

    /** CM-1, CM-2, CM-11, CM-19 and CM-22. */
    @Test
    void aCommandIsCarriedOutAnsweredAndItsStatePublished() {
        Command command = house.on("pump", Duration.ofMinutes(10));
        assertEquals("applied", house.obeys(command));
        assertEquals(List.of("opened off", "on"), house.pump.moves);
        assertEquals("Done: pump is on until 2026-11-23T08:26:00Z", house.words(command));
        JsonObject state = house.state("pump");
        assertTrue(state.getBoolean("value", false));
        assertEquals("2026-11-23T08:26:00Z", state.getString("mau:autoOffAt", ""));
        assertEquals(
                command.id().address(), state.get("mau:causedBy").asObject().getString("@id", ""));
        JsonObject result = house.result(command).orElseThrow();
        assertEquals(
                house.store
                        .list(Greenhouse.ALICE.fingerprint(), Position.START, 1)
                        .getFirst()
                        .sum()
                        .toString(),
                result.getString("mau:commandSha256", ""));
        var envelope =
                house.own(CommandId.resultOf(command.id().ulid())).orElseThrow().envelope();
        assertTrue(envelope.isReadableBy(Greenhouse.ALICE.publicIdentity().keyIds()));
        assertFalse(envelope.isReadableBy(Greenhouse.BOB.publicIdentity().keyIds()));
    }

    @Test
    void aStateIsForWhomItsChannelIs() {
        assertFalse(house.own("pump.json").orElseThrow().envelope().sealed());
        var vent = house.own("vent.json").orElseThrow().envelope();
        assertTrue(vent.isReadableBy(Greenhouse.BOB.publicIdentity().keyIds()));
        assertFalse(vent.isReadableBy(Greenhouse.ALICE.publicIdentity().keyIds()));
    }

    /** CM-2. */
    @Test
    void aPublicCommandIsObeyedAndOneSealedForOthersPassedOver() {
        Command open = house.on("pump");
        house.send(Greenhouse.ALICE, open.id().ulid(), open.toJson(), List.of());
        house.look();
        assertEquals("applied", house.code(open));
        Command secret = house.off("pump");
        house.put(secret.id().ulid(), Greenhouse.sealed(secret, Greenhouse.BOB.publicIdentity()));
        house.look();
        assertEquals("none", house.code(secret));
        assertEquals("on", house.pump.last());
    }

    /** CM-3. */
    @Test
    void whatIsNotUnderstoodIsDeniedWithItsPlace() {
        Command command = house.on("pump");
        String twice = command.toJson().replaceFirst("\\{", "{\"mau:counter\": 99,");
        house.send(Greenhouse.ALICE, command.id().ulid(), twice, List.of(Greenhouse.NODE.publicIdentity()));
        house.look();
        assertEquals("denied", house.code(command));
        String words = house.words(command);
        assertTrue(words.startsWith("Refused: it is not understood: line "), words);
        assertTrue(words.endsWith("the key \"mau:counter\" stands here a second time"), words);
        assertEquals(List.of("opened off"), house.pump.moves);
    }

    /** CM-4. */
    @Test
    void aCommandForAnotherNodeIsDenied() {
        Command command = house.command(
                Greenhouse.ALICE.fingerprint(),
                Greenhouse.BOB.fingerprint().toString(),
                "pump",
                Act.ACTIVATE,
                Setting.ON,
                Optional.empty(),
                90);
        assertEquals("denied", house.obeys(command));
        assertTrue(house.words(command).contains("for another node"), house.words(command));
        assertEquals("applied", house.obeys(house.on("pump")), "and its counter is not spent here");
    }

    /** CM-4: whoever serves an author's files could offer them under each other's names. */
    @Test
    void aCommandUnderAnotherNameIsDeniedAndStillObeyedUnderItsOwn() {
        Command command = house.on("pump");
        Command alias = house.on("pump");
        house.send(Greenhouse.ALICE, alias.id().ulid(), command.toJson(), List.of(Greenhouse.NODE.publicIdentity()));
        house.look();
        assertEquals("denied", house.code(alias));
        assertEquals("applied", house.obeys(command));
    }

    /** CM-5. */
    @Test
    void aKeyWithoutTheRightIsDeniedAndNotToldWhatThereIs() {
        Fingerprint bob = Greenhouse.BOB.fingerprint();
        assertEquals("denied", house.obeys(house.by(bob, house.on("pump"))));
        assertEquals("denied", house.obeys(house.by(bob, house.on("cellar"))));
        assertEquals("denied", house.obeys(house.level("vent", "50", "P1")), "the vent is for owners alone");
        assertEquals(List.of("opened off"), house.pump.moves);
    }

    /** CM-5. */
    @Test
    void aCommanderWhoLeftTheGroupIsDenied() {
        assertEquals("applied", house.obeys(house.on("pump")));
        house.account.keyring().removeFromGroup(Greenhouse.ALICE.fingerprint(), "gardeners");
        assertEquals("denied", house.obeys(house.off("pump")));
        assertEquals("on", house.pump.last());
    }

    /** CM-1: a stranger's files are nobody's. */
    @Test
    void whoIsNoFriendAnyMoreIsNotHeard() {
        house.account.keyring().remove(Greenhouse.BOB.fingerprint());
        Command command = house.by(Greenhouse.BOB.fingerprint(), house.on("pump"));
        assertEquals("none", house.obeys(command));
    }

    /** CM-6. */
    @Test
    void aCounterThatIsNotHigherIsAReplay() {
        house.obeys(house.on("pump"));
        house.counter -= 1;
        Command same = house.on("pump");
        assertEquals("replayed", house.obeys(same));
        house.counter -= 5;
        assertEquals("replayed", house.obeys(house.on("pump")));
        assertEquals(1, house.pump.times("on"));
    }

    /** CM-6. */
    @Test
    void aRefusedCommandSpendsItsCounterToo() {
        house.counter = 99;
        assertEquals("unknown-channel", house.obeys(house.on("cellar")));
        house.counter = 98;
        assertEquals("replayed", house.obeys(house.on("pump")));
    }

    /** CM-7. */
    @Test
    void anExpiredCommandIsRefusedOnlyByANodeThatIsSureOfTheTime() {
        Command late = house.on("pump");
        house.passes(Duration.ofSeconds(61));
        assertEquals("expired", house.obeys(late));
        house.isSure = false;
        Command later = house.on("pump");
        house.passes(Duration.ofDays(400));
        assertEquals("applied", house.obeys(later), "a node that is unsure goes by the counter");
        house.counter--;
        assertEquals("replayed", house.obeys(house.on("pump")));
    }

    /** CM-7. */
    @Test
    void aCommandIsGoodUntilItExpiresAndNotFromFarAhead() {
        Command just = house.on("pump");
        house.passes(Command.VALIDITY);
        assertEquals("applied", house.obeys(just));
        Command ahead = house.on("pump");
        house.passes(Judge.AHEAD.negated().minusSeconds(1));
        assertEquals("denied", house.obeys(ahead));
        house.passes(Judge.AHEAD.plusSeconds(1));
        Command little = house.on("pump");
        house.now = house.now.minus(Judge.AHEAD);
        assertEquals("applied", house.obeys(little));
    }

    /** CM-8. */
    @Test
    void anUnknownChannelIsSaidToWhoMayCommandAnother() {
        Command command = house.on("cellar");
        assertEquals("unknown-channel", house.obeys(command));
        assertEquals("Refused: this node has no actuator cellar", house.words(command));
    }

    /** CM-9. */
    @Test
    void aValueMustBeOfTheChannelsKindUnitAndRange() {
        house.account.keyring().createGroup("owners");
        house.account.keyring().addToGroup(Greenhouse.ALICE.fingerprint(), "owners");
        assertEquals("out-of-range", house.obeys(house.level("vent", "90.1", "P1")));
        assertEquals("out-of-range", house.obeys(house.level("vent", "50", "CEL")));
        Command wrongKind = house.on("vent");
        assertEquals("out-of-range", house.obeys(wrongKind));
        assertEquals("Refused: vent takes numbers from 10 % to 90 %", house.words(wrongKind));
        assertEquals("out-of-range", house.obeys(house.level("pump", "1", "P1")));
        assertEquals("applied", house.obeys(house.level("vent", "52", "P1")));
        assertEquals("50 %", house.vent.last(), "rounded to its precision");
        assertEquals(
                new BigDecimal("50"),
                new BigDecimal(house.state("vent").get("value").toString()));
    }

    /** CM-10. */
    @Test
    void aChannelIsNotSwitchedTooSoonButAlwaysMadeSafe() {
        assertEquals("applied", house.obeys(house.on("fan")));
        assertEquals("applied", house.obeys(house.on("fan")), "to stay is no switch");
        assertEquals("applied", house.obeys(house.off("fan")));
        house.passes(Duration.ofSeconds(29));
        assertEquals("busy", house.obeys(house.on("fan")));
        house.passes(Duration.ofSeconds(1));
        assertEquals("applied", house.obeys(house.on("fan")));
    }

    /** CM-11. */
    @Test
    void aDurationIsClampedAndTheLongestWhereNoneIsGiven() {
        house.obeys(house.on("pump", Duration.ofDays(300)));
        assertEquals("2026-11-23T08:31:00Z", house.state("pump").getString("mau:autoOffAt", ""));
        house.passes(Duration.ofMinutes(1));
        house.obeys(house.on("pump"));
        assertEquals("2026-11-23T08:32:00Z", house.state("pump").getString("mau:autoOffAt", ""));
        assertEquals("2026-11-23T08:16:00Z", house.state("pump").getString("observationDate", ""));
    }

    /** CM-12. */
    @Test
    void offIsUnchangedWhereItIsOffAndToldToTheWireAgain() {
        long sequence = house.own("pump.json").isPresent() ? house.state("pump").getLong("mau:sequence", 0) : 0;
        assertEquals("unchanged", house.obeys(house.off("pump")));
        assertEquals(List.of("opened off", "off"), house.pump.moves);
        assertEquals(sequence, house.state("pump").getLong("mau:sequence", 0));
    }

    /** CM-13. */
    @Test
    void aDriverThatFailsGivesAFaultAndIsBroughtBackToSafety() {
        house.pump.isBroken = true;
        Command command = house.on("pump");
        assertEquals("fault", house.obeys(command));
        assertEquals(
                "Failed: pump is not there; it is brought back to off as soon as it answers", house.words(command));
        house.runs(Duration.ofSeconds(3));
        assertEquals("failed", house.pump.last());
        house.pump.isBroken = false;
        house.runs(Duration.ofSeconds(1));
        assertEquals("off", house.pump.last());
        assertEquals("applied", house.obeys(house.on("pump")));
    }

    /** CM-13. */
    @Test
    void anActuatorThatIsNotThereIsTriedAgainWithTheNextCommand() {
        house.close();
        house.pump.isAbsent = true;
        house.restart();
        assertEquals("fault", house.obeys(house.on("pump")));
        house.pump.isAbsent = false;
        assertEquals("applied", house.obeys(house.on("pump")));
    }

    /** CM-18. */
    @Test
    void theSameFileIsAnsweredOnceAndAnotherUnderItsNameIsAReplay() {
        Command command = house.on("pump");
        house.obeys(command);
        house.look();
        house.restart();
        house.look();
        assertEquals("applied", house.code(command));
        house.passes(Duration.ofSeconds(5));
        assertEquals("replayed", house.obeys(command), "signed anew, so another file");
        assertEquals(1, house.pump.times("on"));
    }

    /** CM-22, CM-23. */
    @Test
    void theChannelIsSafeAgainWhenItsTimeIsOverWhateverTheClockDoes() {
        Command command = house.on("pump", Duration.ofSeconds(5));
        house.obeys(command);
        long sequence = house.state("pump").getLong("mau:sequence", 0);
        house.now = house.now.minus(Duration.ofDays(3650));
        house.runs(Duration.ofMillis(4999));
        assertEquals("on", house.pump.last());
        house.runs(Duration.ofMillis(1));
        assertEquals("off", house.pump.last());
        JsonObject state = house.state("pump");
        assertFalse(state.getBoolean("value", true));
        assertTrue(state.getString("description", "").endsWith("the time of the command is over"), state::toString);
        assertEquals(
                command.id().address(), state.get("mau:causedBy").asObject().getString("@id", ""));
        assertEquals(sequence + 1, state.getLong("mau:sequence", 0));
    }

    /** CM-22, CM-24. */
    @Test
    void stoppingWhileOnSwitchesOffFirstAndSaysSo() {
        house.obeys(house.on("pump"));
        house.clerk.close();
        assertEquals("closed off", house.pump.last());
        assertTrue(house.state("pump").getString("description", "").endsWith("the node stopped"));
        long sequence = house.state("pump").getLong("mau:sequence", 0);
        house.restart();
        assertEquals(sequence, house.state("pump").getLong("mau:sequence", 0), "nothing new to say");
    }

    /** CM-24. */
    @Test
    void aNodeThatDiedWhileOnComesUpOffAndSaysSo() {
        Command command = house.on("pump");
        house.obeys(command);
        long sequence = house.state("pump").getLong("mau:sequence", 0);
        house.passes(Duration.ofSeconds(20));
        house.restart();
        assertEquals("opened off", house.pump.last());
        JsonObject state = house.state("pump");
        assertEquals("off since 2026-11-23T08:16:20Z: the node started", state.getString("description", ""));
        assertEquals(sequence + 1, state.getLong("mau:sequence", 0));
        assertEquals("applied", house.code(command));
        house.look();
        assertEquals(1, house.pump.times("on"));
    }

    /** CM-17. */
    @Test
    void aFullDiskKeepsACommandWaitingButNotTheWayToSafety() {
        house.obeys(house.on("pump"));
        Command more = house.on("fan");
        house.send(more);
        house.isFull = true;
        assertThrows(StoreException.class, house::look);
        assertEquals(List.of("opened off"), house.fan.moves);
        house.isFull = false;
        house.look();
        assertEquals("applied", house.code(more));
        house.isFull = true;
        assertEquals("applied", house.obeys(house.off("pump")));
        assertEquals("off", house.pump.last());
    }
}
