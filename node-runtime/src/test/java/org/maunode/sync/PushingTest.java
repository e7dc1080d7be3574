package org.maunode.sync;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.maunode.exchange.ExchangeException;
import org.maunode.exchange.ExchangeException.Reason;
import org.maunode.exchange.ListedFile;
import org.maunode.exchange.Waiters.Attention;
import org.maunode.identity.FileName;
import org.maunode.openpgp.Sealer;
import org.maunode.store.StoredFile;
import org.maunode.sync.Village.Node;

/** We are behind a router: what is new here is left at those who cannot come and fetch it. */
class PushingTest {
    @TempDir
    private Path place;

    private Village village;
    private Node self;
    private Node peer;
    private final AtomicReference<Attention> attention = new AtomicReference<>(Attention.NONE);

    @BeforeEach
    void settle() {
        village = new Village(place);
        List<Node> people = village.people(2);
        self = people.getFirst();
        peer = people.getLast();
        peer.manner = line -> line.leftHere = this::keep;
    }

    @AfterEach
    void close() {
        village.close();
    }

    /** What a peer of ours does with what is left there. */
    private void keep(StoredFile file) {
        try {
            Path directory = peer.account.root().resolve(self.fingerprint().toString());
            Files.createDirectories(directory);
            Files.write(directory.resolve(file.name().value()), Files.readAllBytes(file.path()));
        } catch (IOException failed) {
            throw new AssertionError(failed);
        }
    }

    private Syncer follows() {
        return self.follows(_ -> attention.get(), peer);
    }

    private List<String> pushed() {
        return peer.asked().stream()
                .filter(asked -> asked.startsWith("push"))
                .map(asked -> asked.substring(5))
                .toList();
    }

    private void refuse(Reason reason) {
        peer.line().leftHere = _ -> {
            throw new ExchangeException(reason, "no");
        };
    }

    /** KC-40, KC-41. */
    @Test
    void whatThePeerLacksIsLeftThereAndWhatAppearsIsLeftAtOnce() {
        self.publish("a.txt", "a");
        keep(self.publish("b.txt", "b"));
        Syncer syncer = follows();
        assertEquals(List.of(), pushed(), "the peer has a moment to come and fetch");
        village.time.advance(Conversation.SETTLING);
        assertEquals(List.of("a.txt.pgp"), pushed());
        self.publish("c.txt", "c");
        syncer.ownChanged();
        village.time.settle();
        assertEquals(List.of("a.txt.pgp", "c.txt.pgp"), pushed());
        assertEquals(1, listings(), "what it holds is listed once");
        syncer.ownChanged();
        village.time.settle();
        assertEquals(2, pushed().size());
    }

    private long listings() {
        return peer.asked().stream()
                        .filter(asked -> asked.equals("list Since[time=-1000000000-01-01T00:00:00Z]"))
                        .count()
                - 1; // its own files
    }

    /** KC-41. */
    @Test
    void aPeerThatWaitsForOurNewsIsLeftNothing() {
        attention.set(Attention.NOW);
        self.publish("a.txt", "a");
        Syncer syncer = follows();
        village.time.advance(Duration.ofMinutes(1));
        syncer.ownChanged();
        village.time.settle();
        assertEquals(List.of(), pushed());
        attention.set(Attention.LATELY);
        self.publish("b.txt", "b");
        syncer.ownChanged();
        village.time.advance(Duration.ofMinutes(1));
        assertEquals(List.of(), pushed(), "it was just told, and is fetching");
        attention.set(Attention.NONE);
        village.time.advance(Conversation.SETTLING);
        assertEquals(List.of("a.txt.pgp", "b.txt.pgp"), pushed());
    }

    /** KC-41: it was seen waiting before it was told, and nothing changes here any more. */
    @Test
    void whatAPeerDidNotComeForIsLeftThereThoughNothingElseAppears() {
        attention.set(Attention.NOW);
        Syncer syncer = follows();
        village.time.advance(Duration.ofMinutes(1));
        self.publish("a.txt", "a");
        syncer.ownChanged();
        village.time.settle();
        attention.set(Attention.NONE);
        village.time.advance(Conversation.SETTLING);
        assertEquals(List.of("a.txt.pgp"), pushed());
    }

    /** KC-41. */
    @Test
    void aPeerThatGoesOnWaitingIsLookedAtOnceMoreAChangeAndNotForEver() {
        int[] looks = new int[1];
        Syncer syncer = self.follows(
                _ -> {
                    looks[0]++;
                    return Attention.NOW;
                },
                peer);
        village.time.advance(Duration.ofHours(1));
        assertEquals(2, looks[0]);
        for (int changes = 1; changes <= 3; changes++) {
            syncer.ownChanged();
            village.time.advance(Duration.ofHours(1));
            assertEquals(2 + 2 * changes, looks[0]);
        }
    }

    /** KC-42. */
    @Test
    void whatThePeerMayNotReadIsNotLeftThere() {
        Sealer.Content secret = () -> new ByteArrayInputStream("s".getBytes());
        self.store.publish(
                FileName.published("secret.txt"),
                new Sealer(self.account.identity())
                        .seal(secret, List.of(self.account.identity().publicIdentity()), village.now()),
                Village.ALL);
        self.store.publish(
                FileName.published("public.txt"),
                new Sealer(self.account.identity()).sign(secret, village.now()),
                Village.ALL);
        follows();
        village.time.advance(Duration.ofSeconds(5));
        assertEquals(List.of("public.txt.pgp"), pushed());
    }

    /** KC-43. */
    @Test
    void aPeerThatKnowsNoPushingIsLeftAloneUntilItIsConnectedAnewAndTenMinutesAreOver() {
        for (Reason reason : List.of(Reason.NOT_SUPPORTED, Reason.NOT_ALLOWED)) {
            peer.lines.clear();
            self.publish(reason + ".txt", "a");
            Syncer syncer = follows();
            refuse(reason);
            village.time.advance(Duration.ofSeconds(5));
            assertEquals(1, pushed().size());
            village.time.advance(Duration.ofHours(1));
            syncer.ownChanged();
            village.time.settle();
            assertEquals(1, pushed().size(), "as long as the connection lasts");
            peer.line().cut();
            village.time.advance(Duration.ofMinutes(1));
            assertEquals(2, peer.lines.size());
            assertTrue(pushed().size() > 1);
            syncer.follow(Set.of());
            village.time.settle();
        }
    }

    /** KC-43: not sooner, though it is connected anew. */
    @Test
    void anUnwillingPeerIsNotAskedAgainByConnectingOften() {
        self.publish("a.txt", "a");
        follows();
        refuse(Reason.NOT_ALLOWED);
        village.time.advance(Duration.ofMinutes(1));
        peer.line().cut();
        village.time.advance(Duration.ofMinutes(1));
        assertEquals(2, peer.lines.size());
        assertEquals(1, pushed().size());
    }

    /** KC-43: the Go peer. */
    @Test
    void aPeerWithoutPagingIsNotTried() {
        peer.manner = line -> line.knowsNoPaging = true;
        self.publish("a.txt", "a");
        follows();
        village.time.advance(Duration.ofMinutes(1));
        assertEquals(List.of(), pushed());
    }

    /** KC-44. */
    @Test
    void aFileThatIsRefusedIsNotLeftAgainAndTheOthersAre() {
        self.publish("a.txt", "a");
        self.publish("b.txt", "b");
        Syncer syncer = follows();
        peer.line().leftHere = file -> {
            if (file.name().value().startsWith("a")) {
                throw new ExchangeException(Reason.REFUSED, "not for us");
            }
            keep(file);
        };
        village.time.advance(Duration.ofMinutes(20));
        assertEquals(List.of("a.txt.pgp", "b.txt.pgp"), pushed());
        peer.line().cut();
        village.time.advance(Duration.ofMinutes(20));
        syncer.ownChanged();
        village.time.settle();
        assertEquals(2, pushed().size());
    }

    /** KC-44: a busy peer is asked again later. */
    @Test
    void aBusyPeerIsLeftTheFileLater() {
        self.publish("a.txt", "a");
        follows();
        refuse(Reason.BUSY);
        village.time.advance(Duration.ofSeconds(5));
        assertEquals(1, pushed().size());
        peer.line().leftHere = this::keep;
        village.time.advance(Duration.ofSeconds(40));
        assertEquals(2, pushed().size());
        assertFalse(
                peer.store.find(self.fingerprint(), FileName.published("a.txt")).isEmpty());
    }

    /** KC-45. */
    @Test
    void manyFilesAreLeftSomeAtATimeAndEachOnce() {
        for (int i = 0; i < Pushing.AT_ONCE * 2 + 5; i++) {
            self.publish("f" + i + ".txt", "f");
        }
        follows();
        village.time.advance(Conversation.SETTLING);
        assertEquals(Pushing.AT_ONCE * 2 + 5, pushed().size());
        assertEquals(pushed().size(), pushed().stream().distinct().count());
    }

    /** KC-42. */
    @Test
    void aFileAtTheSizeLimitIsLeftAndOneByteMoreIsNot() {
        StoredFile file = self.publish("a.txt", "a");
        for (long limit : List.of(file.size() - 1, file.size())) {
            Outbox outbox = new Outbox(self.account, self.store, _ -> Attention.NONE, limit);
            assertEquals(
                    limit == file.size(), outbox.meantFor(peer.fingerprint()).test(file));
        }
    }

    /** KC-41: however many files a peer holds of ours, what we remember of them is bounded. */
    @Test
    void whatAPeerHoldsIsRememberedUpToTheLimit() {
        HeldFiles held = new HeldFiles();
        StoredFile file = self.publish("a.txt", "a");
        ListedFile listed = new ListedFile(file.name(), file.size(), file.sum(), Optional.empty());
        assertFalse(held.contains(file));
        for (int i = 1; i < HeldFiles.MAX; i++) {
            assertTrue(held.add(new ListedFile(FileName.published("f" + i), 1, file.sum(), Optional.empty())));
        }
        assertFalse(held.contains(file));
        assertTrue(held.add(listed));
        assertTrue(held.contains(file));
        assertFalse(held.add(listed));
    }
}
