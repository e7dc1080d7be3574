package org.maunode.sync;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.maunode.sync.PeerState.Phase;
import org.maunode.sync.Village.Node;

/** A peer that was reached by a slow wire only, and may be reached by a better one (CA-27). */
class MovingTest {
    @TempDir
    private Path place;

    private Village village;
    private Node author;
    private Node reader;
    private Syncer syncer;

    @BeforeEach
    void settle() {
        village = new Village(place);
        List<Node> people = village.people(2);
        author = people.getFirst();
        reader = people.getLast();
        author.manner = line -> line.isLastResort = true;
        author.publish("old.txt", "old");
        syncer = reader.follows(author);
        assertEquals(Optional.of("old"), reader.reads(author, "old.txt"));
    }

    @AfterEach
    void close() {
        village.close();
    }

    private void seen() {
        syncer.seen(author.fingerprint());
        village.time.settle();
    }

    private void theNetworkIsBack() {
        author.manner = _ -> {};
    }

    @Test
    void whoIsSeenInTheNetworkIsAskedThereFromThenOn() {
        theNetworkIsBack();
        seen();
        assertEquals(2, author.dialled);
        assertFalse(author.lines.getFirst().isOpen());
        author.forgetAsked();
        author.publish("new.txt", "new");
        village.time.settle();
        assertEquals(Optional.of("new"), reader.reads(author, "new.txt"));
        assertTrue(author.line().isOpen());
        assertEquals(Phase.WAITING, syncer.state().getFirst().phase());
    }

    @Test
    void aNetworkThatChangesIsLookedAtToo() {
        theNetworkIsBack();
        syncer.networkChanged();
        village.time.advance(Duration.ofSeconds(1));
        assertEquals(2, author.dialled);
        assertFalse(author.line().isSlow());
    }

    @Test
    void theSlowWayStaysInUseWhileThereIsNoOther() {
        author.isReachable = false;
        seen();
        assertEquals(2, author.dialled);
        author.publish("new.txt", "new");
        village.time.settle();
        assertEquals(Optional.of("new"), reader.reads(author, "new.txt"), "over the slow one, and at once");
        assertTrue(author.lines.getFirst().isOpen());
    }

    @Test
    void anotherSlowWayIsNoBetter() {
        seen();
        assertEquals(2, author.dialled);
        assertTrue(author.lines.getFirst().isOpen());
        assertFalse(author.lines.getLast().isOpen());
    }

    @Test
    void whoIsShoutedAboutIsLookedForOnceAMinute() {
        for (int i = 0; i < 10; i++) {
            seen();
            village.time.advance(Duration.ofSeconds(5));
        }
        assertEquals(2, author.dialled);
        village.time.advance(Duration.ofMinutes(3));
        assertTrue(author.dialled >= 3 && author.dialled <= 5, author.dialled + " times");
    }

    @Test
    void nowAndThenItIsLookedForThoughNothingTellsOfIt() {
        theNetworkIsBack();
        village.time.advance(Duration.ofMinutes(14));
        assertEquals(1, author.dialled);
        village.time.advance(Duration.ofMinutes(2));
        assertEquals(2, author.dialled);
        assertFalse(author.line().isSlow());
    }

    @Test
    void whenTheSlowOneBreaksItIsDialledLikeAny() {
        author.lines.getFirst().cut();
        theNetworkIsBack();
        village.time.advance(Duration.ofMinutes(5));
        assertTrue(author.line().isOpen());
        assertFalse(author.line().isSlow());
    }

    @Test
    void whoCanBeCalledNowIsCalledNow() {
        author.goAway();
        village.time.advance(Duration.ofHours(1));
        int before = author.dialled;
        author.isReachable = true;
        syncer.near(author.fingerprint());
        village.time.settle();
        assertEquals(before + 1, author.dialled);
        syncer.near(author.fingerprint());
        village.time.settle();
        assertEquals(before + 1, author.dialled);
    }
}
