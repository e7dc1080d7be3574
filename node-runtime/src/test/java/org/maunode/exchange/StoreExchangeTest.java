package org.maunode.exchange;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.maunode.identity.FileName;
import org.maunode.identity.VersionHash;
import org.maunode.openpgp.PublicIdentity;
import org.maunode.openpgp.Sealer;
import org.maunode.store.Account;
import org.maunode.store.ContentStore;
import org.maunode.store.Position;
import org.maunode.store.Retention;
import org.maunode.store.StoredFile;

/** EX-10 to EX-25 over a real directory: who may read what, and pages that neither loop nor lose. */
class StoreExchangeTest {
    private static final char[] PASSPHRASE = "exchange".toCharArray();
    private static final Instant T = Instant.parse("2024-02-01T12:00:00Z");
    private static final Retention ALL = new Retention.KeepAll();

    @TempDir
    private Path place;

    private Account owner;
    private Account friend;
    private Account stranger;
    private ContentStore store;
    private StoreExchange exchange;

    @BeforeEach
    void open() {
        owner = Account.create(place.resolve("owner"), "owner", "", PASSPHRASE, () -> T);
        friend = Account.create(place.resolve("friend"), "friend", "", PASSPHRASE, () -> T);
        stranger = Account.create(place.resolve("stranger"), "stranger", "", PASSPHRASE, () -> T);
        owner.keyring().add(friend.identity().publicIdentity());
        store = ContentStore.open(owner);
        exchange = new StoreExchange(owner, store);
    }

    @AfterEach
    void close() {
        store.close();
    }

    private StoredFile publish(String name) {
        return store.publish(FileName.published(name), new Sealer(owner.identity()).sign(content(name), T), ALL);
    }

    private StoredFile seal(String name, PublicIdentity... readers) {
        return store.publish(
                FileName.published(name), new Sealer(owner.identity()).seal(content(name), List.of(readers), T), ALL);
    }

    private static Sealer.Content content(String text) {
        return () -> new ByteArrayInputStream(text.getBytes());
    }

    private static void modified(StoredFile file, Instant time) throws IOException {
        Files.setLastModifiedTime(file.path(), FileTime.from(time));
    }

    private Answer.Listing list(Caller caller, Optional<Instant> since, Optional<Position> after) {
        Request request = new Request.ListFiles(owner.fingerprint(), since, after);
        return assertInstanceOf(Answer.Listing.class, exchange.answer(request, caller));
    }

    private static List<String> names(Answer.Listing listing) {
        List<String> names = new ArrayList<>();
        listing.files().forEachRemaining(file -> names.add(file.name().contentName()));
        return names;
    }

    private List<String> seenBy(Caller caller) {
        return names(list(caller, Optional.empty(), Optional.empty()));
    }

    /** EX-12, EX-13. */
    @Test
    void eachCallerSeesWhatItMayReadAndNoMore() {
        publish("public");
        seal("for-friend", friend.identity().publicIdentity());
        seal("for-stranger", stranger.identity().publicIdentity());
        seal("for-nobody");
        assertEquals(Set.of("public"), new TreeSet<>(seenBy(Caller.NOBODY)));
        assertEquals(Set.of("public", "for-friend"), new TreeSet<>(seenBy(Caller.of(friend.fingerprint()))));
        assertEquals(4, seenBy(Caller.of(owner.fingerprint())).size());
    }

    @Test
    void aFileThatIsNotForTheCallerIsRefusedByNameAndByVersion() {
        StoredFile sealed = seal("for-friend", friend.identity().publicIdentity());
        Request byName = new Request.GetFile(owner.fingerprint(), sealed.name());
        Request byVersion = new Request.GetVersion(owner.fingerprint(), sealed.name(), sealed.sum());
        for (Request request : List.of(byName, byVersion)) {
            assertEquals(new Answer.Refused(Refusal.NOT_ALLOWED), exchange.answer(request, Caller.NOBODY));
            assertEquals(
                    new Answer.Refused(Refusal.NOT_ALLOWED),
                    exchange.answer(request, Caller.of(stranger.fingerprint())));
            assertInstanceOf(Answer.Content.class, exchange.answer(request, Caller.of(friend.fingerprint())));
        }
    }

    @Test
    void anOldVersionHasTheReadersThatItHad() {
        StoredFile sealed = seal("note", friend.identity().publicIdentity());
        StoredFile open = publish("note");
        Request old = new Request.GetVersion(owner.fingerprint(), sealed.name(), sealed.sum());
        Request now = new Request.GetVersion(owner.fingerprint(), open.name(), open.sum());
        assertEquals(new Answer.Refused(Refusal.NOT_ALLOWED), exchange.answer(old, Caller.NOBODY));
        assertInstanceOf(Answer.Content.class, exchange.answer(now, Caller.NOBODY));
    }

    @Test
    void whatIsNotThereIsNotFound() {
        Request file = new Request.GetFile(owner.fingerprint(), new FileName("none.pgp"));
        Request version = new Request.GetVersion(
                owner.fingerprint(), new FileName("none.pgp"), VersionHash.of(new byte[VersionHash.LENGTH]));
        assertEquals(new Answer.Refused(Refusal.NOT_FOUND), exchange.answer(file, Caller.NOBODY));
        assertEquals(new Answer.Refused(Refusal.NOT_FOUND), exchange.answer(version, Caller.NOBODY));
        Request unknown = new Request.ListFiles(stranger.fingerprint(), Optional.empty(), Optional.empty());
        assertEquals(List.of(), names((Answer.Listing) exchange.answer(unknown, Caller.NOBODY)));
    }

    /** EX-14. */
    @Test
    void aBlockOfFilesForOthersNeverHidesThoseBehindIt() throws IOException {
        for (int i = 0; i < 150; i++) {
            modified(seal("private" + i), T.plusSeconds(i));
        }
        for (int i = 0; i < 5; i++) {
            modified(publish("public" + i), T.plusSeconds(1000 + i));
        }
        assertEquals(List.of("public0", "public1", "public2", "public3", "public4"), seenBy(Caller.NOBODY));
    }

    /** EX-22. */
    @Test
    void sinceIsInclusiveToTheSecondAndKnowsTheYearOne() throws IOException {
        modified(publish("a"), T.minusNanos(1));
        modified(publish("b"), T);
        modified(publish("c"), T.plusMillis(1500));
        Instant yearOne = Instant.parse("0001-01-01T00:00:00Z");
        assertEquals(List.of("a", "b", "c"), names(list(Caller.NOBODY, Optional.of(yearOne), Optional.empty())));
        assertEquals(List.of("b", "c"), names(list(Caller.NOBODY, Optional.of(T.plusMillis(900)), Optional.empty())));
        assertEquals(List.of(), names(list(Caller.NOBODY, Optional.of(T.plusSeconds(2)), Optional.empty())));
    }

    /** EX-23. */
    @ParameterizedTest
    @ValueSource(ints = {99, 100, 101, 102, 199, 200, 201})
    void aPageHoldsAHundredAndSaysWhetherMoreFollows(int count) throws IOException {
        for (int i = 0; i < count; i++) {
            modified(publish("f%03d".formatted(i)), T.plusSeconds(i));
        }
        Answer.Listing first = list(Caller.NOBODY, Optional.empty(), Optional.empty());
        assertEquals(Math.min(count, StoreExchange.PAGE), names(first).size());
        assertEquals(count > StoreExchange.PAGE, first.next().isPresent());
    }

    /** EX-23. */
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void aPeerThatPagesByTheSecondAloneMissesNoneAndEnds(long seed) throws IOException {
        Set<String> all = publishInBursts(new Random(seed));
        Set<String> seen = new TreeSet<>();
        Optional<Instant> since = Optional.of(Instant.EPOCH);
        int pages = 0;
        while (since.isPresent()) {
            List<StoredFile> page = new ArrayList<>();
            list(Caller.NOBODY, since, Optional.empty()).files().forEachRemaining(page::add);
            page.forEach(file -> seen.add(file.name().contentName()));
            Instant asked = since.get();
            since = Optional.of(page.getLast().modified().truncatedTo(ChronoUnit.SECONDS))
                    .filter(last -> last.isAfter(asked));
            pages++;
        }
        assertEquals(all, seen);
        assertTrue(pages < 12, pages + " pages");
    }

    /** EX-24. */
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void aPeerThatFollowsTheCursorSeesEachFileOnce(long seed) throws IOException {
        Set<String> all = publishInBursts(new Random(seed));
        List<String> seen = new ArrayList<>();
        Optional<Position> after = Optional.of(Position.START);
        while (after.isPresent()) {
            Answer.Listing page = list(Caller.NOBODY, Optional.empty(), after);
            seen.addAll(names(page));
            after = page.next();
        }
        assertEquals(all, new TreeSet<>(seen));
        assertEquals(all.size(), seen.size());
    }

    /** Bursts of up to 150 files in one second, with quiet seconds between them. */
    private Set<String> publishInBursts(Random random) throws IOException {
        Set<String> all = new TreeSet<>();
        Instant second = T;
        while (all.size() < 400) {
            int burst = 1 + random.nextInt(150);
            for (int i = 0; i < burst; i++) {
                String name = "f%04d".formatted(all.size());
                modified(publish(name), second.plusNanos(random.nextInt(3) * 1_000_000L));
                all.add(name);
            }
            second = second.plusSeconds(1 + random.nextInt(5));
        }
        return all;
    }

    /** EX-25. */
    @Test
    void aFileWrittenWhileAPageIsReadWaitsForTheNextPage() throws IOException {
        for (int i = 0; i < 150; i++) {
            modified(publish("f%03d".formatted(i)), T.plusSeconds(i));
        }
        Answer.Listing first = list(Caller.NOBODY, Optional.empty(), Optional.empty());
        publish("f000");
        List<String> seen = names(first);
        seen.addAll(names(list(Caller.NOBODY, Optional.empty(), first.next())));
        assertTrue(seen.contains("f000"));
        assertEquals(150, new TreeSet<>(seen).size());
    }
}
