package org.maunode.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.InstantSource;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.api.io.TempDir;
import org.maunode.store.StoreException.Reason;

final class AccountTest {
    @TempDir
    Path folder;

    private Path root() {
        return folder.resolve("home");
    }

    private static StoreException refused(Reason reason, Executable task) {
        StoreException refused = assertThrows(StoreException.class, task);
        assertEquals(reason, refused.reason(), refused.getMessage());
        assertEquals(1, refused.getMessage().lines().count(), refused.getMessage());
        return refused;
    }

    private static String mode(Path path) throws IOException {
        return PosixFilePermissions.toString(Files.getPosixFilePermissions(path));
    }

    @Test
    void aNewAccountOpensAgainAndIsItsOwnersOnly() throws IOException {
        assertFalse(Account.exists(root()));
        Account made = Peer.account(root());
        assertTrue(Account.exists(root()));
        Account opened = Account.open(root(), Peer.PASSPHRASE);
        assertEquals(made.fingerprint(), opened.fingerprint());
        assertEquals("Ada", opened.identity().publicIdentity().name());
        assertEquals(root().toAbsolutePath(), opened.root());
        assertEquals("rwx------", mode(root()));
        assertEquals("rwx------", mode(root().resolve(".mau")));
        assertEquals("rw-------", mode(root().resolve(".mau/account.pgp")));
    }

    @Test
    void openingMakesNothing() {
        refused(Reason.NO_ACCOUNT, () -> Account.open(root(), Peer.PASSPHRASE));
        assertFalse(Files.exists(root()));
    }

    @Test
    void aWrongPassphraseIsTold() {
        Peer.account(root());
        refused(Reason.WRONG_PASSPHRASE, () -> Account.open(root(), "wrong".toCharArray()));
    }

    @Test
    void aBrokenAccountIsTold() throws IOException {
        Peer.account(root());
        Path file = root().resolve(".mau/account.pgp");
        Files.write(file, new byte[] {1, 2, 3});
        assertEquals(
                file,
                refused(Reason.BROKEN_ACCOUNT, () -> Account.open(root(), Peer.PASSPHRASE))
                        .path());
        Files.write(file, new byte[0]);
        refused(Reason.BROKEN_ACCOUNT, () -> Account.open(root(), Peer.PASSPHRASE));
    }

    @Test
    void anAccountIsNeverOverwritten() throws IOException {
        Peer.account(root());
        byte[] before = Files.readAllBytes(root().resolve(".mau/account.pgp"));
        refused(Reason.ACCOUNT_EXISTS, () -> Peer.account(root()));
        assertEquals(-1, Arrays.mismatch(before, Files.readAllBytes(root().resolve(".mau/account.pgp"))));
    }

    @Test
    void ofTwoWhoMakeOneAtOnceOneIsTold() throws IOException {
        Path file = root().resolve(".mau/account.pgp");
        Disk slow = new Disk() {
            @Override
            void link(Path from, Path to) throws IOException {
                Files.write(file, new byte[] {7});
                super.link(from, to);
            }
        };
        refused(
                Reason.ACCOUNT_EXISTS,
                () -> Account.create(root(), "A", "", Peer.PASSPHRASE, slow, InstantSource.system()));
        assertEquals(1, Files.size(file));
    }

    @Test
    void anAccountWithoutPassphraseIsNotMade() {
        assertThrows(IllegalArgumentException.class, () -> Account.create(root(), "A", "", new char[0]));
        assertFalse(Files.exists(root()));
    }

    @Test
    void whatCannotBeWrittenLeavesNothing() {
        Disk full = new Disk() {
            @Override
            void force(FileChannel file) throws IOException {
                throw new IOException("No space left on device");
            }
        };
        refused(Reason.DISK_FULL, () -> Account.create(root(), "A", "", Peer.PASSPHRASE, full, InstantSource.system()));
        assertFalse(Files.exists(root().resolve(".mau")));
        Peer.account(root());
    }

    @Test
    void anAccountThatOthersMayReadIsClosedToThem() throws IOException {
        Peer.account(root());
        Path file = root().resolve(".mau/account.pgp");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r--r--"));
        Account.open(root(), Peer.PASSPHRASE);
        assertEquals("rw-------", mode(file));
    }

    @Test
    void thePrivateDirectoryIsMadeWhenNeeded() throws IOException {
        Account account = Peer.account(root());
        assertFalse(Files.exists(root().resolve(".mau-node")));
        assertEquals(root().resolve(".mau-node").toAbsolutePath(), account.privateDirectory());
        assertEquals("rwx------", mode(account.privateDirectory()));
    }
}
