package org.maunode.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.maunode.identity.FileName;
import org.maunode.store.Changes.Due;

final class ChangesTest {
    private static final Instant NOW = Instant.parse("2024-01-01T00:00:00Z");
    private static final Optional<Stamp> DIRECTORY = Optional.of(new Stamp(1, 2, 3, 4));
    private static final FileName NAME = new FileName("a.pgp");

    private final Changes changes = new Changes();

    @BeforeEach
    void scan() {
        assertEverything(changes.take(DIRECTORY, NOW, true));
        changes.scanned(DIRECTORY, NOW, true);
    }

    private static void assertEverything(Due due) {
        assertInstanceOf(Due.Everything.class, due);
    }

    private static void assertNames(Set<FileName> names, Due due) {
        assertEquals(new Due.Names(names), due);
    }

    @Test
    void nothingIsDueWhereNothingChanged() {
        assertNames(Set.of(), changes.take(DIRECTORY, NOW, true));
        assertNames(Set.of(), changes.take(DIRECTORY, NOW.plus(Changes.NET), true));
        assertNames(Set.of(), changes.take(DIRECTORY, NOW.plus(Changes.UNWATCHED), false));
    }

    @Test
    void reportedNamesAreDueOnce() {
        changes.touched(NAME);
        changes.touched(NAME);
        assertNames(Set.of(NAME), changes.take(DIRECTORY, NOW, true));
        assertNames(Set.of(), changes.take(DIRECTORY, NOW, true));
    }

    @Test
    void anotherDirectoryIsDue() {
        assertEverything(changes.take(Optional.empty(), NOW, true));
        changes.scanned(Optional.empty(), NOW, true);
        assertNames(Set.of(), changes.take(Optional.empty(), NOW, true));
    }

    @Test
    void theNetCatchesWhatNobodyReported() {
        assertEverything(changes.take(DIRECTORY, NOW.plus(Changes.NET).plusNanos(1), true));
        assertEverything(changes.take(DIRECTORY, NOW.plus(Changes.UNWATCHED).plusNanos(1), false));
        assertEverything(changes.take(DIRECTORY, NOW.minusNanos(1), true));
    }

    @Test
    void lostReportsMakeEverythingDueAlsoDuringAScan() {
        changes.lost();
        assertEverything(changes.take(DIRECTORY, NOW, true));
        changes.lost();
        changes.scanned(DIRECTORY, NOW, true);
        assertEverything(changes.take(DIRECTORY, NOW, true));
    }

    @Test
    void moreNamesThanAreKeptAreEverything() {
        for (int i = 0; i < 1024; i++) {
            changes.touched(new FileName("n" + i + ".pgp"));
        }
        changes.touched(new FileName("n0.pgp"));
        assertInstanceOf(Due.Names.class, changes.take(DIRECTORY, NOW, true));
        for (int i = 0; i < 1025; i++) {
            changes.touched(new FileName("n" + i + ".pgp"));
        }
        assertEverything(changes.take(DIRECTORY, NOW, true));
    }

    @Test
    void anUnwatchedDirectoryThatChangedJustNowIsScannedAgain() {
        Stamp recent = new Stamp(1, 2, 3, Nanos.of(NOW));
        changes.scanned(Optional.of(recent), NOW.plusMillis(49), false);
        assertEverything(changes.take(Optional.of(recent), NOW.plusMillis(49), false));
        changes.scanned(Optional.of(recent), NOW.plusMillis(50), false);
        assertNames(Set.of(), changes.take(Optional.of(recent), NOW.plusMillis(50), false));
        changes.scanned(Optional.of(recent), NOW, true);
        assertNames(Set.of(), changes.take(Optional.of(recent), NOW, true));
    }

    @Test
    void ownChangesAreKnownUnlessAnotherCameBefore() {
        Optional<Stamp> next = Optional.of(new Stamp(1, 2, 3, 5));
        changes.own(DIRECTORY, next);
        assertNames(Set.of(), changes.take(next, NOW, true));
        changes.own(Optional.of(new Stamp(1, 2, 3, 6)), Optional.of(new Stamp(1, 2, 3, 7)));
        assertEverything(changes.take(Optional.of(new Stamp(1, 2, 3, 7)), NOW, true));
        assertEquals(Duration.ofMinutes(5), Changes.NET);
    }
}
