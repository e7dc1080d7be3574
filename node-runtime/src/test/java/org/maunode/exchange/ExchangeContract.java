package org.maunode.exchange;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.api.io.TempDir;
import org.maunode.exchange.ExchangeException.Reason;
import org.maunode.exchange.RemotePeer.Behind;
import org.maunode.exchange.RemotePeer.From;
import org.maunode.exchange.RemotePeer.Page;
import org.maunode.identity.Contact;
import org.maunode.identity.FileName;
import org.maunode.identity.Fingerprint;
import org.maunode.identity.HostAndPort;
import org.maunode.identity.VersionHash;
import org.maunode.openpgp.Envelope;
import org.maunode.store.StoredFile;

/** What two peers may expect of each other on any wire. Each wire runs these cases. */
public abstract class ExchangeContract {
    private static final Instant T = Instant.parse("2026-11-23T10:00:00.123456789Z");
    private static final int PAGE = 3;

    /** A wait that no test sits out. */
    private static final Duration LONG = Duration.ofSeconds(60);

    /** A node that answers, and ways to ask it. */
    public interface Wire extends AutoCloseable {
        /** Who calls in {@link #asFriend}. */
        Fingerprint friend();

        RemotePeer asFriend();

        /** With an identity that the node has never heard of. */
        RemotePeer asStranger();

        /** Where the friend says that it can be reached. */
        String claim();

        /** One request by a caller without identity. */
        Raw raw(String method, String target, Map<String, String> headers);

        /** One request by the friend. */
        Raw rawAsFriend(String method, String target, Map<String, String> headers);

        @Override
        void close();
    }

    /** An answer as it came. */
    public record Raw(int status, Function<String, Optional<String>> headers, byte[] body) {
        String text() {
            return new String(body, StandardCharsets.UTF_8);
        }

        String header(String name) {
            return headers.apply(name).orElse("(none)");
        }
    }

    /** Serves what {@code exchange} makes of the node's own fingerprint. */
    protected abstract Wire open(Function<Fingerprint, Exchange> exchange) throws IOException;

    @TempDir
    Path directory;

    private FakeExchange exchange;
    private final FakeOverlay overlay = new FakeOverlay();
    private Wire wire;

    protected ExchangeContract() {}

    @BeforeEach
    void openWire() throws IOException {
        wire = open(node -> {
            exchange = new FakeExchange(directory, node, PAGE);
            return new Reception(exchange, overlay);
        });
    }

    @AfterEach
    void closeWire() {
        wire.close();
    }

    private Page listFrom(RemotePeer peer, Instant since) {
        return peer.list(exchange.owner(), new From.Since(since));
    }

    private static List<String> names(Page page) {
        return page.files().stream().map(file -> file.name().value()).toList();
    }

    private static byte[] random(int size, long seed) {
        byte[] bytes = new byte[size];
        new Random(seed).nextBytes(bytes);
        return bytes;
    }

    private StoredFile shared(String name, byte[] content) {
        return exchange.publish(name, content, T, Optional.of(wire.friend()));
    }

    /** Collects what is fetched, and where it was said to begin. */
    private static final class Collector implements RemotePeer.Receiver {
        private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        private final List<Long> begun = new ArrayList<>();

        @Override
        public ByteArrayOutputStream begin(long offset, long total) {
            begun.addAll(List.of(offset, total));
            return bytes;
        }
    }

    private Collector fetch(RemotePeer peer, StoredFile file, long offset, VersionHash expected) throws IOException {
        Collector collector = new Collector();
        peer.fetch(exchange.owner(), file.name(), offset, expected, collector);
        return collector;
    }

    private static Reason reason(Executable executable) {
        return assertThrows(ExchangeException.class, executable).reason();
    }

    /** EX-20, EX-24. */
    @Test
    void anEmptyNodeListsNothing() {
        try (RemotePeer peer = wire.asStranger()) {
            Page page = listFrom(peer, Instant.MIN);
            assertEquals(List.of(), page.files());
            Behind.Nothing nothing = assertInstanceOf(Behind.Nothing.class, page.behind());
            From later = new From.Next(nothing.cursor().orElseThrow());
            exchange.publish("first.pgp", "f", Instant.ofEpochSecond(-1));
            assertEquals(List.of("first.pgp"), names(peer.list(exchange.owner(), later)));
        }
    }

    /** From behind all that is there. */
    private From behindAll(RemotePeer peer) {
        Behind.Nothing nothing = assertInstanceOf(
                Behind.Nothing.class, listFrom(peer, Instant.MIN).behind());
        return new From.Next(nothing.cursor().orElseThrow());
    }

    /** EX-60, EX-62. */
    @Test
    void whoWaitsIsToldWhenSomethingNewAppears() {
        exchange.publish("old.pgp", "o", T);
        try (RemotePeer peer = wire.asStranger();
                RemotePeer.Watch watch = peer.watch(exchange.owner(), behindAll(peer), LONG)) {
            assertFalse(watch.answered().isDone());
            exchange.publish("new.pgp", "n", T.plusSeconds(1));
            assertEquals(List.of("new.pgp"), names(watch.page()));
            assertTrue(watch.answered().isDone());
            assertTrue(watch.waited());
        }
    }

    /** EX-60, EX-62. */
    @Test
    void whoWaitsForWhatIsThereAlreadyIsAnsweredAtOnce() {
        exchange.publish("a.pgp", "a", T);
        try (RemotePeer peer = wire.asStranger();
                RemotePeer.Watch watch = peer.watch(exchange.owner(), new From.Since(T), LONG)) {
            assertEquals(List.of("a.pgp"), names(watch.page()));
            assertTrue(watch.waited());
        }
    }

    /** EX-60. */
    @Test
    void whenTheTimeIsOverThePageIsEmptyAndSaysFromWhereToWaitOn() {
        exchange.publish("a.pgp", "a", T);
        try (RemotePeer peer = wire.asStranger()) {
            From behind = behindAll(peer);
            try (RemotePeer.Watch watch = peer.watch(exchange.owner(), behind, Duration.ofSeconds(1))) {
                Page page = watch.page();
                assertEquals(List.of(), page.files());
                assertEquals(new Behind.Nothing(Optional.of(((From.Next) behind).cursor())), page.behind());
                assertTrue(watch.waited());
            }
            assertEquals(1, listFrom(peer, Instant.MIN).files().size());
        }
    }

    /** EX-61. */
    @Test
    void aFileThatIsNotForTheCallerWakesItNot() {
        try (RemotePeer stranger = wire.asStranger();
                RemotePeer friend = wire.asFriend();
                RemotePeer.Watch strangers = stranger.watch(exchange.owner(), behindAll(stranger), LONG);
                RemotePeer.Watch friends = friend.watch(exchange.owner(), behindAll(friend), LONG)) {
            shared("sealed.pgp", random(10, 1));
            assertEquals(List.of("sealed.pgp"), names(friends.page()));
            assertFalse(strangers.answered().isDone());
            exchange.publish("public.pgp", "p", T.plusSeconds(1));
            assertEquals(List.of("public.pgp"), names(strangers.page()));
        }
    }

    /** EX-63. */
    @Test
    void aFollowerThatWaitsMissesNothingAndSeesNothingTwice() throws Exception {
        int count = 60;
        Thread author = Thread.ofVirtual().unstarted(() -> {
            for (int i = 0; i < count; i++) {
                exchange.publish("f%02d.pgp".formatted(i), "x" + i, T.plusNanos(i));
            }
        });
        List<String> seen = new ArrayList<>();
        int waits = 0;
        try (RemotePeer peer = wire.asStranger()) {
            From from = behindAll(peer);
            author.start();
            while (seen.size() < count) {
                try (RemotePeer.Watch watch = peer.watch(exchange.owner(), from, LONG)) {
                    Page page = watch.page();
                    assertFalse(page.files().isEmpty());
                    seen.addAll(names(page));
                    from = new From.Next(cursor(page.behind()));
                    waits++;
                }
            }
        }
        author.join();
        assertEquals(IntStream.range(0, count).mapToObj("f%02d.pgp"::formatted).toList(), seen);
        assertTrue(waits <= count, waits + " waits");
    }

    private static String cursor(Behind behind) {
        return switch (behind) {
            case Behind.More(String cursor) -> cursor;
            case Behind.Nothing(Optional<String> cursor) -> cursor.orElseThrow();
            case Behind.Untold _ -> throw new AssertionError("a page says what is behind it (EX-24)");
        };
    }

    /** EX-66. */
    @Test
    void aWaitThatIsGivenUpIsNoWaitAnyMore() {
        try (RemotePeer peer = wire.asStranger()) {
            RemotePeer.Watch watch = peer.watch(exchange.owner(), behindAll(peer), LONG);
            CompletableFuture<?> answered = watch.answered();
            watch.close();
            watch.close();
            assertThrows(CompletionException.class, answered::join);
        }
        try (RemotePeer peer = wire.asStranger()) {
            assertEquals(List.of(), listFrom(peer, Instant.MIN).files());
        }
    }

    /** EX-66. */
    @Test
    void aConnectionThatEndsEndsItsWaits() {
        RemotePeer peer = wire.asStranger();
        try (RemotePeer.Watch watch = peer.watch(exchange.owner(), behindAll(peer), LONG)) {
            peer.close();
            assertEquals(Reason.UNREACHABLE, reason(watch::page));
        }
    }

    /** EX-62. */
    @Test
    void aPreferenceThatWasHonouredIsSaid() {
        exchange.publish("a.pgp", "a", T);
        assertEquals("wait=5", get("", Map.of("Prefer", "wait=5")).header("preference-applied"));
        assertEquals("wait=300", get("", Map.of("Prefer", "wait=301")).header("preference-applied"));
        for (String other : List.of("wait=0", "wait=x", "respond-async")) {
            assertEquals("(none)", get("", Map.of("Prefer", other)).header("preference-applied"), other);
        }
        Raw file = get("/a.pgp", Map.of("Prefer", "wait=5"));
        assertEquals("200 (none)", file.status() + " " + file.header("preference-applied"));
        assertEquals(400, get("?after=x", Map.of("Prefer", "wait=5")).status());
        String link = get("", Map.of()).header("link");
        long before = System.nanoTime();
        Raw empty = wire.raw("GET", link.substring(1, link.indexOf('>')), Map.of("Prefer", "wait=1"));
        assertEquals("200 [] wait=1", empty.status() + " " + empty.text() + " " + empty.header("preference-applied"));
        assertTrue(System.nanoTime() - before >= 1_000_000_000L, "it did not wait");
    }

    /** A file of the friend's own, to be left at the node. */
    private StoredFile own(String name, byte[] content) throws IOException {
        Path path = Files.write(directory.resolve("own-" + name), content);
        VersionHash sum = FakeExchange.digest(content);
        Envelope open = new Envelope(false, List.of());
        return new StoredFile(wire.friend(), new FileName(name), path, content.length, T, sum, open);
    }

    /** EX-70, EX-71. */
    @Test
    void whoIsFollowedLeavesAFileThatIsTakenAsItIs() throws IOException {
        exchange.follow(wire.friend());
        byte[] large = random(3_000_000, 21);
        try (RemotePeer peer = wire.asFriend()) {
            peer.push(own("small ü+1.pgp", "hello".getBytes(StandardCharsets.UTF_8)));
            peer.push(own("large.pgp", large));
            peer.push(own("large.pgp", large));
            peer.push(own("large.pgp", large));
            assertEquals(List.of(), names(listFrom(peer, Instant.MIN)));
        }
        assertEquals(Optional.of("hello"), exchange.left("small ü+1.pgp"));
        assertEquals(Optional.of(new String(large, StandardCharsets.ISO_8859_1)), exchange.left("large.pgp"));
    }

    private ExchangeException refused(RemotePeer peer, String content) throws IOException {
        StoredFile file = own("refused.pgp", content.getBytes(StandardCharsets.ISO_8859_1));
        return assertThrows(ExchangeException.class, () -> peer.push(file));
    }

    /** EX-70. */
    @Test
    void whoIsNotFollowedLeavesNothing() throws IOException {
        try (RemotePeer friend = wire.asFriend();
                RemotePeer stranger = wire.asStranger()) {
            assertEquals(Reason.NOT_ALLOWED, refused(friend, "hello").reason());
            exchange.follow(wire.friend());
            assertEquals(
                    Reason.NOT_ALLOWED, refused(stranger, "in another's name").reason());
        }
        assertEquals(Optional.empty(), exchange.left("refused.pgp"));
    }

    /** EX-71, EX-72. */
    @Test
    void whatIsNotTakenIsRefusedWithTheReasonAndTheNextIsTaken() throws IOException {
        exchange.follow(wire.friend());
        try (RemotePeer peer = wire.asFriend()) {
            ExchangeException bad = refused(peer, FakeExchange.UNVERIFIED);
            assertEquals(Reason.REFUSED, bad.reason());
            assertTrue(
                    bad.getMessage().endsWith("422 for /p2p/" + wire.friend() + "/refused.pgp: no good signature? ?"),
                    bad.getMessage());
            assertEquals(Reason.REFUSED, refused(peer, FakeExchange.OLD).reason());
            peer.push(own("good.pgp", new byte[] {1}));
        }
        try (RemotePeer peer = wire.asFriend()) {
            assertEquals(Reason.BUSY, refused(peer, FakeExchange.FULL).reason());
        }
        assertEquals(Optional.of("\u0001"), exchange.left("good.pgp"));
        assertEquals(Optional.empty(), exchange.left("refused.pgp"));
    }

    /** EX-71. */
    @Test
    void aLargeFileThatIsRefusedEarlyIsToldSo() throws IOException {
        StoredFile large = own("large.pgp", random(3_000_000, 22));
        try (RemotePeer peer = wire.asFriend()) {
            assertEquals(Reason.NOT_ALLOWED, reason(() -> peer.push(large)));
        }
        exchange.follow(wire.friend());
        try (RemotePeer peer = wire.asFriend()) {
            peer.push(large);
        }
    }

    /** EX-20. */
    @Test
    void aListSaysNameSizeHashAndTime() {
        StoredFile file = exchange.publish("hello wörld+1.json.pgp", "hello", T);
        try (RemotePeer peer = wire.asStranger()) {
            ListedFile listed = listFrom(peer, Instant.MIN).files().getFirst();
            assertEquals(new ListedFile(file.name(), 5, file.sum(), Optional.of(T)), listed);
        }
    }

    /** EX-12, EX-14. */
    @Test
    void onlyTheReaderOfASealedFileSeesIt() {
        exchange.publish("public.pgp", "p", T);
        shared("sealed.pgp", random(10, 1));
        try (RemotePeer friend = wire.asFriend();
                RemotePeer stranger = wire.asStranger()) {
            assertEquals(List.of("public.pgp", "sealed.pgp"), names(listFrom(friend, Instant.MIN)));
            assertEquals(List.of("public.pgp"), names(listFrom(stranger, Instant.MIN)));
        }
        assertFalse(wire.raw("GET", "/p2p/" + exchange.owner(), Map.of()).text().contains("sealed"));
    }

    /** EX-22. */
    @Test
    void sinceIsInclusiveAndCutToTheSecond() {
        exchange.publish("a.pgp", "a", T.minusSeconds(1));
        exchange.publish("b.pgp", "b", T);
        exchange.publish("c.pgp", "c", T.plusSeconds(1));
        try (RemotePeer peer = wire.asStranger()) {
            assertEquals(List.of("b.pgp", "c.pgp"), names(listFrom(peer, T)));
            assertEquals(List.of(), names(listFrom(peer, T.plusSeconds(1000))));
        }
    }

    /** EX-21, EX-24. */
    @Test
    void pagesFollowEachOtherWithoutLossThoughAllFilesShareASecond() {
        List<String> all = new ArrayList<>();
        for (int i = 0; i < 2 * PAGE + 1; i++) {
            all.add("f%02d ü&=?#.pgp".formatted(i));
            exchange.publish(all.get(i), "x" + i, T);
        }
        List<String> seen = new ArrayList<>();
        try (RemotePeer peer = wire.asStranger()) {
            Optional<From> from = Optional.of(new From.Since(Instant.MIN));
            while (from.isPresent()) {
                Page page = peer.list(exchange.owner(), from.get());
                seen.addAll(names(page));
                from = switch (page.behind()) {
                    case Behind.More more -> Optional.of(new From.Next(more.cursor()));
                    case Behind.Nothing _ -> Optional.empty();
                    case Behind.Untold _ -> throw new AssertionError("a page says what is behind it (EX-24)");
                };
            }
        }
        assertEquals(all, seen);
    }

    @Test
    void aFileComesWhole() throws IOException {
        byte[] content = random(300_000, 2);
        StoredFile file = shared("big.pgp", content);
        try (RemotePeer peer = wire.asFriend()) {
            Collector got = fetch(peer, file, 0, file.sum());
            assertEquals(List.of(0L, 300_000L), got.begun);
            assertArrayEquals(content, got.bytes.toByteArray());
        }
    }

    /** EX-31, EX-32, EX-53. */
    @Test
    void aFileGoesOnWhereItWasLeft() throws IOException {
        byte[] content = random(100_000, 3);
        StoredFile file = shared("resumed.pgp", content);
        try (RemotePeer peer = wire.asFriend()) {
            Collector got = fetch(peer, file, 99_990, file.sum());
            assertEquals(List.of(99_990L, 100_000L), got.begun);
            assertArrayEquals(Arrays.copyOfRange(content, 99_990, 100_000), got.bytes.toByteArray());
        }
    }

    /** EX-32. */
    @Test
    void aFileThatChangedIsSentFromItsBeginning() throws IOException {
        StoredFile old = shared("changing.pgp", random(1000, 4));
        byte[] content = random(2000, 5);
        shared("changing.pgp", content);
        try (RemotePeer peer = wire.asFriend()) {
            Collector got = fetch(peer, old, 500, old.sum());
            assertEquals(List.of(0L, 2000L), got.begun);
            assertArrayEquals(content, got.bytes.toByteArray());
        }
    }

    /** EX-31. */
    @Test
    void anOffsetBehindTheEndIsRefused() {
        StoredFile file = shared("short.pgp", random(10, 6));
        try (RemotePeer peer = wire.asFriend()) {
            assertEquals(Reason.RANGE, reason(() -> fetch(peer, file, 10, file.sum())));
        }
    }

    /** EX-1, EX-4. */
    @Test
    void everyVersionCanBeFetchedTheCurrentOneIncluded() throws IOException {
        StoredFile old = shared("versioned.pgp", random(100, 7));
        StoredFile current = shared("versioned.pgp", random(100, 8));
        try (RemotePeer peer = wire.asFriend()) {
            for (long seed : new long[] {7, 8}) {
                Collector got = new Collector();
                VersionHash hash = seed == 7 ? old.sum() : current.sum();
                peer.fetchVersion(exchange.owner(), current.name(), hash, got);
                assertArrayEquals(random(100, seed), got.bytes.toByteArray());
            }
            VersionHash unknown = FakeExchange.digest(new byte[0]);
            assertEquals(
                    Reason.NOT_FOUND,
                    reason(() -> peer.fetchVersion(exchange.owner(), current.name(), unknown, new Collector())));
        }
    }

    /** EX-14, EX-40. */
    @Test
    void aStrangerGetsNoSealedFileAndNobodyAMissingOne() {
        StoredFile file = shared("sealed.pgp", random(10, 9));
        try (RemotePeer friend = wire.asFriend();
                RemotePeer stranger = wire.asStranger()) {
            assertEquals(Reason.NOT_ALLOWED, reason(() -> fetch(stranger, file, 0, file.sum())));
            FileName missing = new FileName("missing.pgp");
            assertEquals(
                    Reason.NOT_FOUND,
                    reason(() -> friend.fetch(exchange.owner(), missing, 0, file.sum(), new Collector())));
        }
    }

    @Test
    void theReceiversOwnFailureIsToldAsItIsAndTheNextCallWorks() throws IOException {
        StoredFile file = shared("large.pgp", random(2_000_000, 10));
        StoredFile small = shared("small.pgp", random(10, 11));
        try (RemotePeer peer = wire.asFriend()) {
            IOException full = assertThrows(
                    IOException.class,
                    () -> peer.fetch(exchange.owner(), file.name(), 0, file.sum(), (offset, total) -> {
                        throw new IOException("disk full");
                    }));
            assertEquals("disk full", full.getMessage());
        }
        try (RemotePeer peer = wire.asFriend()) {
            assertArrayEquals(
                    random(10, 11), fetch(peer, small, 0, small.sum()).bytes.toByteArray());
        }
    }

    @Test
    void severalCallsShareOneConnection() throws Exception {
        List<StoredFile> files = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            files.add(shared("file" + i + ".pgp", random(50_000 + i, i)));
        }
        try (RemotePeer peer = wire.asFriend();
                ExecutorService callers = Executors.newFixedThreadPool(8)) {
            List<Future<Collector>> calls = new ArrayList<>();
            files.forEach(file -> calls.add(callers.submit(() -> fetch(peer, file, 0, file.sum()))));
            for (int i = 0; i < calls.size(); i++) {
                assertArrayEquals(
                        random(50_000 + i, i), calls.get(i).get().bytes.toByteArray());
            }
        }
    }

    @Test
    void aClosedPeerCannotBeAsked() {
        RemotePeer peer = wire.asFriend();
        peer.close();
        assertEquals(Reason.UNREACHABLE, reason(() -> listFrom(peer, Instant.MIN)));
    }

    private Raw get(String path, Map<String, String> headers) {
        return wire.raw("GET", "/p2p/" + exchange.owner() + path, headers);
    }

    /** EX-20. */
    @Test
    void theListIsABareArrayAndNeverNotModified() {
        Raw empty = get("", Map.of("If-Modified-Since", "Mon, 01 Jan 0001 00:00:00 GMT"));
        assertEquals(
                "200 application/json []", empty.status() + " " + empty.header("content-type") + " " + empty.text());
        exchange.publish("a.pgp", "a", T);
        assertEquals(
                "[]",
                get("", Map.of("If-Modified-Since", "Fri, 31 Dec 9999 23:59:59 GMT"))
                        .text());
        assertEquals("nosniff", get("", Map.of()).header("x-content-type-options"));
    }

    /** EX-22. */
    @Test
    void aDateThatIsNoneIsABadRequestForAListAndNothingForAFile() {
        exchange.publish("a.pgp", "a", T);
        Map<String, String> garbage = Map.of("If-Modified-Since", "2026-11-23T10:00:00Z");
        assertEquals(400, get("", garbage).status());
        assertEquals(200, get("/a.pgp", garbage).status());
    }

    /** EX-24. */
    @Test
    void aPageSaysWhereTheNextBeginsAndTheLastThatItIsTheLast() {
        for (int i = 0; i <= PAGE; i++) {
            exchange.publish("f" + i + ".pgp", "x", T);
        }
        String link = get("", Map.of()).header("link");
        assertTrue(link.matches("</p2p/[0-9a-f]{40}\\?after=[A-Za-z0-9.%-]+>; rel=\"next\""), link);
        String target = link.substring(1, link.indexOf('>'));
        Raw second = wire.raw("GET", target, Map.of());
        assertTrue(second.text().contains("/f" + PAGE + ".pgp"), second.text());
        String last = second.header("link");
        assertTrue(last.matches("</p2p/[0-9a-f]{40}\\?after=[A-Za-z0-9.%-]+>; rel=\"last\""), last);
        String behind = last.substring(1, last.indexOf('>'));
        assertEquals("[]", wire.raw("GET", behind, Map.of()).text());
        exchange.publish("later.pgp", "x", T.plusNanos(1));
        assertTrue(wire.raw("GET", behind, Map.of()).text().contains("/later.pgp"));
    }

    /** EX-30, EX-31. */
    @Test
    void aFileHasAStrongTagOfItsHashAndTakesRanges() {
        StoredFile file = exchange.publish("a.pgp", "0123456789", T);
        String tag = '"' + file.sum().toString() + '"';
        Raw whole = get("/a.pgp", Map.of());
        assertEquals(tag, whole.header("etag"));
        assertEquals("bytes", whole.header("accept-ranges"));
        assertEquals("application/octet-stream", whole.header("content-type"));
        assertEquals("10 0123456789", whole.header("content-length") + " " + whole.text());
        Raw part = get("/a.pgp", Map.of("Range", "bytes=2-4"));
        assertEquals("206 bytes 2-4/10 234", part.status() + " " + part.header("content-range") + " " + part.text());
        assertEquals("89", get("/a.pgp", Map.of("Range", "bytes=-2")).text());
        assertEquals("200", "" + get("/a.pgp", Map.of("Range", "bytes=0-1,4-5")).status());
        Raw outside = get("/a.pgp", Map.of("Range", "bytes=10-"));
        assertEquals(
                "416 bytes */10 ", outside.status() + " " + outside.header("content-range") + " " + outside.text());
    }

    /** EX-32. */
    @Test
    void ifRangeCountsOnlyWithTheStrongTag() {
        StoredFile file = exchange.publish("a.pgp", "0123456789", T);
        String tag = '"' + file.sum().toString() + '"';
        for (String other : List.of("W/" + tag, "\"other\"", "Mon, 23 Nov 2026 10:00:00 GMT")) {
            assertEquals(
                    200,
                    get("/a.pgp", Map.of("Range", "bytes=2-4", "If-Range", other))
                            .status(),
                    other);
        }
        assertEquals(
                206,
                get("/a.pgp", Map.of("Range", "bytes=2-4", "If-Range", tag)).status());
    }

    /** EX-33. */
    @Test
    void whoHasTheFileAlreadyIsToldSo() {
        StoredFile file = exchange.publish("a.pgp", "0123456789", T);
        String tag = '"' + file.sum().toString() + '"';
        for (String tags : List.of(tag, "W/" + tag, "\"x\", " + tag, "*")) {
            Raw raw = get("/a.pgp", Map.of("If-None-Match", tags));
            assertEquals("304 " + tag, raw.status() + " " + raw.header("etag"), tags);
            assertEquals(0, raw.body().length);
        }
        assertEquals(200, get("/a.pgp", Map.of("If-None-Match", "\"x\"")).status());
    }

    /** EX-30. */
    @Test
    void headSaysWhatGetWould() {
        exchange.publish("a.pgp", "0123456789", T);
        Raw head = wire.raw("HEAD", "/p2p/" + exchange.owner() + "/a.pgp", Map.of());
        assertEquals("200 10 0", head.status() + " " + head.header("content-length") + " " + head.body().length);
        assertEquals(
                404,
                wire.raw("HEAD", "/p2p/" + exchange.owner() + "/b.pgp", Map.of())
                        .status());
    }

    /** EX-40. */
    @Test
    void refusalsSayNothing() {
        shared("sealed.pgp", random(10, 12));
        Map<String, Integer> refusals = Map.of(
                "/p2p/" + exchange.owner() + "/sealed.pgp",
                401,
                "/p2p/" + exchange.owner() + "/missing.pgp",
                404,
                "/p2p/" + exchange.owner() + "/",
                400,
                "/p2p/xyz",
                400,
                "/p2p/" + exchange.owner() + "/..%2f..%2fetc%2fpasswd",
                400,
                "/p2p/" + exchange.owner() + "?after=x",
                400,
                "/elsewhere",
                404);
        refusals.forEach((target, status) -> {
            Raw raw = wire.raw("GET", target, Map.of());
            assertEquals(status, raw.status(), target);
            assertEquals("0", raw.header("content-length"), target);
            assertEquals(0, raw.body().length, target);
        });
    }

    /** EX-41. */
    @Test
    void onlyGetAndHeadAreKnownAndPutOfAFile() {
        for (String method : List.of("POST", "PUT", "DELETE", "OPTIONS")) {
            Raw raw = wire.raw(method, "/p2p/" + exchange.owner(), Map.of());
            assertEquals("405 GET, HEAD", raw.status() + " " + raw.header("allow"), method);
            assertEquals(0, raw.body().length);
        }
        for (String method : List.of("POST", "DELETE", "OPTIONS")) {
            Raw raw = wire.raw(method, "/p2p/" + exchange.owner() + "/a.pgp", Map.of());
            assertEquals("405 GET, HEAD, PUT", raw.status() + " " + raw.header("allow"), method);
        }
        for (String elsewhere :
                List.of("/a.pgp.version/" + FakeExchange.digest(new byte[0]), "/a.pgp?x", "/a/b", "/")) {
            Raw raw = wire.raw("PUT", "/p2p/" + exchange.owner() + elsewhere, Map.of());
            assertEquals("405 GET, HEAD", raw.status() + " " + raw.header("allow"), elsewhere);
        }
        assertEquals(
                401,
                wire.raw("PUT", "/p2p/" + exchange.owner() + "/a.pgp", Map.of()).status());
    }

    /** EX-34. */
    @Test
    void aFileReplacedBehindTheIndexIsNeverServedUnderTheOldTag() throws IOException {
        exchange.publish("a.pgp", "old bytes!", T);
        exchange.replaceBehindTheBack("a.pgp", "new bytes!".getBytes(StandardCharsets.UTF_8), T.plusSeconds(1));
        assertEquals(503, get("/a.pgp", Map.of()).status());
    }

    @Test
    void anIndexThatLearnsOfTheNewFileServesItAtOnce() throws IOException {
        exchange.publish("a.pgp", "old bytes!", T);
        exchange.replaceBehindTheBack("a.pgp", "new bytes!".getBytes(StandardCharsets.UTF_8), T.plusSeconds(1));
        int[] answers = {0};
        exchange.beforeAnswer(() -> {
            if (++answers[0] == 2) {
                exchange.publish("a.pgp", "new bytes!", T.plusSeconds(1));
            }
        });
        Raw raw = get("/a.pgp", Map.of());
        assertEquals("200 new bytes!", raw.status() + " " + raw.text());
    }

    private static List<Contact> contacts(int count) {
        return IntStream.range(0, count)
                .mapToObj(i -> new Contact(
                        Fingerprint.of("%040x".formatted(i)),
                        HostAndPort.parse(i % 2 == 0 ? "192.0.2." + i + ":" + (i + 1) : "[2001:db8::" + i + "]:6275")))
                .toList();
    }

    private static Fingerprint lastOf(List<Contact> contacts) {
        return contacts.getLast().fingerprint();
    }

    /** KW-1, KW-5. */
    @Test
    void whoPingsIsHeardWithItsNameAndItsClaim() {
        try (RemotePeer friend = wire.asFriend()) {
            friend.ping();
        }
        Caller caller = overlay.callers().getFirst();
        assertEquals(List.of(new Request.Ping()), overlay.requests());
        assertEquals(Optional.of(wire.friend()), caller.fingerprint());
        assertEquals(Optional.of(wire.claim()), caller.claim());
    }

    /** KW-2. */
    @Test
    void whoLooksForAPeerGetsTheContactsInTheirOrder() {
        List<Contact> known = contacts(ContactsJson.MAX_CONTACTS);
        overlay.knows(known);
        try (RemotePeer friend = wire.asFriend()) {
            assertEquals(known, friend.contactsNear(lastOf(known)));
            overlay.knows(List.of());
            assertEquals(List.of(), friend.contactsNear(wire.friend()));
        }
        assertEquals(
                List.of(new Request.FindPeer(lastOf(known)), new Request.FindPeer(wire.friend())), overlay.requests());
    }

    /** KW-4. */
    @Test
    void whoHasNotProvedWhoItIsAsksNothingAboutPeers() {
        for (String target : List.of("/kad/ping", "/kad/find_peer/" + wire.friend())) {
            assertEquals(400, wire.raw("GET", target, Map.of()).status(), target);
        }
        assertEquals(List.of(), overlay.callers());
    }

    /** KW-1, KW-2, KW-3. */
    @Test
    void pingAndFindPeerLookAsTheGoPeerWroteThem() {
        Raw pong = wire.rawAsFriend("GET", "/kad/ping", Map.of());
        assertEquals("200 0 ", pong.status() + " " + pong.header("content-length") + " " + pong.text());
        Raw none = wire.rawAsFriend("GET", "/kad/find_peer/" + wire.friend(), Map.of());
        assertEquals("200 application/json []", none.status() + " " + none.header("content-type") + " " + none.text());
        overlay.knows(contacts(2));
        String target = "/kad/find_peer/" + wire.friend().toString().toUpperCase(Locale.ROOT);
        Raw two = wire.rawAsFriend("GET", target, Map.of());
        assertEquals(
                "[{\"fingerprint\":\"0000000000000000000000000000000000000000\",\"address\":\"192.0.2.0:1\"},"
                        + "{\"fingerprint\":\"0000000000000000000000000000000000000001\",\"address\":\"[2001:db8::1]:6275\"}]",
                two.text());
        Raw head = wire.rawAsFriend("HEAD", target, Map.of());
        assertEquals(
                "200 " + two.body().length + " 0",
                head.status() + " " + head.header("content-length") + " " + head.body().length);
        assertEquals(200, wire.rawAsFriend("HEAD", "/kad/ping", Map.of()).status());
    }

    /** KW-3. */
    @Test
    void whatIsNoFingerprintCannotBeLookedForAndNothingElseIsKnown() {
        String friend = wire.friend().toString();
        List<String> wrong = List.of("find_peer/xyz", "find_peer/" + friend + "00", "find_peer/", "find_peer", "pong");
        for (String path : wrong) {
            assertEquals(400, wire.rawAsFriend("GET", "/kad/" + path, Map.of()).status(), path);
        }
        for (String method : List.of("POST", "PUT", "DELETE")) {
            Raw raw = wire.rawAsFriend(method, "/kad/ping", Map.of());
            assertEquals("405 GET, HEAD", raw.status() + " " + raw.header("allow"), method);
        }
        assertEquals(List.of(), overlay.callers());
    }

    @Test
    void anExchangeThatFailsIsAFailureWithoutDetails() {
        exchange.beforeAnswer(() -> {
            throw new IllegalStateException("secret path");
        });
        Raw raw = get("", Map.of());
        assertEquals("500 ", raw.status() + " " + raw.text());
    }
}
