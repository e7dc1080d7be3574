package org.maunode.clock;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.logging.SimpleFormatter;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.maunode.clock.Trust.Doubt;
import org.maunode.clock.Trust.Sure;
import org.maunode.clock.Trust.Unsure;
import org.maunode.clock.Trust.Witness;

/** CK-1 to CK-9: a machine whose clocks the test holds, with the files of a real one. */
class NodeClockTest {
    private static final Instant BUILT = Instant.parse("2026-11-23T00:00:00Z");
    private static final Instant TODAY = Instant.parse("2028-03-01T12:00:00Z");
    private static final Duration TEN_YEARS = Duration.ofDays(3650);
    private static final Trust BY_NTP = new Sure(Witness.NTP);
    private static final Trust UNPROVED = new Unsure(Doubt.UNPROVED);
    private static final Trust JUMPED = new Unsure(Doubt.JUMPED);

    @TempDir
    private Path place;

    private final List<String> said = new ArrayList<>();
    private final Logger log = Logger.getLogger("org.maunode.clock");
    private final Handler listener = new Listener();
    private Instant system = TODAY;
    private long nanos = 42;

    private final class Listener extends Handler {
        @Override
        public void publish(LogRecord event) {
            said.add(event.getLevel() + " " + new SimpleFormatter().formatMessage(event));
        }

        @Override
        public void flush() {}

        @Override
        public void close() {}
    }

    @BeforeEach
    void listen() {
        log.addHandler(listener);
        log.setUseParentHandlers(false);
    }

    @AfterEach
    void stopListening() {
        log.removeHandler(listener);
        log.setUseParentHandlers(true);
    }

    private NodeClock started() {
        return new NodeClock(
                BUILT, new KeptTime(kept()), () -> system, () -> nanos, new Witnesses(place.resolve("machine")));
    }

    private Path kept() {
        return place.resolve("clock");
    }

    private Path machine(String file) throws IOException {
        Path path = place.resolve("machine").resolve(file);
        Files.createDirectories(path.getParent());
        return path;
    }

    private void synced() throws IOException {
        Path file = machine("run/systemd/timesync/synchronized");
        Files.write(file, new byte[0]);
        Files.setLastModifiedTime(file, FileTime.from(system));
    }

    private void battery(Instant time) throws IOException {
        Files.writeString(machine("sys/class/rtc/rtc0/hctosys"), "1\n");
        Files.writeString(machine("sys/class/rtc/rtc0/since_epoch"), time.getEpochSecond() + "\n");
    }

    /** Time as it should: both clocks go on. */
    private void pass(Duration time) {
        system = system.plus(time);
        nanos += time.toNanos();
    }

    private void jump(Duration by) {
        system = system.plus(by);
    }

    private long warnings() {
        return said.stream()
                .filter(line -> line.startsWith(Level.WARNING + " "))
                .count();
    }

    /** CK-1. */
    @Test
    void aClockBeforeTheBuildIsTakenForTheTimeOfTheBuildAndGoesOnFromThere() {
        system = Instant.EPOCH;
        NodeClock clock = started();
        assertEquals(BUILT, clock.instant());
        pass(Duration.ofHours(3));
        assertEquals(BUILT.plus(Duration.ofHours(3)), clock.instant());
        assertEquals(new Unsure(Doubt.BEHIND), clock.trust());
    }

    /** CK-1: the resource is filled in by the build, and not with the time at which it ran. */
    @Test
    void theBuildKnowsWhenItWas() {
        Instant built = BuildTime.ofThisProgram();
        assertTrue(built.isAfter(Instant.parse("2026-01-01T00:00:00Z")), built.toString());
        assertEquals(0, built.toEpochMilli() % 1000);
        assertEquals(Instant.EPOCH, BuildTime.parse("${project.build.outputTimestamp}"));
    }

    /** CK-2. */
    @Test
    void theSystemClockIsUsedAgainOnceItHasComeToItsSenses() {
        system = Instant.EPOCH;
        NodeClock clock = started();
        system = TODAY;
        assertEquals(TODAY, clock.instant());
    }

    /** CK-3. */
    @Test
    void whatWasSureBeforeARestartIsKnownAfterIt() throws IOException {
        synced();
        NodeClock clock = started();
        pass(Duration.ofHours(5));
        clock.close();
        Files.delete(machine("run/systemd/timesync/synchronized"));
        system = Instant.EPOCH;
        assertEquals(TODAY.plus(Duration.ofHours(5)), started().instant());
        assertEquals("rw-------", PosixFilePermissions.toString(Files.getPosixFilePermissions(kept())));
    }

    /** CK-3: a board that never learns the time still never tells the same hour twice. */
    @Test
    void uptimesAddUpOnABoardThatNeverLearnsTheTime() {
        for (int day = 0; day < 3; day++) {
            system = Instant.EPOCH;
            NodeClock clock = started();
            assertEquals(BUILT.plus(Duration.ofDays(day)), clock.instant());
            pass(Duration.ofDays(1));
            clock.close();
        }
    }

    /** CK-3: a power cut gives no chance to keep anything. */
    @Test
    void aPowerCutTakesAnHourAtMost() {
        system = Instant.EPOCH;
        NodeClock clock = started();
        for (int minute = 0; minute < 150; minute++) {
            pass(Duration.ofMinutes(1));
            clock.instant();
        }
        system = Instant.EPOCH;
        assertEquals(BUILT.plus(Duration.ofHours(2)), started().instant());
    }

    /** CK-3: ten years ahead by mistake are gone after a restart, for a clock that was unsure. */
    @Test
    void whatAnUnsureClockSaidIsNotKept() {
        NodeClock clock = started();
        jump(TEN_YEARS);
        assertEquals(TODAY.plus(TEN_YEARS), clock.instant());
        clock.close();
        jump(TEN_YEARS.negated());
        assertEquals(TODAY, started().instant());
    }

    @Test
    void aKeptTimeBeyondAllReasonIsPassedOver() throws IOException {
        Files.write(kept(), new byte[0]);
        Files.setLastModifiedTime(kept(), FileTime.from(BUILT.plus(Belief.REACH).plusSeconds(1)));
        assertEquals(TODAY, started().instant());
        Files.setLastModifiedTime(kept(), FileTime.from(BUILT.plus(Belief.REACH)));
        assertEquals(BUILT.plus(Belief.REACH), started().instant());
    }

    @Test
    void aHomeThatCannotBeWrittenStopsNoClock() {
        NodeClock clock = new NodeClock(
                BUILT, new KeptTime(place.resolve("nowhere/clock")), () -> system, () -> nanos, new Witnesses(place));
        clock.close();
        assertEquals(TODAY, clock.instant());
    }

    /** CK-4. */
    @Test
    void anUnsureClockIsSaidOnceAndThenThatItIsSure() throws IOException {
        NodeClock clock = started();
        assertEquals(UNPROVED, clock.trust());
        assertEquals(
                List.of(
                        "WARNING the clock may be wrong: nothing shows that the system clock is right; it is taken to be"
                                + " 2028-03-01T12:00:00Z until NTP or a signed file of a friend shows otherwise"),
                said);
        synced();
        pass(Duration.ofSeconds(10));
        assertEquals(BY_NTP, clock.trust());
        clock.instant();
        assertEquals("INFO the time is 2028-03-01T12:00:10Z: sure, by NTP", said.getLast());
        assertEquals(2, said.size());
    }

    /** CK-4: at most a look in ten seconds, and none once it is sure. */
    @Test
    void aSynchronisationIsNoticedWithinTenSecondsOfUse() throws IOException {
        NodeClock clock = started();
        synced();
        pass(Duration.ofSeconds(9));
        assertEquals(UNPROVED, clock.trust());
        pass(Duration.ofSeconds(1));
        assertEquals(BY_NTP, clock.trust());
    }

    /** CK-4. */
    @Test
    void aSynchronisedClockIsSureAtTheStartAndNothingIsSaid() throws IOException {
        synced();
        assertEquals(BY_NTP, started().trust());
        assertEquals(List.of(), said);
    }

    /** CK-4: a file that is there says nothing if the clock contradicts it. */
    @Test
    void aSynchronisationBeforeTheBuildProvesNothing() throws IOException {
        system = BUILT.minusSeconds(1);
        synced();
        assertEquals(new Unsure(Doubt.BEHIND), started().trust());
        system = BUILT;
        synced();
        assertEquals(BY_NTP, started().trust());
    }

    /** CK-5. */
    @Test
    void aBatteryClockIsAWitnessIfTheTimeIsStillItsOwn() throws IOException {
        battery(system.minusSeconds(60));
        assertEquals(new Sure(Witness.RTC), started().trust());
        battery(system.minusSeconds(62));
        assertEquals(UNPROVED, started().trust());
    }

    /** CK-5: an empty battery. */
    @Test
    void aBatteryClockThatBeginsAnewIsNone() throws IOException {
        system = Instant.EPOCH.plusSeconds(20);
        battery(system);
        assertEquals(new Unsure(Doubt.BEHIND), started().trust());
    }

    @Test
    void aBatteryClockOfAnotherFormIsNone() throws IOException {
        battery(system);
        Files.writeString(machine("sys/class/rtc/rtc0/since_epoch"), "soon\n");
        assertEquals(UNPROVED, started().trust());
    }

    /** CK-6. */
    @Test
    void aJumpBackOfAProvedClockMovesNothing() throws IOException {
        synced();
        NodeClock clock = started();
        pass(Duration.ofMinutes(1));
        jump(TEN_YEARS.negated());
        pass(Duration.ofMinutes(1));
        assertEquals(TODAY.plusSeconds(120), clock.instant());
        assertEquals(BY_NTP, clock.trust());
        jump(TEN_YEARS);
        pass(Duration.ofMinutes(1));
        assertEquals(TODAY.plusSeconds(180), clock.instant());
        assertEquals(2, warnings(), said.toString());
        assertTrue(said.getFirst().contains("jumped PT87600H back"), said.toString());
    }

    /** CK-6. */
    @Test
    void anUnprovedClockThatJumpsBeforeTheBuildGoesOnFromWhatItToldLast() {
        NodeClock clock = started();
        clock.instant();
        jump(TEN_YEARS.negated());
        pass(Duration.ofMinutes(1));
        assertEquals(TODAY.plusSeconds(60), clock.instant());
        pass(Duration.ofMinutes(1));
        assertEquals(TODAY.plusSeconds(120), clock.instant());
    }

    /** CK-6: it may as well be right, for instance after a sleep of the machine. */
    @Test
    void aJumpAheadIsFollowedAndMakesTheTimeUnsureUntilItIsUndone() throws IOException {
        synced();
        NodeClock clock = started();
        jump(TEN_YEARS);
        assertEquals(TODAY.plus(TEN_YEARS), clock.instant());
        assertEquals(JUMPED, clock.trust());
        jump(TEN_YEARS.negated());
        pass(Duration.ofMinutes(1));
        assertEquals(TODAY.plusSeconds(60), clock.instant());
        assertEquals(BY_NTP, clock.trust());
    }

    /** CK-6. */
    @Test
    void aNewSynchronisationAfterAJumpMakesItSureAtOnce() throws IOException {
        synced();
        NodeClock clock = started();
        jump(Duration.ofDays(2));
        synced();
        assertEquals(BY_NTP, clock.trust());
        assertEquals(1, said.size());
        assertTrue(said.getFirst().endsWith("sure, by NTP"), said.getFirst());
    }

    /** CK-6: time servers move clocks a little, both ways. */
    @Test
    void stepsOfUpToAMinuteAreNoJumps() throws IOException {
        synced();
        NodeClock clock = started();
        jump(Duration.ofMinutes(-1));
        assertEquals(TODAY.minusSeconds(60), clock.instant());
        jump(Duration.ofMinutes(1));
        assertEquals(TODAY, clock.instant());
        assertEquals(List.of(), said);
        jump(Duration.ofMinutes(1).plusNanos(1));
        clock.instant();
        assertEquals(1, warnings());
    }

    /** CK-7: a time server that was wrong is corrected by one that is right. */
    @Test
    void aTimeServerOutweighsWhatWasKept() throws IOException {
        jump(TEN_YEARS);
        synced();
        started().close();
        Files.delete(machine("run/systemd/timesync/synchronized"));
        jump(TEN_YEARS.negated());
        NodeClock clock = started();
        assertEquals(TODAY.plus(TEN_YEARS), clock.instant());
        pass(Duration.ofSeconds(10));
        synced();
        assertEquals(TODAY.plusSeconds(10), clock.instant());
        clock.close();
        assertEquals(TODAY.plusSeconds(10), started().instant());
    }

    /** CK-8. */
    @Test
    void aFriendsSignatureMovesAClockThatStandsInThePast() {
        system = Instant.EPOCH;
        NodeClock clock = started();
        clock.heard(TODAY);
        assertEquals(TODAY, clock.instant());
        assertEquals(new Sure(Witness.FRIEND), clock.trust());
        pass(Duration.ofDays(2));
        assertEquals(TODAY.plus(Duration.ofDays(2)), clock.instant());
        clock.heard(TODAY.plus(Duration.ofDays(20)));
        assertEquals(TODAY.plus(Duration.ofDays(20)), clock.instant());
        assertEquals(1, warnings());
        assertEquals(
                2,
                said.stream()
                        .filter(line -> line.startsWith("INFO a friend signed a file at "))
                        .count(),
                said.toString());
    }

    /** CK-8. */
    @Test
    void aFriendsSignatureOfTheLastDayShowsThatTheClockIsRight() {
        NodeClock clock = started();
        clock.heard(TODAY.minus(Duration.ofDays(1)).minusSeconds(1));
        assertEquals(UNPROVED, clock.trust());
        clock.heard(TODAY.minus(Duration.ofDays(1)));
        assertEquals(new Sure(Witness.FRIEND), clock.trust());
        assertEquals(TODAY, clock.instant());
    }

    /** CK-8. */
    @Test
    void aFriendWhoseClockIsWrongMovesNoSureClock() throws IOException {
        synced();
        NodeClock clock = started();
        clock.heard(TODAY.plus(TEN_YEARS));
        assertEquals(TODAY, clock.instant());
        assertEquals(BY_NTP, clock.trust());
    }

    /** CK-8: a system clock that could be right is moved by a year at most, however many say more. */
    @Test
    void aFriendMovesAPlausibleClockByAYearAtMost() {
        NodeClock clock = started();
        clock.heard(TODAY.plus(Belief.FRIENDS_STEP).plusSeconds(1));
        assertEquals(TODAY, clock.instant());
        clock.heard(TODAY.plus(Belief.FRIENDS_STEP));
        assertEquals(TODAY.plus(Belief.FRIENDS_STEP), clock.instant());
        clock.heard(TODAY.plus(Belief.FRIENDS_STEP.multipliedBy(2)));
        assertEquals(TODAY.plus(Belief.FRIENDS_STEP), clock.instant());
    }

    /** CK-8. */
    @Test
    void nobodyMovesAClockBeyondThirtyYearsFromTheBuild() {
        system = Instant.EPOCH;
        NodeClock clock = started();
        clock.heard(BUILT.plus(Belief.REACH).plusSeconds(1));
        assertEquals(BUILT, clock.instant());
        clock.heard(BUILT.plus(Belief.REACH));
        assertEquals(BUILT.plus(Belief.REACH), clock.instant());
    }

    /** CK-9. */
    @Test
    void whatFriendsSayIsForgottenAtTheEnd() {
        system = Instant.EPOCH;
        NodeClock clock = started();
        clock.heard(TODAY);
        pass(Duration.ofHours(1));
        clock.close();
        system = Instant.EPOCH;
        assertEquals(BUILT.plus(Duration.ofHours(1)), started().instant());
    }

    /** CK-9: and outweighed by NTP. */
    @Test
    void aTimeServerOutweighsAFriend() throws IOException {
        system = Instant.EPOCH;
        NodeClock clock = started();
        clock.heard(TODAY.plus(TEN_YEARS));
        system = TODAY;
        synced();
        assertEquals(TODAY, clock.instant());
        assertEquals(BY_NTP, clock.trust());
    }

    /** CK-1: whatever the clocks do below what is known, time goes on. */
    @Test
    void timeNeverStandsStillNorGoesBackWhileTheSystemClockStumblesInThePast() {
        system = Instant.EPOCH;
        NodeClock clock = started();
        Instant last = clock.instant();
        for (int i = 1; i < 1000; i++) {
            jump(Duration.ofDays(i % 7 - 3));
            nanos += 1_000_000;
            Instant next = clock.instant();
            assertEquals(last.plusMillis(1), next);
            last = next;
        }
        assertFalse(said.isEmpty());
    }

    @Test
    void trustSpeaksInWords() {
        assertEquals("sure, by NTP", BY_NTP.words());
        assertEquals("unsure: the system clock jumped", JUMPED.words());
    }
}
