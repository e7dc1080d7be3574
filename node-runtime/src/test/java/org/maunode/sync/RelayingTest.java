package org.maunode.sync;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.maunode.exchange.ListedFile;
import org.maunode.exchange.SilentPeer;
import org.maunode.identity.Fingerprint;
import org.maunode.identity.VersionHash;
import org.maunode.store.Position;
import org.maunode.store.StoredFile;
import org.maunode.sync.Village.Node;

/** The author is away; its files come from those who hold them, who may be mistaken, behind, or lying. */
class RelayingTest {
    @TempDir
    private Path place;

    private Village village;
    private Node author;
    private Node relay;
    private Node other;
    private Node reader;

    @BeforeEach
    void settle() {
        village = new Village(place);
        List<Node> people = village.people(4);
        author = people.get(0);
        relay = people.get(1);
        other = people.get(2);
        reader = people.get(3);
    }

    @AfterEach
    void close() {
        village.close();
    }

    /** The author publishes {@code text}, which {@code holders} fetch before it goes away. */
    private void publishAndGo(String text, Node... holders) {
        author.publish("a.txt", text);
        for (Node holder : holders) {
            holder.follows(author);
        }
        author.goAway();
        village.time.advance(Duration.ofSeconds(1));
    }

    private PeerState stateOfAuthor(Syncer syncer) {
        return syncer.state().stream()
                .filter(state -> state.peer().equals(author.fingerprint()))
                .findFirst()
                .orElseThrow();
    }

    private List<SyncReport> relayed() {
        return village.reports.stream().filter(SyncReport::isRelayed).toList();
    }

    /** KC-30, KC-31. */
    @Test
    void whatTheAuthorCannotGiveComesFromOneWhoHoldsIt() {
        publishAndGo("words", relay);
        Syncer syncer = reader.follows(author, relay);
        village.time.advance(Duration.ofSeconds(1));
        assertEquals(Optional.of("words"), reader.reads(author, "a.txt"));
        assertEquals(List.of(relay.fingerprint()), stateOfAuthor(syncer).relays());
        SyncReport report = relayed().getLast();
        assertEquals(relay.fingerprint(), report.source());
        assertTrue(report.summary().startsWith("from the relay " + relay.fingerprint()), report.summary());
    }

    /** KC-31: and what the relay gets later is heard of at once. */
    @Test
    void aRelayIsWaitedAtForNewsOfTheAuthor() throws IOException {
        publishAndGo("words", relay);
        reader.follows(author, relay);
        village.time.advance(Duration.ofSeconds(1));
        StoredFile news = author.publish("b.txt", "news");
        Path copy = relay.account.root().resolve(author.fingerprint().toString());
        Files.copy(news.path(), copy.resolve("b.txt.pgp"));
        village.time.settle();
        assertEquals(Optional.of("news"), reader.reads(author, "b.txt"));
    }

    /** KC-32. */
    @Test
    void whenTheAuthorIsBackRelaysAreLeft() {
        publishAndGo("words", relay);
        Syncer syncer = reader.follows(author, relay);
        village.time.advance(Duration.ofSeconds(1));
        author.isReachable = true;
        syncer.seen(author.fingerprint());
        village.time.advance(Duration.ofSeconds(1));
        assertEquals(List.of(), stateOfAuthor(syncer).relays());
        assertEquals(PeerState.Phase.WAITING, stateOfAuthor(syncer).phase());
        relay.forgetAsked();
        village.time.advance(Duration.ofHours(1));
        long renewals = relay.line().asked.stream()
                .filter(asked -> asked.startsWith("wait"))
                .count();
        assertTrue(renewals <= 20, "only the relay's own news are waited for: " + renewals);
    }

    /** KC-32: the connection to a relay breaks, and another takes over. */
    @Test
    void aRelayThatGoesAwayIsReplacedByOneThatComes() throws IOException {
        publishAndGo("words", relay, other);
        Syncer syncer = reader.follows(author, relay);
        village.time.advance(Duration.ofSeconds(1));
        relay.goAway();
        village.time.advance(Duration.ofSeconds(1));
        assertEquals(List.of(), stateOfAuthor(syncer).relays());
        reader.store.follow(other.fingerprint());
        syncer.follow(Set.of(author.fingerprint(), relay.fingerprint(), other.fingerprint()));
        village.time.advance(Duration.ofSeconds(1));
        assertEquals(List.of(other.fingerprint()), stateOfAuthor(syncer).relays());
    }

    /** KC-33, KC-34: C gets A's files from B, and refuses the one that B altered. */
    @Test
    void aFileThatARelayAlteredIsRefusedByNameAndComesFromAnother() {
        publishAndGo("words", relay, other);
        relay.manner = line -> line.altered = bytes -> {
            byte[] changed = bytes.clone();
            changed[changed.length / 2] ^= 1;
            return changed;
        };
        Syncer syncer = reader.follows(author, relay);
        village.time.advance(Duration.ofSeconds(1));
        assertEquals(Optional.empty(), reader.reads(author, "a.txt"));
        SyncReport refusal = relayed().getLast();
        assertEquals(1, refusal.refused());
        assertEquals("a.txt.pgp", refusal.notes().getFirst().file());
        assertEquals(relay.fingerprint(), refusal.source());
        reader.store.follow(other.fingerprint());
        syncer.follow(Set.of(author.fingerprint(), relay.fingerprint(), other.fingerprint()));
        village.time.advance(Duration.ofSeconds(1));
        assertEquals(Optional.of("words"), reader.reads(author, "a.txt"));
    }

    /** KC-33: the listing fits the altered bytes, the signature does not. */
    @Test
    void anAlteredFileWithAHashToMatchIsRefusedAndTheAuthorsOwnIsTaken() throws IOException {
        publishAndGo("words", relay);
        byte[] forged = Files.readAllBytes(relay.store
                .list(author.fingerprint(), Position.START, 1)
                .getFirst()
                .path());
        forged[forged.length / 2] ^= 1;
        VersionHash sum = VersionHash.of(sha256(forged));
        relay.manner = line -> {
            line.lie = file -> new ListedFile(file.name(), file.size(), sum, file.modified());
            line.altered = _ -> forged;
        };
        Syncer syncer = reader.follows(author, relay);
        village.time.advance(Duration.ofSeconds(1));
        assertEquals(1, relayed().getLast().refused());
        assertEquals(Optional.empty(), reader.reads(author, "a.txt"));
        long fetches = relay.asked().stream()
                .filter(asked -> asked.startsWith("fetch"))
                .count();
        village.time.advance(Duration.ofHours(3));
        assertEquals(
                fetches,
                relay.asked().stream()
                        .filter(asked -> asked.startsWith("fetch"))
                        .count(),
                "once is enough");
        author.isReachable = true;
        syncer.syncNow();
        village.time.advance(Duration.ofSeconds(1));
        assertEquals(Optional.of("words"), reader.reads(author, "a.txt"));
    }

    private static byte[] sha256(byte[] bytes) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(bytes);
        } catch (NoSuchAlgorithmException everyJdkHasIt) {
            throw new AssertionError(everyJdkHasIt);
        }
    }

    /** KC-34: a relay that lists another's hash, and sends rubbish for it, keeps nobody from getting the true bytes. */
    @Test
    void whatWasRefusedFromARelayIsTakenFromTheAuthor() {
        publishAndGo("words", relay);
        relay.manner = line -> line.altered = bytes -> new byte[bytes.length];
        Syncer syncer = reader.follows(author, relay);
        village.time.advance(Duration.ofSeconds(1));
        assertEquals(1, relayed().getLast().refused());
        author.isReachable = true;
        syncer.seen(author.fingerprint());
        village.time.advance(Duration.ofSeconds(1));
        assertEquals(Optional.of("words"), reader.reads(author, "a.txt"));
    }

    /** KC-33. */
    @Test
    void anOlderVersionFromARelayReplacesNothing() {
        author.publish("a.txt", "first", village.now().minusSeconds(60));
        relay.follows(author).follow(Set.of());
        village.time.settle();
        author.publish("a.txt", "second");
        Syncer syncer = reader.follows(author, relay);
        author.goAway();
        village.time.advance(Duration.ofSeconds(1));
        assertEquals(List.of(relay.fingerprint()), stateOfAuthor(syncer).relays());
        assertEquals(Optional.of("second"), reader.reads(author, "a.txt"));
    }

    /** KC-35: times are the relay's own. */
    @Test
    void whatWasFollowedAtARelaySaysNothingOfTheAuthorsOwnListing() throws IOException {
        publishAndGo("words", relay);
        Syncer syncer = reader.follows(author, relay);
        village.time.advance(Duration.ofSeconds(1));
        assertFalse(reader.checkpoints
                .load(author.fingerprint(), relay.fingerprint())
                .equals(Checkpoint.NONE));
        assertEquals(Checkpoint.NONE, reader.checkpoints.load(author.fingerprint(), author.fingerprint()));
        author.publish("hidden.txt", "earlier than what the relay had");
        author.isReachable = true;
        syncer.seen(author.fingerprint());
        village.time.advance(Duration.ofSeconds(1));
        assertTrue(reader.reads(author, "hidden.txt").isPresent());
        reader.checkpoints.forget(author.fingerprint());
        assertEquals(Checkpoint.NONE, reader.checkpoints.load(author.fingerprint(), relay.fingerprint()));
    }

    /** KC-36. */
    @Test
    void aRelayThatKnowsNoWaitingIsAskedWhenTheAuthorIsTriedInVain() throws IOException {
        Instant before = Instant.now();
        author.publish("a.txt", "words", before);
        relay.follows(author);
        author.goAway();
        relay.manner = line -> line.knowsNoPaging = true;
        reader.follows(author, relay);
        village.time.advance(Duration.ofMinutes(1));
        assertEquals(Optional.of("words"), reader.reads(author, "a.txt"));
        StoredFile news = author.publish("b.txt", "news", before);
        Files.copy(news.path(), relay.account.root().resolve(author.fingerprint() + "/b.txt.pgp"));
        village.time.advance(Duration.ofMinutes(3));
        assertEquals(Optional.of("news"), reader.reads(author, "b.txt"));
    }

    /** KC-30. */
    @Test
    void asManyRelaysAsTheLimitAreAskedAndNotOneMore() {
        Syncer syncer = reader.follows(author);
        author.goAway();
        village.time.settle();
        Shared shared = reader.shared();
        Relays relays = new Relays(shared, author.fingerprint(), () -> {}, () -> false);
        for (int i = 0; i <= Relays.MAX; i++) {
            shared.links().add(new Link(new NobodysRelay(i), village.time));
        }
        relays.step();
        assertEquals(Relays.MAX, relays.inUse().size());
        Fingerprint gone = relays.inUse().getFirst();
        shared.links().all().stream().filter(link -> link.peer().equals(gone)).forEach(shared.links()::remove);
        relays.step();
        assertEquals(Relays.MAX, relays.inUse().size());
        assertFalse(relays.inUse().contains(gone));
        relays.close();
        assertEquals(List.of(), relays.inUse());
        syncer.close();
    }

    /** Holds nothing, and knows no waiting. */
    private static final class NobodysRelay extends SilentPeer {
        private final int number;

        NobodysRelay(int number) {
            this.number = number;
        }

        @Override
        public Fingerprint fingerprint() {
            return Fingerprint.of(String.format("%040x", number));
        }

        @Override
        public Page list(Fingerprint owner, From from) {
            return new Page(List.of(), List.of(), new Behind.Nothing());
        }

        @Override
        public void close() {}
    }

    /** KC-37. */
    @Test
    void aConnectionIsWaitedAtForAsManyAuthorsAsTheLimitAndNotOneMore() {
        InProcessPeer line = new InProcessPeer(relay.account, relay.store, reader.fingerprint());
        Link link = new Link(line, village.time);
        for (int i = 0; i < Link.MAX_RELAYED; i++) {
            assertTrue(link.takePlace());
        }
        assertFalse(link.takePlace());
        link.givePlace();
        assertTrue(link.takePlace());
    }

    /** KC-38: a relay that takes its time for a large file does not keep us from the author. */
    @Test
    void aRelayIsBrokenOffWhenTheAuthorIsSeenAndGoesOnWhereItWas() {
        publishAndGo("w".repeat(100_000), relay);
        int dialledByOthers = author.dialled;
        AtomicReference<Syncer> syncer = new AtomicReference<>();
        AtomicBoolean once = new AtomicBoolean();
        relay.manner = line -> line.chunked = Optional.of(() -> {
            if (once.compareAndSet(false, true)) {
                syncer.get().seen(author.fingerprint());
            }
        });
        syncer.set(reader.begins(author, relay));
        village.time.settle();
        assertEquals(2, author.dialled - dialledByOthers, "while the relay was sending");
        assertTrue(reader.reads(author, "a.txt").isPresent());
        assertTrue(relay.asked().stream().anyMatch(asked -> asked.matches("fetch a.txt.pgp from [1-9].*")));
    }

    /** KC-38, KC-10: whoever shouts that the author is there does not keep its files from coming. */
    @Test
    void aFloodOfSightingsDoesNotStarveARelaysTransfer() {
        publishAndGo("w".repeat(100_000), relay);
        AtomicReference<Syncer> syncer = new AtomicReference<>();
        relay.manner = line -> line.chunked = Optional.of(() -> syncer.get().seen(author.fingerprint()));
        syncer.set(reader.begins(author, relay));
        village.time.advance(Duration.ofMinutes(1));
        assertTrue(reader.reads(author, "a.txt").isPresent());
    }
}
