package org.maunode.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.maunode.identity.Fingerprint;
import org.maunode.identity.InvalidNameException;
import org.maunode.openpgp.PublicIdentity;
import org.maunode.openpgp.Sealer;
import org.maunode.store.Keyring.Friend;

final class KeyringTest {
    private static Peer self;
    private static Peer bob;
    private static Peer eve;

    @TempDir
    Path root;

    private final CountingDisk disk = new CountingDisk();
    private final OffsetClock clock = new OffsetClock();
    private Keyring keyring;

    @BeforeAll
    static void makeKeys() {
        self = Peer.named("Ada");
        bob = Peer.named("Bob");
        eve = Peer.named("Eve");
    }

    @BeforeEach
    void open() {
        keyring = opened();
    }

    private Keyring opened() {
        return new Account(root, self.identity(), disk, clock).keyring();
    }

    private Path mau() {
        return root.resolve(".mau");
    }

    private static Path file(Path directory, Peer friend) {
        return directory.resolve(friend.fingerprint() + ".pgp");
    }

    /** What another program of the account writes. */
    private void write(Path file, Peer friend) throws IOException {
        Files.createDirectories(file.getParent());
        Files.write(file, sealedBy(self, friend.key().encoded()));
    }

    private static byte[] sealedBy(Peer author, byte[] key) {
        return Peer.bytes(new Sealer(author.identity())
                .seal(() -> new ByteArrayInputStream(key), List.of(self.key()), Peer.SIGNED));
    }

    private static List<Fingerprint> fingerprints(List<PublicIdentity> keys) {
        return keys.stream().map(PublicIdentity::fingerprint).toList();
    }

    @Test
    void withoutDirectoryThereAreNoFriends() {
        assertEquals(List.of(), keyring.friends());
        assertEquals(List.of(), keyring.groups());
        assertEquals(List.of(), keyring.skipped());
        assertEquals(Optional.empty(), keyring.find(bob.fingerprint()));
        assertFalse(Files.exists(mau()));
    }

    @Test
    void anAddedFriendIsThereAlsoAfterARestart() throws IOException {
        keyring.add(bob.key());
        for (Keyring any : List.of(keyring, opened())) {
            Friend friend = any.friends().getFirst();
            assertEquals(bob.fingerprint(), friend.key().fingerprint());
            assertEquals(Set.of(), friend.groups());
            assertEquals(bob.key().keyIds(), any.keyIdsOf(bob.fingerprint()));
            assertEquals("Bob", any.find(bob.fingerprint()).orElseThrow().name());
        }
        String mode = PosixFilePermissions.toString(Files.getPosixFilePermissions(file(mau(), bob)));
        assertEquals("rw-------", mode);
    }

    @Test
    void aKeyIsNotOnTheDiskInTheClear() throws IOException {
        keyring.add(bob.key());
        String bytes = new String(Files.readAllBytes(file(mau(), bob)), StandardCharsets.ISO_8859_1);
        assertFalse(bytes.contains("bob@example.org") || bytes.contains("Bob"));
    }

    @Test
    void theAccountKnowsItselfAndNoStranger() {
        assertEquals(self.key().keyIds(), keyring.keyIdsOf(self.fingerprint()));
        assertEquals(Set.of(), keyring.keyIdsOf(eve.fingerprint()));
        assertEquals(List.of(), disk.takeRead());
    }

    @Test
    void whatIsNoFriendIsSkippedAndReportedAndStopsNothing() throws IOException {
        write(mau().resolve("anyname"), bob);
        Files.write(mau().resolve("account.pgp"), new byte[1]);
        Files.write(mau().resolve(".DS_Store"), new byte[1]);
        Files.writeString(mau().resolve("sync_state.json"), "{}");
        Files.write(mau().resolve("empty.pgp"), new byte[0]);
        Files.write(mau().resolve("plain.pgp"), eve.key().encoded());
        Files.write(mau().resolve("foreign.pgp"), sealedBy(eve, eve.key().encoded()));
        Files.write(mau().resolve("junk.pgp"), sealedBy(self, "no key".getBytes()));
        Files.write(mau().resolve("huge.pgp"), new byte[KeyReader.LARGEST + 1]);
        Files.createSymbolicLink(mau().resolve("link.pgp"), mau().resolve("anyname"));
        Files.createDirectories(mau().resolve("work"));
        Files.write(mau().resolve("work/account.pgp"), new byte[1]);
        assertEquals(1, keyring.friends().size());
        assertEquals(
                Set.of("sync_state.json", "empty.pgp", "plain.pgp", "foreign.pgp", "junk.pgp", "huge.pgp"),
                Set.copyOf(keyring.skipped().stream()
                        .map(s -> s.file().getFileName().toString())
                        .toList()));
        assertTrue(keyring.skipped().stream().noneMatch(s -> s.why().isBlank()));
        assertEquals(Set.of(), keyring.keyIdsOf(eve.fingerprint()));
    }

    @Test
    void groupsAreNamedByTheirBaseNamesAndHoldWhatIsInside() throws IOException {
        write(mau().resolve("work/b"), bob);
        write(mau().resolve("work/close/deep/e"), eve);
        write(mau().resolve("home/close/b"), bob);
        assertEquals(List.of("close", "deep", "home", "work"), keyring.groups());
        assertEquals(Set.of(bob.fingerprint(), eve.fingerprint()), Set.copyOf(fingerprints(keyring.members("work"))));
        assertEquals(Set.of(bob.fingerprint(), eve.fingerprint()), Set.copyOf(fingerprints(keyring.members("close"))));
        assertEquals(List.of(eve.fingerprint()), fingerprints(keyring.members("work/close")));
        assertEquals(List.of(eve.fingerprint()), fingerprints(keyring.members("deep")));
        assertEquals(List.of(), keyring.members("nobody"));
        Friend friend = keyring.friends().stream()
                .filter(f -> f.key().fingerprint().equals(bob.fingerprint()))
                .findFirst()
                .orElseThrow();
        assertEquals(Set.of("work", "close"), friend.groups());
    }

    @Test
    void aFriendGoesIntoAGroupThatIsMadeIfMissing() {
        keyring.add(bob.key());
        keyring.addToGroup(bob.fingerprint(), "work/close");
        keyring.addToGroup(bob.fingerprint(), "work/close");
        keyring.addToGroup(bob.fingerprint(), "close");
        assertTrue(Files.exists(file(mau().resolve("work/close"), bob)));
        assertFalse(Files.exists(mau().resolve("close")), "a base name finds the group where it is");
        assertEquals(List.of("close", "work"), keyring.groups());
        assertEquals(List.of(bob.fingerprint()), fingerprints(keyring.members("work")));
    }

    @Test
    void onlyAFriendGoesIntoAGroup() {
        StoreException refused =
                assertThrows(StoreException.class, () -> keyring.addToGroup(eve.fingerprint(), "work"));
        assertEquals(StoreException.Reason.NOT_FOUND, refused.reason());
        assertEquals(List.of(), keyring.groups());
    }

    @Test
    void whoLeavesAGroupStaysAFriend() throws IOException {
        write(mau().resolve("work/close/b"), bob);
        keyring.removeFromGroup(bob.fingerprint(), "work");
        assertEquals(List.of(), keyring.members("work"));
        assertEquals(bob.key().keyIds(), keyring.keyIdsOf(bob.fingerprint()));
        assertTrue(Files.exists(file(mau(), bob)));
        keyring.removeFromGroup(bob.fingerprint(), "work");
        keyring.removeFromGroup(eve.fingerprint(), "nowhere");
        assertEquals(1, keyring.friends().size());
    }

    @Test
    void whoIsRemovedIsNowhere() throws IOException {
        write(mau().resolve("a/b/c/anyname"), bob);
        keyring.add(bob.key());
        keyring.add(eve.key());
        keyring.remove(bob.fingerprint());
        assertEquals(Set.of(), keyring.keyIdsOf(bob.fingerprint()));
        assertFalse(Files.exists(mau().resolve("a/b/c/anyname")));
        assertEquals(1, opened().friends().size());
        keyring.remove(bob.fingerprint());
    }

    @Test
    void addingAgainReplacesTheKeyInEveryGroup() throws IOException {
        write(mau().resolve("work/b"), bob);
        byte[] before = Files.readAllBytes(mau().resolve("work/b"));
        keyring.add(bob.key());
        assertFalse(Arrays.equals(before, Files.readAllBytes(mau().resolve("work/b"))));
        assertTrue(Files.exists(file(mau(), bob)));
        assertEquals(1, keyring.friends().size());
    }

    /** EX-15. */
    @Test
    void aThousandLooksReadNothingTwice() {
        keyring.add(bob.key());
        clock.advance(Duration.ofSeconds(2));
        keyring.keyIdsOf(eve.fingerprint());
        clock.advance(Duration.ofSeconds(2));
        keyring.keyIdsOf(eve.fingerprint());
        disk.takeRead();
        for (int i = 0; i < 1000; i++) {
            keyring.keyIdsOf(eve.fingerprint());
            keyring.keyIdsOf(bob.fingerprint());
            clock.advance(Duration.ofSeconds(2));
        }
        assertEquals(List.of(), disk.takeRead());
    }

    @Test
    void whoLooksAgainSeesWhatAnotherProgramTookAwayAtOnce() throws IOException {
        write(file(mau().resolve("gardeners"), bob), bob);
        assertEquals(1, keyring.members("gardeners").size());
        Files.delete(file(mau().resolve("gardeners"), bob));
        keyring.lookAgain();
        assertEquals(List.of(), keyring.members("gardeners"));
    }

    @Test
    void whatAnotherProgramAddsIsNoticedWithinASecond() throws IOException {
        keyring.add(bob.key());
        assertEquals(1, keyring.friends().size());
        write(mau().resolve("work/e"), eve);
        clock.advance(Duration.ofMillis(1001));
        assertEquals(eve.key().keyIds(), keyring.keyIdsOf(eve.fingerprint()));
        Files.delete(mau().resolve("work/e"));
        clock.advance(Duration.ofMillis(1001));
        assertEquals(Set.of(), keyring.keyIdsOf(eve.fingerprint()));
    }

    @Test
    void onlyWhatChangedIsReadAgain() throws IOException {
        write(mau().resolve("b"), bob);
        Files.writeString(mau().resolve("junk"), "junk");
        keyring.keyIdsOf(eve.fingerprint());
        clock.advance(Duration.ofSeconds(2));
        keyring.keyIdsOf(eve.fingerprint());
        disk.takeRead();
        write(mau().resolve("e"), eve);
        clock.advance(Duration.ofSeconds(2));
        keyring.keyIdsOf(eve.fingerprint());
        assertEquals(List.of(mau().resolve("e")), disk.takeRead());
        assertEquals(1, keyring.skipped().size());
    }

    @Test
    void aKeyThatCouldNotBeReadOnceIsReadWithinAMinute() throws IOException {
        write(mau().resolve("b"), bob);
        AtomicBoolean fails = new AtomicBoolean(true);
        Disk moody = new Disk() {
            @Override
            InputStream read(Path file) throws IOException {
                if (fails.get()) {
                    throw new IOException("Too many open files");
                }
                return super.read(file);
            }
        };
        clock.advance(Duration.ofSeconds(2));
        keyring = new Account(root, self.identity(), moody, clock).keyring();
        assertEquals(Set.of(), keyring.keyIdsOf(bob.fingerprint()));
        assertEquals(1, keyring.skipped().size());
        fails.set(false);
        clock.advance(Duration.ofSeconds(61));
        assertEquals(bob.key().keyIds(), keyring.keyIdsOf(bob.fingerprint()));
        assertEquals(List.of(), keyring.skipped());
    }

    @Test
    void aKeyThatIsWrittenOverInPlaceIsNoticedWithinAMinute() throws IOException {
        write(mau().resolve("b"), bob);
        assertEquals(bob.key().keyIds(), keyring.keyIdsOf(bob.fingerprint()));
        clock.advance(Duration.ofSeconds(2));
        keyring.keyIdsOf(bob.fingerprint());
        write(mau().resolve("b"), eve);
        clock.advance(Duration.ofSeconds(61));
        assertEquals(eve.key().keyIds(), keyring.keyIdsOf(eve.fingerprint()));
        assertEquals(Set.of(), keyring.keyIdsOf(bob.fingerprint()));
    }

    @Test
    void aClockSetBackHidesNothing() throws IOException {
        keyring.keyIdsOf(eve.fingerprint());
        clock.advance(Duration.ofDays(-4000));
        write(mau().resolve("e"), eve);
        assertEquals(eve.key().keyIds(), keyring.keyIdsOf(eve.fingerprint()));
        keyring.add(bob.key());
        assertEquals(2, opened().friends().size());
    }

    @Test
    void groupNamesThatWouldLeaveTheDirectoryAreRefused() {
        for (String name : List.of("", "..", "a/../b", "/a", "a/", ".hidden", "a\\b", "a\nb", "x".repeat(256))) {
            assertThrows(InvalidNameException.class, () -> keyring.createGroup(name), name);
        }
        keyring.createGroup("x".repeat(255));
        keyring.createGroup("x".repeat(255));
        String deepest = "g" + "/g".repeat(KeyReader.DEEPEST - 1);
        keyring.createGroup(deepest);
        assertThrows(InvalidNameException.class, () -> keyring.createGroup(deepest + "/g"));
        assertEquals(List.of("g", "x".repeat(255)), keyring.groups());
        assertEquals(List.of(), keyring.skipped());
    }

    @Test
    void groupsNestedTooDeepAreReported() throws IOException {
        Files.createDirectories(mau().resolve("g" + "/g".repeat(KeyReader.DEEPEST)));
        assertEquals(1, keyring.skipped().size());
    }
}
