package org.maunode.sync;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.maunode.identity.FileName;
import org.maunode.openpgp.Opener;
import org.maunode.openpgp.Sealer;
import org.maunode.store.Account;
import org.maunode.store.ContentStore;
import org.maunode.store.Position;
import org.maunode.store.Retention;

/** CK-21 to CK-23: an author and a follower, each with a clock that may be wrong. */
class WrongClockTest {
    private static final char[] PASSPHRASE = "clocks".toCharArray();
    private static final Instant TODAY = Instant.parse("2026-11-23T08:00:00Z");
    private static final Duration TEN_YEARS = Duration.ofDays(3650);

    @TempDir
    private Path place;

    private Instant authorsTime = TODAY;
    private Instant readersTime = TODAY;
    private Account author;
    private Account reader;
    private ContentStore authors;
    private ContentStore readers;
    private InProcessPeer peer;
    private Follower follower;

    @BeforeEach
    void befriend() {
        author = Account.create(place.resolve("author"), "author", "", PASSPHRASE, () -> TODAY);
        reader = Account.create(place.resolve("reader"), "reader", "", PASSPHRASE, () -> TODAY);
        reader.keyring().add(author.identity().publicIdentity());
        authors = ContentStore.open(author, () -> authorsTime);
        readers = ContentStore.open(reader, () -> readersTime);
        readers.follow(author.fingerprint());
        peer = new InProcessPeer(author, authors, reader.fingerprint());
        Checkpoints checkpoints = new Checkpoints(place.resolve("checkpoints"));
        follower = new Follower(reader, readers, checkpoints, Follower.Options.DEFAULT, () -> readersTime);
    }

    @AfterEach
    void close() {
        authors.close();
        readers.close();
    }

    private void share(String name, String text) {
        FileName file = FileName.published(name);
        Sealer.Content content = () -> new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8));
        Sealer sealer = new Sealer(author.identity());
        authors.publish(file, sealer.sign(content, authors.signingTime(file, authorsTime)), new Retention.KeepAll());
        authorsTime = authorsTime.plusSeconds(2);
    }

    private SyncReport sync() {
        SyncReport report = follower.sync(peer, SyncProgress.SILENT);
        assertTrue(report.isComplete() && report.refused() == 0, report.summary());
        readersTime = readersTime.plusSeconds(60);
        return report;
    }

    private int here() {
        return readers.list(author.fingerprint(), Position.START, 1000).size();
    }

    private String text(String name) throws IOException {
        Path file = readers.find(author.fingerprint(), FileName.published(name))
                .orElseThrow()
                .path();
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        new Opener(reader.identity()).open(file, author.identity().publicIdentity(), out);
        return out.toString(StandardCharsets.UTF_8);
    }

    /** CK-21: listed again and again while the clock is wrong, fetched once, and left alone when it is right. */
    @Test
    void aFollowerInThePastGetsEverythingAndAsksLessOnceItsClockIsRight() {
        readersTime = TODAY.minus(TEN_YEARS);
        for (int i = 0; i < 230; i++) {
            share("f" + i, "x");
        }
        assertEquals(230, sync().fetched());
        peer.asked.clear();
        assertEquals(0, sync().fetched());
        assertEquals(3, peer.asked.size(), "three pages, and no file");
        readersTime = authorsTime;
        sync();
        peer.asked.clear();
        assertEquals(0, sync().fetched());
        assertEquals(1, peer.asked.size(), peer.asked.toString());
    }

    /** CK-21: a peer without paging is searched by time, up to now; each file that comes says what time it is. */
    @Test
    void aFollowerInThePastReachesTheEndOfAPeerWithoutPagingAsItsClockLearns() throws Exception {
        peer.knowsNoPaging = true;
        readersTime = TODAY.minus(TEN_YEARS);
        for (int i = 0; i < 230; i++) {
            share("f" + i, "x");
        }
        try (AutoCloseable _ = readers.onSignature(at -> readersTime = at.isAfter(readersTime) ? at : readersTime)) {
            sync();
            assertTrue(here() >= 100, here() + " files after the first run");
            sync();
            sync();
        }
        assertEquals(230, here());
    }

    /** CK-22: the author's clock ahead and back; the follower's is right all the time. */
    @Test
    void nothingOfAnAuthorWhoseClockJumpsIsLostAndTheNewestWins() throws IOException {
        share("air", "before");
        sync();
        authorsTime = authorsTime.plus(TEN_YEARS);
        share("air", "in 2036");
        share("only", "in 2036");
        sync();
        authorsTime = authorsTime.minus(TEN_YEARS);
        share("air", "back");
        share("new", "back");
        sync();
        assertEquals("back", text("air"));
        assertEquals(3, here());
        authorsTime = authorsTime.minus(TEN_YEARS);
        share("air", "in 2016");
        share("old", "in 2016");
        sync();
        assertEquals("in 2016", text("air"));
        assertEquals(4, here());
    }

    /** CK-23: and the follower's own clock ahead and back. */
    @Test
    void aFollowerWhoseClockJumpsMissesNothing() throws IOException {
        share("air", "one");
        readersTime = TODAY.plus(TEN_YEARS);
        sync();
        share("air", "two");
        share("more", "two");
        sync();
        readersTime = TODAY.minus(TEN_YEARS);
        share("air", "three");
        share("most", "three");
        sync();
        readersTime = authorsTime;
        share("air", "four");
        sync();
        assertEquals("four", text("air"));
        assertEquals(3, here());
        assertEquals(
                3,
                readers.versions(author.fingerprint(), FileName.published("air"))
                        .size());
    }
}
