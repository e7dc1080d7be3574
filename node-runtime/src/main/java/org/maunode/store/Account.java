package org.maunode.store;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Set;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.maunode.identity.Fingerprint;
import org.maunode.openpgp.OpenPgpException;
import org.maunode.openpgp.SecretIdentity;
import org.maunode.store.StoreException.Reason;

/** An account that was opened: its directory, its keys, its friends. Thread-safe. */
public final class Account {
    private static final Logger LOG = Logger.getLogger("org.maunode.store");

    private static final Set<PosixFilePermission> OWNER_ONLY = PosixFilePermissions.fromString("rw-------");

    private final Path root;
    private final SecretIdentity identity;
    private final Disk disk;
    private final Keyring keyring;

    /** An account whose keys are at hand. */
    Account(Path root, SecretIdentity identity, Disk disk, InstantSource clock) {
        this.root = root.toAbsolutePath().normalize();
        this.identity = identity;
        this.disk = disk;
        this.keyring = new Keyring(keys(this.root), identity, disk, clock);
    }

    /** Whether {@code root} holds an {@code account.pgp}. */
    public static boolean exists(Path root) {
        return Files.exists(file(root));
    }

    /**
     * Makes a new identity and its directory.
     *
     * @throws StoreException with {@code ACCOUNT_EXISTS}, or why it could not be written; nothing is left half made
     * @throws IllegalArgumentException if the passphrase is empty
     */
    public static Account create(Path root, String name, String email, char[] passphrase) {
        return create(root, name, email, passphrase, new Disk(), InstantSource.system());
    }

    /** The same, made at the time of {@code clock}; what is signed may not be older than the keys. */
    public static Account create(Path root, String name, String email, char[] passphrase, InstantSource clock) {
        return create(root, name, email, passphrase, new Disk(), clock);
    }

    static Account create(Path root, String name, String email, char[] passphrase, Disk disk, InstantSource clock) {
        if (passphrase.length == 0) {
            throw new IllegalArgumentException("an account needs a passphrase that is not empty");
        }
        if (exists(root)) {
            throw accountExists(root, null);
        }
        Instant created = clock.instant();
        SecretIdentity identity = SecretIdentity.generate(name, email, created);
        Failures.doing("make an account", file(root), () -> write(root, identity, passphrase, disk));
        return new Account(root, identity, disk, clock);
    }

    /**
     * Opens {@code root/.mau/account.pgp}.
     *
     * @throws StoreException with {@code NO_ACCOUNT}, {@code BROKEN_ACCOUNT} or {@code WRONG_PASSPHRASE}
     */
    public static Account open(Path root, char[] passphrase) {
        return open(root, passphrase, new Disk(), InstantSource.system());
    }

    static Account open(Path root, char[] passphrase, Disk disk, InstantSource clock) {
        Path file = file(root);
        SecretIdentity identity = Failures.during("open the account", file, () -> unlock(root, passphrase, disk));
        closeToOthers(file);
        return new Account(root, identity, disk, clock);
    }

    /** Absolute. */
    public Path root() {
        return root;
    }

    public SecretIdentity identity() {
        return identity;
    }

    public Fingerprint fingerprint() {
        return identity().fingerprint();
    }

    public Keyring keyring() {
        return keyring;
    }

    /** This program's own files (index, sync state, unfinished downloads): {@code root/.mau-node}, made when needed. */
    public Path privateDirectory() {
        Path directory = privateFiles();
        Failures.doing("make " + directory, directory, () -> disk.makeDirectory(directory));
        return directory;
    }

    /** {@link #privateDirectory()}, whether it exists or not. */
    Path privateFiles() {
        return root.resolve(".mau-node");
    }

    private static Path keys(Path root) {
        return root.resolve(".mau");
    }

    private static Path file(Path root) {
        return keys(root).resolve("account.pgp");
    }

    private static void write(Path root, SecretIdentity identity, char[] passphrase, Disk disk) throws IOException {
        disk.makeDirectory(keys(root));
        TempFile.sweep(keys(root), disk);
        boolean written = false;
        try {
            AtomicFile.writeNew(disk, file(root), out -> identity.lock(passphrase, out));
            written = true;
        } catch (FileAlreadyExistsException another) {
            throw accountExists(root, another);
        } finally {
            if (!written) {
                deleteIfEmpty(keys(root));
            }
        }
    }

    private static void deleteIfEmpty(Path directory) throws IOException {
        try {
            Files.deleteIfExists(directory);
        } catch (DirectoryNotEmptyException inUse) {
            LOG.log(Level.FINE, "kept directory={0}", directory);
        }
    }

    private static SecretIdentity unlock(Path root, char[] passphrase, Disk disk) throws IOException {
        try (InputStream in = disk.read(file(root))) {
            return SecretIdentity.unlock(in, passphrase);
        } catch (NoSuchFileException none) {
            String message = "no account in " + root + ": make one with 'mau init', or name its directory with --home";
            throw new StoreException(Reason.NO_ACCOUNT, file(root), message, none);
        } catch (OpenPgpException refused) {
            throw refused(file(root), refused);
        }
    }

    /** The Go peer leaves the file open to whoever the umask lets in. */
    private static void closeToOthers(Path file) {
        try {
            if (!OWNER_ONLY.containsAll(Files.getPosixFilePermissions(file))) {
                Files.setPosixFilePermissions(file, OWNER_ONLY);
                LOG.log(Level.INFO, "closed-to-others file={0}", file);
            }
        } catch (IOException notOurs) {
            LOG.log(Level.WARNING, "open-to-others file={0}", file);
        }
    }

    private static StoreException refused(Path file, OpenPgpException refused) {
        return refused.reason() == OpenPgpException.Reason.WRONG_PASSPHRASE
                ? new StoreException(
                        Reason.WRONG_PASSPHRASE, file, "the passphrase does not open " + file + "; try again", refused)
                : new StoreException(
                        Reason.BROKEN_ACCOUNT,
                        file,
                        "the account " + file + " is broken (" + refused.getMessage() + "); restore it from a backup",
                        refused);
    }

    private static StoreException accountExists(Path root, Throwable cause) {
        String message = "there is an account in " + root + " already; choose another directory";
        return new StoreException(Reason.ACCOUNT_EXISTS, file(root), message, cause);
    }
}
