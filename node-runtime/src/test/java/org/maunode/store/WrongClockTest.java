package org.maunode.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.maunode.identity.FileName;
import org.maunode.openpgp.VerifiedMessage;
import org.maunode.store.ContentStore.Admission;

/** CK-10 to CK-15: a directory whose clock jumps, and friends whose clocks are wrong. */
final class WrongClockTest {
    private static final FileName NAME = new FileName("air.json.pgp");
    private static final Retention ALL = new Retention.KeepAll();
    private static final Duration TEN_YEARS = Duration.ofDays(3650);
    private static final Instant TODAY = Instant.parse("2026-11-23T12:00:00Z");

    @TempDir
    Path root;

    private final CountingDisk disk = new CountingDisk();
    private final Peer peer = Peer.named("Bob");
    private final List<Instant> heard = new ArrayList<>();
    private Instant time = TODAY;
    private long nanos;
    private Account account;
    private Peer self;
    private ContentStore store;

    @BeforeEach
    void open() {
        account = Peer.account(root);
        self = Peer.of(account);
        account.keyring().add(peer.key());
        openStore(Instant::now);
        store.follow(peer.fingerprint());
    }

    private void openStore(InstantSource stamps) {
        store = ContentStore.open(account, disk, new Clocks(stamps, () -> time, () -> nanos));
    }

    @AfterEach
    void close() {
        store.close();
    }

    private void reopen() {
        store.close();
        openStore(Instant::now);
    }

    private void pass(Duration by) {
        time = time.plus(by);
        nanos += by.toNanos();
    }

    private StoredFile publish(String text) {
        return store.publish(NAME, self.message(text, store.signingTime(NAME, time)), ALL);
    }

    private Admission admit(byte[] message) throws IOException {
        VerifiedMessage received = peer.received(account, store, NAME, message);
        return store.admit(received, NAME, ALL);
    }

    private byte[] signed(String text, Instant at) {
        return peer.signed(text, at);
    }

    private StoredFile current() {
        return store.find(peer.fingerprint(), NAME).orElseThrow();
    }

    /** CK-10: else they would all be of one moment, and of the same hour for thinning. */
    @Test
    void timesGoOnAsTimePassesWhileTheClockStandsBehind() {
        Instant first = publish("one").modified();
        time = time.minus(TEN_YEARS);
        assertEquals(first.plusNanos(1), publish("two").modified());
        pass(Duration.ofHours(2));
        assertEquals(
                first.plusNanos(1).plus(Duration.ofHours(2)), publish("three").modified());
        time = TODAY.plus(Duration.ofHours(3));
        assertEquals(time, publish("four").modified());
    }

    /** CK-10: ten years ahead and back again, and ten days of readings after that. */
    @Test
    void thinningKeepsACurveThoughTheClockStandsTenYearsBehindTheDirectory() {
        Retention staggered = new Retention.Staggered(100);
        time = TODAY.plus(TEN_YEARS);
        publish("by mistake");
        time = TODAY;
        for (int step = 0; step < 80; step++) {
            store.publish(NAME, self.message("h" + step, store.signingTime(NAME, time)), staggered);
            pass(Duration.ofHours(3));
        }
        List<StoredFile> versions = store.versions(account.fingerprint(), NAME);
        Duration span = Duration.between(
                versions.getFirst().modified(), versions.getLast().modified());
        assertTrue(span.compareTo(Duration.ofDays(9)) > 0, span.toString());
        assertTrue(versions.size() < 40, versions.size() + " versions");
    }

    /** CK-11. */
    @Test
    void signingTimesOfOneNameRiseWhateverTheClockDoes() {
        Instant last = Instant.MIN;
        for (Duration jump : List.of(Duration.ZERO, TEN_YEARS, TEN_YEARS.negated(), TEN_YEARS.negated(), TEN_YEARS)) {
            time = time.plus(jump);
            for (int i = 0; i < 3; i++) {
                Instant next = store.signingTime(NAME, time);
                assertTrue(next.getEpochSecond() > last.getEpochSecond(), last + " then " + next);
                publish(time + " " + i);
                last = next;
            }
            reopen();
        }
    }

    /** CK-11. */
    @Test
    void aNewNameIsSignedByTheClockAndNotBeforeTheKey() {
        assertEquals(TODAY, store.signingTime(NAME, TODAY));
        publish("one");
        assertEquals(TODAY, store.signingTime(new FileName("other.pgp"), TODAY));
        assertEquals(Peer.CREATED, store.signingTime(new FileName("other.pgp"), Instant.EPOCH));
    }

    /** CK-11: the index is lost with the card's file system check, the file is not. */
    @Test
    void signingTimesRiseThoughTheIndexWasLost() throws IOException {
        time = TODAY.plus(TEN_YEARS);
        publish("one");
        store.close();
        Files.delete(root.resolve(".mau-node/index/" + account.fingerprint()));
        time = TODAY;
        openStore(Instant::now);
        assertEquals(TODAY.plus(TEN_YEARS).plusSeconds(1), store.signingTime(NAME, time));
    }

    /** CK-11. */
    @Test
    void theLastSecondOfAllDrawsNothingAfterIt() {
        time = Instant.ofEpochSecond(0xffffffffL);
        publish("one");
        assertEquals(TODAY, store.signingTime(NAME, TODAY));
        time = time.minusSeconds(1);
        FileName other = new FileName("other.pgp");
        store.publish(other, self.message("one", time), ALL);
        assertEquals(Instant.ofEpochSecond(0xffffffffL), store.signingTime(other, TODAY));
    }

    /** CK-12: an author whose signatures rise goes on from there. */
    @Test
    void aSignatureFromTheFutureIsAdmittedAndSoIsTheNextOfItsAuthor() throws IOException {
        assertEquals(Admission.ADMITTED, admit(signed("one", TODAY.plus(TEN_YEARS))));
        assertEquals(
                Admission.ADMITTED, admit(signed("two", TODAY.plus(TEN_YEARS).plusSeconds(1))));
        assertEquals(Admission.OLDER_THAN_OURS, admit(signed("three", TODAY.plus(TEN_YEARS))));
    }

    /** CK-13: an author whose clock was mended, and whose program knows nothing of rising times. */
    @Test
    void aSignatureFromTheFutureBlocksNothingThatWasSignedAfterItCame() throws IOException {
        byte[] mistaken = signed("2036", TODAY.plus(TEN_YEARS));
        admit(mistaken);
        pass(Duration.ofHours(1));
        byte[] mended = signed("mended", TODAY.plus(Duration.ofMinutes(30)));
        assertEquals(Admission.ADMITTED, admit(mended));
        assertEquals(1, store.versions(peer.fingerprint(), NAME).size(), "the mistaken one is kept");
        assertEquals(Admission.OLDER_THAN_OURS, admit(mistaken), "and does not come back");
        assertEquals(Admission.ADMITTED, admit(signed("next", time)));
    }

    /** CK-13: what is no newer stays out, whoever offers it. */
    @Test
    void aSignatureFromTheFutureIsNotRolledBack() throws IOException {
        byte[] before = signed("before", TODAY.minusSeconds(9));
        admit(before);
        admit(signed("2036", TODAY.plus(TEN_YEARS)));
        StoredFile ours = current();
        pass(Duration.ofHours(1));
        assertEquals(Admission.OLDER_THAN_OURS, admit(before));
        assertEquals(Admission.OLDER_THAN_OURS, admit(signed("never seen", TODAY)));
        assertEquals(Admission.OLDER_THAN_OURS, admit(signed("2035", TODAY.plus(Duration.ofDays(3285)))));
        assertEquals(ours, current());
    }

    /** CK-13: a day is no future yet, and a second more is. */
    @Test
    void clocksMayBeADayApartBeforeOneOfThemIsTakenToBeWrong() throws IOException {
        Instant arrives = TODAY;
        admit(signed("a day ahead", arrives.plus(Admitting.AHEAD).plusSeconds(60)));
        pass(Duration.ofSeconds(60));
        byte[] newer = signed("newer", arrives.plusSeconds(59));
        assertEquals(Admission.OLDER_THAN_OURS, admit(newer));
        time = time.minusSeconds(1);
        assertEquals(Admission.ADMITTED, admit(newer));
    }

    /** CK-8: before it is admitted, so that its time here is not before its time. */
    @Test
    void goodSignaturesOfOthersAreTold() throws Exception {
        AutoCloseable telling = store.onSignature(at -> {
            heard.add(at);
            time = at;
        });
        Instant later = TODAY.plus(Duration.ofDays(90));
        admit(signed("one", later));
        assertEquals(List.of(later), heard);
        assertFalse(current().modified().isBefore(later));
        FileName own = new FileName("own.pgp");
        store.admit(self.received(account, store, own, self.signed("own", TODAY)), own, ALL);
        assertEquals(List.of(later), heard, "the account's own clock proves nothing");
        telling.close();
        admit(signed("two", later.plusSeconds(1)));
        assertEquals(List.of(later), heard);
    }

    /** CK-14: a node's time may be years from the kernel's; stamps are compared by the kernel's alone. */
    @Test
    void aFileThatMayStillChangeIsReadAgainWhateverTheTimeIsTakenToBe() throws IOException {
        Path directory =
                Files.createDirectories(root.resolve(account.fingerprint().toString()));
        Path file = Files.write(directory.resolve(NAME.value()), self.signed("one", Peer.SIGNED));
        store.close();
        time = TODAY.plus(TEN_YEARS);
        Instant changed = Nanos.instant(Stamp.of(file).orElseThrow().changed());
        AtomicReference<Instant> kernel = new AtomicReference<>(changed.plusMillis(10));
        openStore(kernel::get);
        store.find(account.fingerprint(), NAME);
        kernel.set(changed.plusMillis(60));
        disk.takeRead();
        store.find(account.fingerprint(), NAME);
        assertEquals(List.of(file), disk.takeRead());
    }

    /** CK-15: the listing shows all that is there, oldest first, whatever the clock did. */
    @Test
    void nothingIsMissingFromAListingAfterJumpsBothWays() {
        List<String> expected = new ArrayList<>();
        int number = 0;
        for (Duration jump : List.of(TEN_YEARS.negated(), TEN_YEARS, TEN_YEARS, TEN_YEARS.negated())) {
            time = time.plus(jump);
            FileName name = new FileName("f" + number++ + ".pgp");
            store.publish(name, self.message("x", store.signingTime(name, time)), ALL);
            expected.add(name.value());
            reopen();
        }
        assertEquals(
                expected,
                store.list(account.fingerprint(), Position.START, 99).stream()
                        .map(file -> file.name().value())
                        .toList());
    }

    /** CK-24. */
    @Test
    void aDownloadThatSeemsToHaveRestedForTenYearsBeginsAgain() throws IOException {
        byte[] message = signed("whole", TODAY);
        VerifiedMessage received = peer.received(account, store, NAME, message);
        store.close();
        openStore(() -> Instant.now().plus(TEN_YEARS));
        publish("anything");
        assertFalse(Files.exists(received.file()));
        assertEquals(Admission.ADMITTED, admit(message));
    }
}
