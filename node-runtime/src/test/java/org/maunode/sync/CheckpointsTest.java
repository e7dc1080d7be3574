package org.maunode.sync;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
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
}
