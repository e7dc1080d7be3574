package org.maunode.sync;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.maunode.identity.Fingerprint;

/** EX-54. */
class CheckpointsTest {
    private static final Fingerprint PEER = Fingerprint.of("caeb72ddee0703e1b0d0334f88afa037955d532a");
    private static final Checkpoint REACHED =
            new Checkpoint(Instant.parse("2026-11-23T08:00:00.123456789Z"), Instant.parse("2026-11-23T09:00:00Z"));

    @TempDir
    private Path place;

    private Checkpoints checkpoints;

    @BeforeEach
    void open() {
        checkpoints = new Checkpoints(place.resolve("sync"));
    }

    @Test
    void aPeerThatWasNeverFollowedHasNone() {
        assertEquals(Checkpoint.NONE, checkpoints.load(PEER, PEER));
    }

    @Test
    void whatIsSavedIsLoadedToTheNanosecond() {
        checkpoints.save(PEER, PEER, REACHED);
        assertEquals(REACHED, new Checkpoints(place.resolve("sync")).load(PEER, PEER));
    }

    @Test
    void theFileIsTheOwnersAlone() throws IOException {
        checkpoints.save(PEER, PEER, REACHED);
        Path file = place.resolve("sync").resolve(PEER + ".json");
        assertEquals("rw-------", PosixFilePermissions.toString(Files.getPosixFilePermissions(file)));
    }

    @Test
    void aForgottenPeerStartsAnew() throws IOException {
        checkpoints.save(PEER, PEER, REACHED);
        checkpoints.forget(PEER);
        checkpoints.forget(PEER);
        assertEquals(Checkpoint.NONE, checkpoints.load(PEER, PEER));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "{", "[]", "{}", "{\"reached\":1}", "{\"reached\":\"yesterday\"}", "null"})
    void aBrokenFileMeansAListingFromTheStart(String broken) throws IOException {
        checkpoints.save(PEER, PEER, REACHED);
        Files.writeString(place.resolve("sync").resolve(PEER + ".json"), broken);
        assertEquals(Checkpoint.NONE, checkpoints.load(PEER, PEER));
    }

    @Test
    void aFileTooLongToBeOursIsNotRead() throws IOException {
        checkpoints.save(PEER, PEER, REACHED);
        Path file = place.resolve("sync").resolve(PEER + ".json");
        Files.writeString(file, Files.readString(file) + " ".repeat(1024));
        assertEquals(Checkpoint.NONE, checkpoints.load(PEER, PEER));
    }

    private static Fingerprint relay(int number) {
        return Fingerprint.of(String.format("%040x", number));
    }

    /** KC-35. */
    @Test
    void asManyRelaysAsTheLimitAreKeptAndOneMorePushesTheOldestOut() throws IOException {
        checkpoints.save(PEER, PEER, REACHED);
        for (int i = 0; i < Checkpoints.MAX_RELAYED; i++) {
            checkpoints.save(PEER, relay(i), REACHED);
            Path file = place.resolve("sync").resolve(PEER + "-" + relay(i) + ".json");
            Files.setLastModifiedTime(file, FileTime.fromMillis(1_000_000L + i));
        }
        assertEquals(REACHED, checkpoints.load(PEER, relay(0)));
        checkpoints.save(PEER, relay(Checkpoints.MAX_RELAYED), REACHED);
        assertEquals(Checkpoint.NONE, checkpoints.load(PEER, relay(0)));
        assertEquals(REACHED, checkpoints.load(PEER, relay(1)));
        assertEquals(REACHED, checkpoints.load(PEER, relay(Checkpoints.MAX_RELAYED)));
        assertEquals(REACHED, checkpoints.load(PEER, PEER), "authors' own are no relays");
    }

    @Test
    void aForgottenAuthorIsForgottenAtRelaysTooAndOthersAreNot() throws IOException {
        checkpoints.save(PEER, relay(1), REACHED);
        checkpoints.save(relay(2), relay(1), REACHED);
        checkpoints.forget(PEER);
        assertEquals(Checkpoint.NONE, checkpoints.load(PEER, relay(1)));
        assertEquals(REACHED, checkpoints.load(relay(2), relay(1)));
    }

    @Test
    void aFileOfTheFirstReleaseIsReadAndTheWholeIsListedOnceMore() throws IOException {
        checkpoints.save(PEER, PEER, REACHED);
        Files.writeString(place.resolve("sync").resolve(PEER + ".json"), "{\"reached\":\"2026-11-23T08:00:00Z\"}");
        Checkpoint old = checkpoints.load(PEER, PEER);
        assertEquals(Instant.parse("2026-11-23T08:00:00Z"), old.reached());
        assertFalse(old.isBelievable(Instant.parse("2026-11-23T08:00:01Z")));
    }

    /** KC-21. */
    @Test
    void aCheckpointIsBelievedForADayIfItLiesInOurPast() {
        Instant whole = REACHED.whole();
        assertTrue(REACHED.isBelievable(whole));
        assertTrue(REACHED.isBelievable(whole.plus(Checkpoint.BELIEVED).minusNanos(1)));
        assertFalse(REACHED.isBelievable(whole.plus(Checkpoint.BELIEVED)));
        assertFalse(REACHED.isBelievable(whole.minusNanos(1)), "our clock was set back");
        Checkpoint ahead = new Checkpoint(whole.plusNanos(1), whole);
        assertFalse(ahead.isBelievable(whole), "theirs was ahead");
    }
}
