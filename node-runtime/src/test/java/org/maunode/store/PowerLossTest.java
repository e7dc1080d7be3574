package org.maunode.store;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.maunode.identity.FileName;
import org.maunode.identity.Fingerprint;
import org.maunode.identity.VersionHash;
import org.maunode.openpgp.Opener;
import org.maunode.openpgp.VerifiedMessage;

/** The power fails before and after each step of each write; then the directory is opened again. */
final class PowerLossTest {
    private static final FileName NAME = new FileName("a.pgp");
    private static final InstantSource CLOCK = InstantSource.system();
    private static final int MOST_STEPS = 60;

    private static Peer self;
    private static Peer peer;

    @TempDir
    Path trials;

    @BeforeAll
    static void makeKeys() {
        self = Peer.named("Ada");
        peer = Peer.named("Bob");
    }

    private Account account(int trial, boolean done, Disk disk) {
        return new Account(trials.resolve(trial + "-" + done), self.identity(), disk, CLOCK);
    }

    /** A write to be cut short. */
    @FunctionalInterface
    private interface Write {
        void run(Account account, ContentStore store) throws IOException;
    }

    /** What must be so afterwards. */
    @FunctionalInterface
    private interface Check {
        void holds(Account account, ContentStore store, boolean finished) throws IOException;
    }

    private void atEachStep(Write before, Write write, Check check) throws IOException {
        int trials = 0;
        for (boolean done : List.of(false, true)) {
            boolean finished = false;
            for (int k = 1; !finished; k++) {
                finished = trial(k, done, before, write, check);
                assertTrue(k < MOST_STEPS, "the write never ends");
                trials += finished ? 0 : 1;
            }
        }
        assertTrue(trials >= 8, "only " + trials + " steps were tried");
    }

    private boolean trial(int k, boolean done, Write before, Write write, Check check) throws IOException {
        Account first = account(k, done, new Disk());
        try (ContentStore store = ContentStore.open(first, new Disk(), CLOCK)) {
            before.run(first, store);
        }
        boolean finished = cutShort(k, done, write);
        Account again = account(k, done, new Disk());
        try (ContentStore store = ContentStore.open(again, new Disk(), CLOCK)) {
            check.holds(again, store, finished);
            assertListingIsTrue(store);
        }
        return finished;
    }

    private boolean cutShort(int k, boolean done, Write write) throws IOException {
        FaultyDisk disk = new FaultyDisk(k, done);
        Account account = account(k, done, disk);
        ContentStore store = ContentStore.open(account, disk, CLOCK);
        try {
            write.run(account, store);
            return disk.steps() < k;
        } catch (FaultyDisk.PowerLoss lost) {
            return false;
        } finally {
            closeDead(store);
        }
    }

    private static void closeDead(ContentStore store) {
        try {
            store.close();
        } catch (FaultyDisk.PowerLoss lost) {
            assertFalse(lost.getStackTrace().length == 0);
        }
    }

    private static void assertListingIsTrue(ContentStore store) throws IOException {
        for (Fingerprint owner : store.owners()) {
            for (StoredFile file : store.list(owner, Position.START, 99)) {
                assertEquals(sum(file.path()), file.sum());
                assertEquals(Files.size(file.path()), file.size());
            }
        }
    }

    private static VersionHash sum(Path file) throws IOException {
        return sum(Files.readAllBytes(file));
    }

    private static VersionHash sum(byte[] bytes) {
        return VersionHash.of(Inspector.sha256().digest(bytes));
    }

    /** Every file is whole; of a file, current and old, there is all that ever was and perhaps the new. */
    private static void assertNothingLost(
            ContentStore store, Fingerprint owner, boolean finished, List<byte[]> before, byte[] written)
            throws IOException {
        StoredFile current = store.find(owner, NAME).orElseThrow();
        if (finished) {
            assertArrayEquals(written, Files.readAllBytes(current.path()));
        }
        List<VersionHash> found = new ArrayList<>(List.of(current.sum()));
        for (StoredFile version : store.versions(owner, NAME)) {
            assertEquals(sum(version.path()), version.sum());
            found.add(version.sum());
        }
        Set<VersionHash> old = before.stream().map(PowerLossTest::sum).collect(Collectors.toSet());
        assertTrue(found.containsAll(old), "a version was lost");
        found.removeAll(old);
        assertTrue(found.isEmpty() || found.equals(List.of(sum(written))), "a file was torn");
    }

    private static void assertNoLeftovers(Path root) throws IOException {
        try (Stream<Path> files = Files.walk(root)) {
            assertEquals(
                    List.of(),
                    files.filter(f -> f.getFileName().toString().startsWith(FileName.RESERVED_PREFIX))
                            .toList());
        }
    }

    @Test
    void publishingLosesNothing() throws IOException {
        List<byte[]> before = List.of(self.signed("zero", Peer.SIGNED), self.signed("one", Peer.SIGNED));
        byte[] next = self.signed("two", Peer.SIGNED);
        atEachStep(
                (account, store) -> {
                    store.publish(NAME, self.message("zero", Peer.SIGNED), new Retention.KeepAll());
                    store.publish(NAME, self.message("one", Peer.SIGNED), new Retention.KeepAll());
                },
                (account, store) -> store.publish(NAME, self.message("two", Peer.SIGNED), new Retention.KeepAll()),
                (account, store, finished) -> {
                    Fingerprint owner = account.fingerprint();
                    assertNothingLost(store, owner, finished, before, next);
                    store.publish(NAME, self.message("three", Peer.SIGNED), new Retention.KeepAll());
                    assertNoLeftovers(account.root());
                    assertTrue(store.versions(owner, NAME).size() >= 2);
                });
    }

    @Test
    void theFirstPublishingLeavesAWholeFileOrNone() throws IOException {
        atEachStep(
                (account, store) -> {},
                (account, store) -> store.publish(NAME, self.message("one", Peer.SIGNED), new Retention.KeepAll()),
                (account, store, finished) -> {
                    boolean there = store.find(account.fingerprint(), NAME).isPresent();
                    assertTrue(there || !finished);
                    store.publish(NAME, self.message("one", Peer.SIGNED), new Retention.KeepAll());
                    assertNoLeftovers(account.root());
                });
    }

    @Test
    void publishingWithoutOldVersionsLosesNothingElse() throws IOException {
        Retention none = new Retention.KeepLast(0);
        atEachStep(
                (account, store) -> store.publish(NAME, self.message("one", Peer.SIGNED), none),
                (account, store) -> store.publish(NAME, self.message("two", Peer.SIGNED), none),
                (account, store, finished) -> {
                    VersionHash sum = store.find(account.fingerprint(), NAME)
                            .orElseThrow()
                            .sum();
                    boolean isNew = sum.equals(sum(self.signed("two", Peer.SIGNED)));
                    assertTrue(isNew || !finished && sum.equals(sum(self.signed("one", Peer.SIGNED))));
                });
    }

    @Test
    void admittingLosesNothingAndTheDownloadIsNotNeededTwice() throws IOException {
        byte[] one = peer.signed("one", Peer.SIGNED);
        byte[] two = peer.signed("two", Peer.SIGNED.plusSeconds(1));
        atEachStep(
                (account, store) -> {
                    account.keyring().add(peer.key());
                    store.follow(peer.fingerprint());
                    admit(account, store, one);
                    received(account, store, two);
                },
                (account, store) -> store.admit(verified(account, store, two), NAME, new Retention.KeepAll()),
                (account, store, finished) -> {
                    assertNothingLost(store, peer.fingerprint(), finished, List.of(one), two);
                    VersionHash current =
                            store.find(peer.fingerprint(), NAME).orElseThrow().sum();
                    ContentStore.Partial partial = store.partial(peer.fingerprint(), NAME, sum(two));
                    assertEquals(current.equals(sum(two)) ? 0 : two.length, partial.length());
                    admit(account, store, two);
                    assertNothingLost(store, peer.fingerprint(), true, List.of(one), two);
                });
    }

    private static void received(Account account, ContentStore store, byte[] message) throws IOException {
        peer.received(account, store, NAME, message);
    }

    private static VerifiedMessage verified(Account account, ContentStore store, byte[] message) throws IOException {
        Path file = store.partial(peer.fingerprint(), NAME, sum(message)).path();
        return new Opener(account.identity()).verify(file, peer.key());
    }

    private static void admit(Account account, ContentStore store, byte[] message) throws IOException {
        store.admit(peer.received(account, store, NAME, message), NAME, new Retention.KeepAll());
    }

    @Test
    void deletingCanBeDoneAgain() throws IOException {
        atEachStep(
                (account, store) -> {
                    store.publish(NAME, self.message("zero", Peer.SIGNED), new Retention.KeepAll());
                    store.publish(NAME, self.message("one", Peer.SIGNED), new Retention.KeepAll());
                    store.publish(NAME, self.message("two", Peer.SIGNED), new Retention.KeepAll());
                    store.publish(NAME, self.message("three", Peer.SIGNED), new Retention.KeepAll());
                },
                (account, store) -> store.delete(NAME),
                (account, store, finished) -> {
                    boolean there = store.find(account.fingerprint(), NAME).isPresent();
                    assertFalse(there && finished);
                    assertEquals(there, store.delete(NAME));
                    assertEquals(List.of(), store.versions(account.fingerprint(), NAME));
                });
    }

    @Test
    void hidingCanBeDoneAgain() throws IOException {
        byte[] one = peer.signed("one", Peer.SIGNED);
        byte[] two = peer.signed("two", Peer.SIGNED.plusSeconds(1));
        Fingerprint who = peer.fingerprint();
        atEachStep(
                (account, store) -> {
                    Path visible = Files.createDirectories(account.root().resolve(who.toString()));
                    Path hidden = Files.createDirectories(account.root().resolve("." + who));
                    Files.write(hidden.resolve(NAME.value()), one);
                    Files.write(visible.resolve(NAME.value()), two);
                    Files.write(visible.resolve("b.pgp"), one);
                },
                (account, store) -> store.unfollow(who),
                (account, store, finished) -> {
                    assertTrue(!finished || store.followed().isEmpty());
                    store.unfollow(who);
                    Path hidden = account.root().resolve("." + who);
                    assertArrayEquals(two, Files.readAllBytes(hidden.resolve(NAME.value())));
                    assertArrayEquals(one, Files.readAllBytes(hidden.resolve("b.pgp")));
                    assertArrayEquals(
                            one,
                            Files.readAllBytes(
                                    hidden.resolve(NAME.versionsDirectory()).resolve(sum(one).toString())));
                });
    }

    @Test
    void aFriendIsThereOrNotAndNothingElse() throws IOException {
        boolean finished = false;
        for (int k = 1; !finished; k++) {
            Account account = account(k, false, new FaultyDisk(k, k % 2 == 0));
            try {
                account.keyring().add(peer.key());
                finished = true;
            } catch (FaultyDisk.PowerLoss lost) {
                finished = false;
            }
            Account again = account(k, false, new Disk());
            assertEquals(List.of(), again.keyring().skipped());
            assertTrue(again.keyring().find(peer.fingerprint()).isPresent() || !finished);
            again.keyring().add(peer.key());
            assertNoLeftovers(again.root());
        }
    }

    @Test
    void anAccountIsThereAndOpensOrCanBeMade() throws IOException {
        boolean finished = false;
        for (int k = 1; !finished; k++) {
            Path root = trials.resolve("new" + k);
            try {
                Account.create(root, "A", "", Peer.PASSPHRASE, new FaultyDisk(k, k % 2 == 0), CLOCK);
                finished = true;
            } catch (FaultyDisk.PowerLoss lost) {
                finished = false;
            }
            Account account = Account.exists(root) ? Account.open(root, Peer.PASSPHRASE) : Peer.account(root);
            assertTrue(Account.exists(account.root()));
            if (k > 1) {
                account.keyring().createGroup("any");
                assertNoLeftovers(root);
            }
        }
    }
}
