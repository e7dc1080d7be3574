package org.maunode.sync;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.maunode.sync.PeerState.Phase;
import org.maunode.sync.Village.Node;

/** Keeping current with one peer, in a time that the test moves. */
class SyncerTest {
    @TempDir
    private Path place;

    private Village village;
    private Node author;
    private Node reader;

    @BeforeEach
    void settle() {
        village = new Village(place);
        List<Node> people = village.people(2);
        author = people.getFirst();
        reader = people.getLast();
    }

    @AfterEach
    void close() {
        village.close();
    }

    private PeerState state(Syncer syncer) {
        return syncer.state().getFirst();
    }

    private static Predicate<String> begins(String word) {
        return asked -> asked.startsWith(word);
    }

    private long count(String word) {
        return author.asked().stream().filter(begins(word)).count();
    }

    /** KC-1, KC-3. */
    @Test
    void whatWasThereIsFetchedAndWhatComesIsFetchedAsItAppears() {
        author.publish("old.txt", "old");
        Syncer syncer = reader.follows(author);
        assertEquals(Optional.of("old"), reader.reads(author, "old.txt"));
        assertEquals(Phase.WAITING, state(syncer).phase());
        author.publish("new.txt", "new");
        village.time.settle();
        assertEquals(Optional.of("new"), reader.reads(author, "new.txt"), "no time has passed");
        assertEquals(1, author.dialled);
        assertEquals(Phase.WAITING, state(syncer).phase());
        assertTrue(state(syncer).inSync().isPresent());
        assertEquals(Optional.empty(), state(syncer).nextTry());
    }

    /** KC-2. */
    @Test
    void anHourOfWaitingIsSomeRenewalsAndNothingElse() {
        author.publish("old.txt", "old");
        reader.follows(author);
        author.forgetAsked();
        village.time.advance(Duration.ofHours(1));
        assertEquals(author.asked().size(), count("wait"), author.asked().toString());
        assertTrue(count("wait") >= 15 && count("wait") <= 20, author.asked().toString());
        assertTrue(author.asked().stream().distinct().count() > 5, "renewals of many do not come together");
    }

    /** KC-3: what was waited for moves the checkpoint too. */
    @Test
    void newsThatWereWaitedForAreNotAskedForAgainAfterARestart() {
        Syncer first = reader.follows(author);
        author.publish("new.txt", "new");
        village.time.settle();
        first.follow(Set.of());
        village.time.settle();
        author.publish("newer.txt", "newer");
        village.reports.clear();
        reader.follows(author);
        assertEquals(Optional.of("newer"), reader.reads(author, "newer.txt"));
        SyncReport report = village.reports.getFirst();
        assertEquals(1, report.fetched());
        assertTrue(
                author.line().asked.getFirst().startsWith("list Since[time=20"),
                author.line().asked.toString());
    }

    /** KC-4. */
    @Test
    void aPeerThatKnowsNoWaitingIsAskedAboutOnceAMinuteOverTheSameConnection() {
        author.manner = line -> line.knowsNoWaiting = true;
        Syncer syncer = reader.follows(author);
        assertEquals(Phase.POLLING, state(syncer).phase());
        assertTrue(state(syncer).nextTry().isPresent());
        author.forgetAsked();
        author.publish("new.txt", "new");
        village.time.advance(Duration.ofSeconds(76));
        assertEquals(Optional.of("new"), reader.reads(author, "new.txt"));
        village.time.advance(Duration.ofMinutes(10));
        assertTrue(count("list") >= 9 && count("list") <= 14, author.asked().toString());
        assertEquals(1, author.dialled);
    }

    /** KC-4: the Go peer. */
    @Test
    void aPeerWithoutPagingIsNotWaitedAt() {
        author.manner = line -> line.knowsNoPaging = true;
        Syncer syncer = reader.follows(author);
        assertEquals(Phase.POLLING, state(syncer).phase());
        assertEquals(0, count("wait"));
        author.publish("new.txt", "new");
        village.time.advance(Duration.ofSeconds(76));
        assertEquals(Optional.of("new"), reader.reads(author, "new.txt"));
    }

    /** KC-5. */
    @Test
    void aPeerThatAnswersAtOnceWithNothingIsWaitedAtLaterAndLater() {
        author.manner = line -> line.isHasty = true;
        reader.follows(author);
        village.time.advance(Duration.ofMinutes(10));
        assertTrue(count("wait") > 4 && count("wait") < 20, author.asked().toString());
    }

    /** KC-6. */
    @Test
    void whatDidNotArriveIsAskedForAgainThoughNewsComeMeanwhile() {
        Syncer syncer = reader.follows(author);
        author.line().altered = bytes -> new byte[bytes.length];
        author.publish("a.txt", "a");
        village.time.settle();
        assertTrue(state(syncer).trouble().isPresent());
        author.line().altered = bytes -> bytes;
        author.publish("b.txt", "b");
        village.time.settle();
        assertEquals(Optional.of("b"), reader.reads(author, "b.txt"));
        assertEquals(Optional.empty(), reader.reads(author, "a.txt"));
        village.time.advance(Duration.ofSeconds(7));
        assertEquals(Optional.of("a"), reader.reads(author, "a.txt"));
        assertEquals(Optional.empty(), state(syncer).trouble());
    }

    /** KC-7. */
    @Test
    void whoIsAwayIsTriedLaterAndLater() {
        author.isReachable = false;
        Syncer syncer = reader.follows(author);
        assertEquals(1, author.dialled);
        assertEquals(Phase.AWAY, state(syncer).phase());
        assertEquals(Optional.of("nobody answers"), state(syncer).trouble());
        village.time.advance(Duration.ofMinutes(1));
        assertTrue(author.dialled >= 5 && author.dialled <= 7, author.dialled + " times");
        village.time.advance(Duration.ofHours(10));
        assertTrue(author.dialled >= 40 && author.dialled <= 70, author.dialled + " times");
        author.isReachable = true;
        author.publish("a.txt", "a");
        village.time.advance(Duration.ofMinutes(19));
        assertEquals(Optional.of("a"), reader.reads(author, "a.txt"));
    }

    /** KC-7. */
    @Test
    void aConnectionThatLastedAndBreaksIsReplacedAtOnce() {
        reader.follows(author);
        village.time.advance(Duration.ofMinutes(1));
        author.line().cut();
        author.publish("a.txt", "a");
        village.time.advance(Duration.ofSeconds(1));
        assertEquals(2, author.dialled);
        assertEquals(Optional.of("a"), reader.reads(author, "a.txt"));
    }

    /** KC-7. */
    @Test
    void aPeerThatHangsUpEachTimeIsDialledLaterAndLater() {
        reader.follows(author);
        for (int i = 0; i < 100; i++) {
            author.lines.forEach(InProcessPeer::cut);
            village.time.advance(Duration.ofSeconds(6));
        }
        assertTrue(author.dialled < 12, author.dialled + " times");
    }

    /** KC-10. */
    @Test
    void whoIsSeenIsTriedAtOnceAndAFloodOfSightingsMakesNoStorm() {
        author.isReachable = false;
        Syncer syncer = reader.follows(author);
        village.time.advance(Duration.ofHours(1));
        int before = author.dialled;
        author.isReachable = true;
        syncer.seen(author.fingerprint());
        village.time.settle();
        assertEquals(before + 1, author.dialled);
        assertEquals(Phase.WAITING, state(syncer).phase());
        author.goAway();
        village.time.advance(Duration.ofSeconds(40));
        int away = author.dialled;
        for (int i = 0; i < 10_000; i++) {
            syncer.seen(author.fingerprint());
            village.time.advance(Duration.ofMillis(6));
        }
        assertTrue(author.dialled - away < 14, author.dialled - away + " tries in a minute");
    }

    /** KC-10: only who is followed. */
    @Test
    void aStrangerWhoIsSeenIsNobody() {
        Syncer syncer = reader.follows();
        syncer.seen(author.fingerprint());
        village.time.advance(Duration.ofMinutes(1));
        assertEquals(0, author.dialled);
    }

    /** KC-10, KC-12. */
    @Test
    void aPeerThatLostPowerAndIsSeenAgainIsConnectedAnew() {
        Syncer syncer = reader.follows(author);
        author.line().isSilent = true;
        author.publish("a.txt", "a");
        village.time.advance(Duration.ofMinutes(1));
        assertEquals(Optional.empty(), reader.reads(author, "a.txt"));
        syncer.seen(author.fingerprint());
        village.time.advance(Duration.ofSeconds(4));
        assertEquals(2, author.dialled);
        assertEquals(Optional.of("a"), reader.reads(author, "a.txt"));
    }

    /** KC-12. */
    @Test
    void aConnectionThatIsDoubtedAndLivesStays() {
        Syncer syncer = reader.follows(author);
        author.forgetAsked();
        syncer.seen(author.fingerprint());
        village.time.advance(Duration.ofSeconds(5));
        assertEquals(List.of(), author.asked(), "it told something just now");
        syncer.seen(author.fingerprint());
        syncer.networkChanged();
        village.time.advance(Duration.ofSeconds(10));
        assertEquals(1, author.dialled);
        assertEquals(2, author.asked().size(), author.asked().toString());
        assertEquals(Phase.WAITING, state(syncer).phase());
    }

    /** KC-11. */
    @Test
    void aNetworkThatComesBackIsUsedAtOnce() {
        Syncer syncer = reader.follows(author);
        author.line().isSilent = true;
        syncer.networkChanged();
        author.isReachable = false;
        village.time.advance(Duration.ofMinutes(30));
        assertEquals(Phase.AWAY, state(syncer).phase());
        author.isReachable = true;
        author.publish("a.txt", "a");
        syncer.networkChanged();
        village.time.advance(Duration.ofMillis(250));
        assertEquals(Optional.of("a"), reader.reads(author, "a.txt"));
    }

    /** KC-11: an address may come a moment after the cable. */
    @Test
    void afterTheNetworkChangedTriesBeginAnewWithShortWaits() {
        author.isReachable = false;
        Syncer syncer = reader.follows(author);
        village.time.advance(Duration.ofHours(5));
        syncer.networkChanged();
        village.time.advance(Duration.ofSeconds(1));
        author.isReachable = true;
        village.time.advance(Duration.ofSeconds(2));
        assertEquals(Phase.WAITING, state(syncer).phase());
    }

    /** KC-14. */
    @Test
    void whoeverAsksForASyncGetsOneNow() {
        Syncer syncer = reader.follows(author);
        author.forgetAsked();
        syncer.syncNow(Set.of(author.fingerprint()));
        village.time.settle();
        assertEquals(1, count("list"));
        author.goAway();
        village.time.advance(Duration.ofHours(3));
        author.isReachable = true;
        syncer.syncNow();
        village.time.settle();
        assertEquals(Phase.WAITING, state(syncer).phase());
    }

    @Test
    void whoIsNotFollowedAnyMoreIsHungUpOn() {
        Syncer syncer = reader.follows(author);
        assertTrue(author.line().isWaitedAt());
        syncer.follow(Set.of());
        village.time.settle();
        assertFalse(author.line().isWaitedAt());
        assertEquals(List.of(), syncer.state());
        village.time.advance(Duration.ofHours(1));
        assertEquals(1, author.dialled);
        assertEquals(0, village.time.alarms());
    }

    /** KC-20, KC-21. */
    @Test
    void aClockThatJumpsTenYearsBackAndForwardLosesNothing() {
        Duration tenYears = Duration.ofDays(3653);
        reader.follows(author);
        author.publish("a.txt", "a");
        village.time.settle();
        village.jump(tenYears.negated());
        author.publish("b.txt", "b", village.now().plus(tenYears));
        village.time.advance(Duration.ofMinutes(5));
        village.jump(tenYears.multipliedBy(2));
        author.publish("c.txt", "c");
        village.time.advance(Duration.ofMinutes(5));
        village.jump(tenYears.negated());
        author.publish("d.txt", "d");
        village.time.advance(Duration.ofMinutes(5));
        for (String name : List.of("a", "b", "c", "d")) {
            assertEquals(Optional.of(name), reader.reads(author, name + ".txt"));
        }
        assertEquals(1, author.dialled, "and no schedule went wrong");
    }

    /** KC-2: no alarm, no thread. */
    @Test
    void nothingIsScheduledWhileThereIsOnlyWaiting() {
        author.manner = line -> line.time = Optional.empty();
        reader.follows(author);
        village.time.advance(Duration.ofSeconds(10));
        assertEquals(0, village.time.alarms());
    }

    private Instant written() {
        return reader.checkpoints
                .load(author.fingerprint(), author.fingerprint())
                .reached();
    }

    /** KC-23. */
    @Test
    void newsThatComeOneByOneDoNotEachWriteTheCheckpoint() throws IOException {
        Instant first = Instant.now().minus(Duration.ofHours(1));
        author.publishAt("a.txt", first);
        Syncer syncer = reader.follows(author);
        assertEquals(first, written());
        author.publishAt("b.txt", first.plus(Trail.BEHIND));
        village.time.settle();
        assertTrue(reader.reads(author, "b.txt").isPresent());
        assertEquals(first, written());
        author.publishAt("c.txt", first.plus(Trail.BEHIND).plusSeconds(1));
        village.time.settle();
        assertEquals(first.plus(Trail.BEHIND).plusSeconds(1), written());
        author.publishAt("d.txt", first.plus(Trail.BEHIND).plusSeconds(2));
        village.time.settle();
        syncer.follow(Set.of());
        village.time.settle();
        assertEquals(first.plus(Trail.BEHIND).plusSeconds(2), written());
    }
}
