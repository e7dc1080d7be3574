package org.maunode.store;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.maunode.identity.FileName;
import org.maunode.identity.Fingerprint;
import org.maunode.identity.VersionHash;
import org.maunode.openpgp.Sealer;

final class ContentStoreTest {
    private static final FileName NAME = new FileName("hello.json.pgp");
    private static final Retention ALL = new Retention.KeepAll();

    @TempDir
    Path root;

    private final OffsetClock clock = new OffsetClock();
    private final CountingDisk disk = new CountingDisk();
    private Account account;
    private ContentStore store;
    private Peer self;

    @BeforeEach
    void open() {
        account = Peer.account(root);
        self = Peer.of(account);
        store = ContentStore.open(account, disk, clock);
    }

    @AfterEach
    void close() {
        store.close();
    }

    private void reopen() {
        store.close();
        store = ContentStore.open(account, disk, clock);
    }

    private StoredFile publish(String text) {
        return store.publish(NAME, self.message(text, Peer.SIGNED), ALL);
    }

    private Path own() {
        return root.resolve(account.fingerprint().toString());
    }

    private List<StoredFile> list() {
        return store.list(account.fingerprint(), Position.START, Integer.MAX_VALUE);
    }

    private static VersionHash sum(Path file) throws IOException {
        return VersionHash.of(Inspector.sha256().digest(Files.readAllBytes(file)));
    }

    @Test
    void aPublishedFileIsWhereTheSpecificationHasIt() throws IOException {
        StoredFile file = publish("one");
        assertEquals(own().resolve("hello.json.pgp"), file.path());
        assertArrayEquals(self.signed("one", Peer.SIGNED), Files.readAllBytes(file.path()));
        assertEquals(Files.size(file.path()), file.size());
        assertEquals(sum(file.path()), file.sum());
        assertEquals(Files.getLastModifiedTime(file.path()).toInstant(), file.modified());
        assertEquals(Optional.of(file), store.find(account.fingerprint(), NAME));
        assertEquals(List.of(file), list());
    }

    @Test
    void whatThisStoreWroteIsNeverRead() {
        publish("one");
        store.publish(NAME, self.sealed("two", Peer.SIGNED), ALL);
        StoredFile file = list().getFirst();
        assertTrue(file.envelope().sealed());
        reopen();
        assertEquals(List.of(file), list());
        assertEquals(Optional.of(file), store.find(account.fingerprint(), NAME));
        assertEquals(List.of(), disk.takeRead());
    }

    @Test
    void onlyTheOwnerMayReadWhatIsWritten() throws IOException {
        publish("one");
        publish("two");
        store.list(account.fingerprint(), Position.START, 10);
        reopen();
        try (Stream<Path> all = Files.walk(root)) {
            for (Path path : all.filter(p -> !p.equals(root)).toList()) {
                String mode = PosixFilePermissions.toString(Files.getPosixFilePermissions(path));
                assertEquals(Files.isDirectory(path) ? "rwx------" : "rw-------", mode, path.toString());
            }
        }
    }

    @Test
    void whatWasThereBecomesAVersion() throws IOException {
        StoredFile first = publish("one");
        byte[] bytes = Files.readAllBytes(first.path());
        StoredFile second = publish("two");
        Path version =
                own().resolve("hello.json.pgp.versions").resolve(first.sum().toString());
        assertArrayEquals(bytes, Files.readAllBytes(version));
        List<StoredFile> versions = store.versions(account.fingerprint(), NAME);
        assertEquals(1, versions.size());
        assertEquals(version, versions.getFirst().path());
        assertEquals(first.sum(), versions.getFirst().sum());
        assertEquals(first.modified(), versions.getFirst().modified());
        assertEquals(
                versions.getFirst(),
                store.findVersion(account.fingerprint(), NAME, first.sum()).orElseThrow());
        assertEquals(
                second,
                store.findVersion(account.fingerprint(), NAME, second.sum()).orElseThrow());
    }

    @Test
    void versionsAreReadInEveryFormInUse() throws IOException {
        publish("one");
        Path directory = Files.createDirectory(own().resolve("hello.json.pgp.versions"));
        for (String form : List.of("%s", "%s.pgp")) {
            byte[] message = self.signed("old " + form, Peer.SIGNED);
            VersionHash sum = VersionHash.of(Inspector.sha256().digest(message));
            String name = form.formatted(sum.toString().toUpperCase(Locale.ROOT));
            Files.write(directory.resolve(name), message);
            StoredFile found =
                    store.findVersion(account.fingerprint(), NAME, sum).orElseThrow();
            assertEquals(directory.resolve(name), found.path());
        }
        Files.write(directory.resolve("notes.txt"), new byte[1]);
        Files.createSymbolicLink(directory.resolve("0".repeat(64)), own().resolve(NAME.value()));
        assertEquals(2, store.versions(account.fingerprint(), NAME).size());
    }

    @Test
    void theSameBytesAgainAreTheSameFile() {
        StoredFile first = publish("one");
        assertEquals(first, publish("one"));
        assertEquals(List.of(), store.versions(account.fingerprint(), NAME));
    }

    @Test
    void oldBytesThatComeAgainAreCurrentAndStayAVersion() {
        StoredFile one = publish("one");
        StoredFile two = publish("two");
        StoredFile again = publish("one");
        assertEquals(one.sum(), again.sum());
        assertTrue(again.modified().isAfter(two.modified()));
        assertEquals(
                List.of(two.sum()),
                store.versions(account.fingerprint(), NAME).stream()
                        .map(StoredFile::sum)
                        .toList());
    }

    @Test
    void retentionIsAppliedAfterEachWrite() throws IOException {
        for (int i = 0; i < 6; i++) {
            store.publish(NAME, self.message("n" + i, Peer.SIGNED), new Retention.KeepLast(2));
        }
        assertEquals(2, store.versions(account.fingerprint(), NAME).size());
        store.publish(NAME, self.message("last", Peer.SIGNED), new Retention.KeepLast(0));
        assertEquals(List.of(), store.versions(account.fingerprint(), NAME));
    }

    @Test
    void aWriterThatFailsLeavesWhatWasThere() throws IOException {
        StoredFile first = publish("one");
        StoreException failed = assertThrows(StoreException.class, this::publishBroken);
        assertTrue(failed.getMessage().endsWith("the sensor is gone"), failed.getMessage());
        assertEquals(List.of(first), list());
        assertEquals(Set.of("hello.json.pgp"), names(own()));
    }

    private void publishBroken() {
        Sealer.Content gone = () -> {
            throw new IOException("the sensor is gone");
        };
        store.publish(NAME, new Sealer(account.identity()).sign(gone, Peer.SIGNED), ALL);
    }

    private static Set<String> names(Path directory) throws IOException {
        try (Stream<Path> files = Files.list(directory)) {
            return Set.copyOf(files.map(p -> p.getFileName().toString()).toList());
        }
    }

    @Test
    void deletingTakesTheVersionsToo() throws IOException {
        publish("one");
        publish("two");
        assertTrue(store.delete(NAME));
        assertEquals(Set.of(), names(own()));
        assertEquals(List.of(), list());
        assertFalse(store.delete(NAME));
        reopen();
        assertEquals(List.of(), list());
    }

    @Test
    void timesRiseThoughTheClockWasSetBack() {
        StoredFile first = publish("one");
        clock.advance(Duration.ofDays(-3650));
        StoredFile second = publish("two");
        StoredFile third = store.publish(new FileName("a.pgp"), self.message("three", Peer.SIGNED), ALL);
        assertTrue(second.modified().isAfter(first.modified()));
        assertTrue(third.modified().isAfter(second.modified()));
        assertEquals(List.of(second, third), list());
    }

    @Test
    void aTimeFarInTheFutureDrawsNoOtherAfterIt() throws IOException {
        StoredFile first = publish("one");
        Files.setLastModifiedTime(first.path(), FileTime.from(Instant.parse("2250-01-01T00:00:00Z")));
        StoredFile second = store.publish(new FileName("a.pgp"), self.message("two", Peer.SIGNED), ALL);
        assertTrue(second.modified().isBefore(Instant.parse("2250-01-01T00:00:00Z")));
    }

    @Test
    void filesOfOtherProgramsAreListedIfTheyAreMessages() throws IOException {
        Path directory = Files.createDirectories(own());
        Files.write(directory.resolve("good.pgp"), self.signed("good", Peer.SIGNED));
        Files.write(directory.resolve("plain.pgp"), "no message".getBytes());
        Files.write(directory.resolve("empty.pgp"), new byte[0]);
        Files.write(directory.resolve("name.txt"), self.signed("good", Peer.SIGNED));
        Files.write(directory.resolve(".mau-tmp-1.pgp"), self.signed("good", Peer.SIGNED));
        Files.createDirectory(directory.resolve("folder.pgp"));
        Files.createSymbolicLink(directory.resolve("link.pgp"), directory.resolve("good.pgp"));
        assertEquals(
                List.of("good.pgp"), list().stream().map(f -> f.name().value()).toList());
        assertTrue(store.find(account.fingerprint(), new FileName("link.pgp")).isEmpty());
        assertTrue(store.find(account.fingerprint(), new FileName("plain.pgp")).isEmpty());
    }

    @Test
    void filesOfOneTimeAreOrderedByNameAndPagedWithoutLoss() throws IOException {
        Path directory = Files.createDirectories(own());
        List<String> expected = new ArrayList<>();
        for (int i = 0; i < 50; i++) {
            String name = "f%02d.pgp".formatted(i);
            expected.add(name);
            Files.write(directory.resolve(name), self.signed(name, Peer.SIGNED));
            Files.setLastModifiedTime(directory.resolve(name), FileTime.from(Instant.EPOCH));
        }
        List<String> found = new ArrayList<>();
        Position after = Position.START;
        for (List<StoredFile> page = store.list(account.fingerprint(), after, 7);
                !page.isEmpty();
                page = store.list(account.fingerprint(), after, 7)) {
            page.forEach(file -> found.add(file.name().value()));
            after = Position.after(page.getLast());
        }
        assertEquals(expected, found);
    }

    @Test
    void listingFromATimeIncludesThatTime() {
        StoredFile file = publish("one");
        assertEquals(List.of(file), store.list(account.fingerprint(), Position.at(file.modified()), 9));
        assertEquals(List.of(), store.list(account.fingerprint(), Position.after(file), 9));
    }

    @Test
    void strangersHaveNoFilesAndCostNothing() throws IOException {
        Fingerprint stranger = Fingerprint.of("00".repeat(20));
        assertEquals(List.of(), store.list(stranger, Position.START, 10));
        assertEquals(Optional.empty(), store.find(stranger, NAME));
        assertEquals(List.of(), store.versions(stranger, NAME));
        assertEquals(Optional.empty(), store.findVersion(stranger, NAME, sum(root.resolve(".mau/account.pgp"))));
        assertFalse(Files.exists(root.resolve(".mau-node")), "no index was made");
    }

    @Test
    void ownersAreTheVisibleDirectoriesWithLowerCaseNames() throws IOException {
        publish("one");
        Fingerprint peer = Fingerprint.of("ab".repeat(20));
        store.follow(peer);
        Files.createDirectory(root.resolve("." + "cd".repeat(20)));
        Files.createDirectory(root.resolve("EF".repeat(20)));
        Files.write(root.resolve("01".repeat(20)), new byte[0]);
        assertEquals(Set.of(peer, account.fingerprint()), Set.copyOf(store.owners()));
        assertEquals(List.of(peer), store.followed());
    }

    @Test
    void saysInOneLineWhyItCannotWrite() throws IOException {
        Files.createDirectories(own().getParent());
        Files.write(own(), new byte[0]);
        StoreException failed = assertThrows(StoreException.class, () -> publish("one"));
        assertEquals(StoreException.Reason.INPUT_OUTPUT, failed.reason());
        assertEquals(1, failed.getMessage().lines().count());
        assertTrue(failed.getMessage().startsWith("cannot publish hello.json.pgp: "), failed.getMessage());
    }

    @Test
    void unfinishedFilesOfDeadWritersAreSweptBeforeTheFirstWrite() throws IOException {
        Path directory = Files.createDirectories(own());
        Files.write(directory.resolve(FileName.RESERVED_PREFIX + "0123"), new byte[9]);
        publish("one");
        assertEquals(Set.of("hello.json.pgp"), names(directory));
    }

    @Test
    void downloadsThatNobodyWentOnWithAreSwept() throws IOException {
        VersionHash sum = VersionHash.of(new byte[32]);
        ContentStore.Partial old = store.partial(account.fingerprint(), NAME, sum);
        old.append().close();
        ContentStore.Partial young = store.partial(account.fingerprint(), new FileName("b.pgp"), sum);
        young.append().close();
        Files.setLastModifiedTime(old.path(), FileTime.from(Instant.now().minus(Duration.ofDays(31))));
        publish("one");
        assertFalse(Files.exists(old.path()));
        assertTrue(Files.exists(young.path()));
    }

    @Test
    void aClosedStoreSaysSo() {
        publish("one");
        store.close();
        assertThrows(StoreException.class, () -> publish("two"));
    }
}
