package org.maunode.store;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.maunode.identity.FileName;
import org.maunode.identity.VersionHash;
import org.maunode.openpgp.Opener;
import org.maunode.openpgp.VerifiedMessage;
import org.maunode.store.ContentStore.Admission;
import org.maunode.store.ContentStore.Partial;

final class AdmittingTest {
    private static final FileName NAME = new FileName("post.json.pgp");
    private static final Retention ALL = new Retention.KeepAll();
    private static final Instant LATER = Peer.SIGNED.plusSeconds(1);

    @TempDir
    Path root;

    private final CountingDisk disk = new CountingDisk();
    private final OffsetClock clock = new OffsetClock();
    private final Peer peer = Peer.named("Bob");
    private Account account;
    private ContentStore store;

    @BeforeEach
    void open() {
        account = Peer.account(root);
        account.keyring().add(peer.key());
        store = ContentStore.open(account, disk, clock);
        store.follow(peer.fingerprint());
    }

    @AfterEach
    void close() {
        store.close();
    }

    private void reopen() {
        store.close();
        store = ContentStore.open(account, disk, clock);
    }

    private Admission admit(byte[] message) throws IOException {
        VerifiedMessage received = peer.received(account, store, NAME, message);
        Admission admission = store.admit(received, NAME, ALL);
        assertFalse(Files.exists(received.file()), "nothing is left where it was received");
        return admission;
    }

    private StoredFile current() {
        return store.find(peer.fingerprint(), NAME).orElseThrow();
    }

    private byte[] signed(String text, Instant at) {
        return peer.signed(text, at);
    }

    @Test
    void aVerifiedMessageAppearsInItsAuthorsDirectoryNow() throws IOException {
        Instant before = clock.instant();
        byte[] message = signed("hello", Peer.SIGNED);
        assertEquals(Admission.ADMITTED, admit(message));
        StoredFile file = current();
        assertEquals(root.resolve(peer.fingerprint().toString()).resolve(NAME.value()), file.path());
        assertArrayEquals(message, Files.readAllBytes(file.path()));
        assertFalse(file.modified().isBefore(before));
        assertEquals(List.of(file), store.list(peer.fingerprint(), Position.START, 9));
        disk.takeRead();
        reopen();
        assertEquals(List.of(file), store.list(peer.fingerprint(), Position.START, 9));
        assertEquals(List.of(), disk.takeRead());
    }

    @Test
    void theSameBytesAreHereAlready() throws IOException {
        byte[] message = signed("hello", Peer.SIGNED);
        admit(message);
        StoredFile file = current();
        assertEquals(Admission.ALREADY_HERE, admit(message));
        assertEquals(file, current());
    }

    @Test
    void aLaterSignatureReplacesAndTheOldOneStaysAVersion() throws IOException {
        admit(signed("one", Peer.SIGNED));
        StoredFile first = current();
        assertEquals(Admission.ADMITTED, admit(signed("two", LATER)));
        assertTrue(current().modified().isAfter(first.modified()));
        StoredFile version = store.versions(peer.fingerprint(), NAME).getFirst();
        assertEquals(first.sum(), version.sum());
        assertEquals(first.modified(), version.modified());
    }

    @Test
    void anEarlierSignatureNeverReplaces() throws IOException {
        admit(signed("two", LATER));
        StoredFile file = current();
        assertEquals(Admission.OLDER_THAN_OURS, admit(signed("one", Peer.SIGNED)));
        assertEquals(file, current());
        assertEquals(List.of(), store.versions(peer.fingerprint(), NAME));
    }

    @Test
    void anEarlierSignatureDoesNotReplaceWhatAnotherProgramFetched() throws IOException {
        Path file = root.resolve(peer.fingerprint().toString()).resolve(NAME.value());
        Files.write(file, signed("two", LATER));
        assertEquals(Admission.OLDER_THAN_OURS, admit(signed("one", Peer.SIGNED)));
        assertEquals(Admission.ADMITTED, admit(signed("three", LATER.plusSeconds(1))));
    }

    @Test
    void theSignatureOfWhatIsHereIsVerifiedOnlyOnce() throws IOException {
        Path file = root.resolve(peer.fingerprint().toString()).resolve(NAME.value());
        Files.write(file, signed("two", LATER));
        clock.advance(Duration.ofSeconds(1));
        admit(signed("one", Peer.SIGNED));
        disk.takeRead();
        admit(signed("zero", Peer.SIGNED.minusSeconds(1)));
        reopen();
        admit(signed("zero", Peer.SIGNED.minusSeconds(1)));
        assertEquals(List.of(), disk.takeRead().stream().filter(file::equals).toList());
    }

    @Test
    void whatDoesNotVerifyProtectsNothingButIsKept() throws IOException {
        Path file = root.resolve(peer.fingerprint().toString()).resolve(NAME.value());
        byte[] foreign = Peer.named("Eve").signed("mine", LATER);
        Files.write(file, foreign);
        assertEquals(Admission.ADMITTED, admit(signed("one", Peer.SIGNED)));
        assertEquals(
                VersionHash.of(Inspector.sha256().digest(foreign)),
                store.versions(peer.fingerprint(), NAME).getFirst().sum());
    }

    @Test
    void otherBytesOfTheSameSecondAreNewButBytesThatWereReplacedAreOld() throws IOException {
        byte[] one = signed("one", Peer.SIGNED);
        byte[] two = signed("two", Peer.SIGNED);
        assertEquals(Admission.ADMITTED, admit(one));
        assertEquals(Admission.ADMITTED, admit(two));
        assertEquals(Admission.OLDER_THAN_OURS, admit(one));
        assertEquals(Admission.ADMITTED, admit(signed("three", Peer.SIGNED)));
        assertEquals(Admission.OLDER_THAN_OURS, admit(one));
        assertEquals(Admission.OLDER_THAN_OURS, admit(two));
    }

    @Test
    void messagesForUsAreAdmittedToo() throws IOException {
        byte[] message =
                Peer.bytes(peer.sealed("secret", Peer.SIGNED, account.identity().publicIdentity()));
        assertEquals(Admission.ADMITTED, admit(message));
        assertTrue(current().envelope().sealed());
    }

    @Test
    void anUnfollowedAuthorsMessageGoesIntoTheHiddenDirectory() throws IOException {
        admit(signed("one", Peer.SIGNED));
        store.unfollow(peer.fingerprint());
        assertEquals(Admission.ADMITTED, admit(signed("two", LATER)));
        Path hidden = root.resolve("." + peer.fingerprint());
        assertTrue(Files.exists(hidden.resolve(NAME.value())));
        assertFalse(Files.exists(root.resolve(peer.fingerprint().toString())));
        assertEquals(List.of(), store.list(peer.fingerprint(), Position.START, 9));
        assertEquals(Admission.OLDER_THAN_OURS, admit(signed("one", Peer.SIGNED)));
    }

    @Test
    void aStrangersMessageHasNoPlace() throws IOException {
        Peer stranger = Peer.named("Eve");
        VerifiedMessage received = stranger.received(account, store, NAME, stranger.signed("x", Peer.SIGNED));
        StoreException refused = assertThrows(StoreException.class, () -> store.admit(received, NAME, ALL));
        assertEquals(StoreException.Reason.NOT_FOUND, refused.reason());
        assertTrue(Files.exists(received.file()));
        assertFalse(Files.exists(root.resolve(stranger.fingerprint().toString())));
    }

    @Test
    void theAccountsOwnMessageFromItsOtherDeviceIsAdmitted() throws IOException {
        Peer self = Peer.of(account);
        VerifiedMessage received = self.received(account, store, NAME, self.signed("x", Peer.SIGNED));
        assertEquals(Admission.ADMITTED, store.admit(received, NAME, ALL));
        assertTrue(store.find(account.fingerprint(), NAME).isPresent());
    }

    @Test
    void whatChangedAfterItWasVerifiedIsRefused() throws IOException {
        VerifiedMessage received = peer.received(account, store, NAME, signed("x", Peer.SIGNED));
        Files.write(received.file(), new byte[1], StandardOpenOption.APPEND);
        assertThrows(IllegalArgumentException.class, () -> store.admit(received, NAME, ALL));
        Files.delete(received.file());
        assertThrows(IllegalArgumentException.class, () -> store.admit(received, NAME, ALL));
    }

    @Test
    void whatWasNotDownloadedHereIsRefused() throws IOException {
        Path elsewhere = root.resolve("elsewhere");
        Files.write(elsewhere, signed("x", Peer.SIGNED));
        VerifiedMessage received = new Opener(account.identity()).verify(elsewhere, peer.key());
        assertThrows(IllegalArgumentException.class, () -> store.admit(received, NAME, ALL));
        assertTrue(Files.exists(elsewhere));
    }

    @Test
    void retentionIsAppliedAfterEachAdmission() throws IOException {
        for (int i = 0; i < 5; i++) {
            byte[] message = signed("n" + i, Peer.SIGNED.plusSeconds(i));
            store.admit(peer.received(account, store, NAME, message), NAME, new Retention.KeepLast(1));
        }
        assertEquals(1, store.versions(peer.fingerprint(), NAME).size());
    }

    @Test
    void aDownloadGoesOnWhereItStopped() throws IOException {
        byte[] message = signed("hello", Peer.SIGNED);
        VersionHash sum = VersionHash.of(Inspector.sha256().digest(message));
        Partial partial = store.partial(peer.fingerprint(), NAME, sum);
        assertEquals(0, partial.length());
        try (OutputStream out = partial.append()) {
            out.write(message, 0, 10);
        }
        reopen();
        Partial again = store.partial(peer.fingerprint(), NAME, sum);
        assertEquals(10, again.length());
        try (OutputStream out = again.append()) {
            out.write(message, 10, message.length - 10);
        }
        assertArrayEquals(message, Files.readAllBytes(again.path()));
        again.discard();
        again.discard();
        assertEquals(0, again.length());
    }

    @Test
    void twoDownloadsOfOneFileDoNotMix() throws IOException {
        VersionHash sum = VersionHash.of(new byte[32]);
        Partial partial = store.partial(peer.fingerprint(), NAME, sum);
        try (OutputStream out = partial.append()) {
            out.write(1);
            StoreException inUse = assertThrows(StoreException.class, () -> store.partial(peer.fingerprint(), NAME, sum)
                    .append());
            assertEquals(StoreException.Reason.IN_USE, inUse.reason());
        }
        partial.append().close();
        Path other =
                store.partial(peer.fingerprint(), new FileName("b.pgp"), sum).path();
        assertFalse(other.equals(partial.path()));
        assertTrue(partial.path().startsWith(root.resolve(".mau-node")));
    }

    @Test
    void aDirectoryOnAnotherDiskIsWrittenByCopying() throws IOException {
        Path directory = root.resolve(peer.fingerprint().toString());
        Disk twoDisks = new Disk() {
            @Override
            void move(Path from, Path to) throws IOException {
                if (!from.getParent().equals(to.getParent())) {
                    throw new AtomicMoveNotSupportedException(from.toString(), to.toString(), "another disk");
                }
                super.move(from, to);
            }
        };
        try (ContentStore other = ContentStore.open(account, twoDisks, clock)) {
            byte[] message = signed("one", Peer.SIGNED);
            VerifiedMessage received = peer.received(account, other, NAME, message);
            assertEquals(Admission.ADMITTED, other.admit(received, NAME, ALL));
            assertArrayEquals(message, Files.readAllBytes(directory.resolve(NAME.value())));
            assertFalse(Files.exists(received.file()));
            StoredFile file = other.find(peer.fingerprint(), NAME).orElseThrow();
            assertEquals(Files.getLastModifiedTime(file.path()).toInstant(), file.modified());
        }
    }

    @Test
    void oldVersionsAreCopiedWhereThereAreNoLinks() throws IOException {
        Disk noLinks = new Disk() {
            @Override
            void link(Path file, Path second) throws IOException {
                throw new FileSystemException(file.toString(), second.toString(), "Operation not permitted");
            }
        };
        try (ContentStore other = ContentStore.open(account, noLinks, clock)) {
            List<byte[]> messages = List.of(signed("one", Peer.SIGNED), signed("two", LATER));
            for (byte[] message : messages) {
                other.admit(peer.received(account, other, NAME, message), NAME, ALL);
            }
            StoredFile version = other.versions(peer.fingerprint(), NAME).getFirst();
            assertArrayEquals(messages.getFirst(), Files.readAllBytes(version.path()));
            assertTrue(version.modified().isBefore(current().modified()));
        }
    }

    @Test
    void aFileThatAnotherProgramReplacesMeanwhileLosesNoVersion() throws IOException {
        admit(signed("one", Peer.SIGNED));
        Path file = current().path();
        byte[] foreign = signed("foreign", Peer.SIGNED);
        Disk racing = new Disk() {
            private boolean raced;

            @Override
            void link(Path from, Path second) throws IOException {
                if (!raced) {
                    raced = true;
                    Files.write(file.resolveSibling("next"), foreign);
                    Files.move(file.resolveSibling("next"), file, StandardCopyOption.REPLACE_EXISTING);
                }
                super.link(from, second);
            }
        };
        try (ContentStore other = ContentStore.open(account, racing, clock)) {
            VerifiedMessage received = peer.received(account, other, NAME, signed("two", LATER));
            assertEquals(Admission.ADMITTED, other.admit(received, NAME, ALL));
            List<StoredFile> versions = other.versions(peer.fingerprint(), NAME);
            assertEquals(1, versions.size());
            assertArrayEquals(foreign, Files.readAllBytes(versions.getFirst().path()));
            assertEquals(
                    VersionHash.of(Inspector.sha256().digest(foreign)),
                    versions.getFirst().sum());
        }
    }

    @Test
    void aRestingDownloadOfAnotherVersionIsGivenUpWhenANewOneBegins() throws IOException {
        Partial old = store.partial(peer.fingerprint(), NAME, VersionHash.of(new byte[32]));
        old.append().close();
        Partial other = store.partial(peer.fingerprint(), new FileName("b.pgp"), VersionHash.of(new byte[32]));
        other.append().close();
        byte[] next = new byte[32];
        next[0] = 1;
        store.partial(peer.fingerprint(), NAME, VersionHash.of(next)).append().close();
        assertTrue(Files.exists(old.path()));
        next[0] = 2;
        clock.advance(Partials.SUPERSEDED.plusSeconds(1));
        store.partial(peer.fingerprint(), NAME, VersionHash.of(next)).append().close();
        assertFalse(Files.exists(old.path()));
        assertTrue(Files.exists(other.path()));
    }

    /** EX-71. */
    @Test
    void whatADeadProgramLeftOfAFileThatWasSentHereGoesAnHourLater() throws IOException {
        Partial left = store.partial(peer.fingerprint());
        left.append().close();
        Partial download = store.partial(peer.fingerprint(), NAME, VersionHash.of(new byte[32]));
        download.append().close();
        assertFalse(store.partial(peer.fingerprint()).path().equals(left.path()));
        store.partial(peer.fingerprint()).append().close();
        assertTrue(Files.exists(left.path()), "it may still be under way");
        clock.advance(Partials.SUPERSEDED.plusSeconds(1));
        Partial next = store.partial(peer.fingerprint());
        next.append().close();
        assertFalse(Files.exists(left.path()));
        assertTrue(Files.exists(next.path()));
        assertTrue(Files.exists(download.path()), "a download is gone on with");
    }
}
