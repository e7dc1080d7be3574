package org.maunode.store;

import java.nio.file.Path;
import org.maunode.identity.Fingerprint;
import org.maunode.openpgp.SecretIdentity;

/** An account that was opened: its directory, its keys, its friends. */
public final class Account {
    private Account() {}

    /** Whether {@code root} holds an {@code account.pgp}. */
    public static boolean exists(Path root) {
        throw new UnsupportedOperationException();
    }

    /**
     * Makes a new identity and its directory.
     *
     * @throws StoreException with {@code ACCOUNT_EXISTS}, or why it could not be written
     */
    public static Account create(Path root, String name, String email, char[] passphrase) {
        throw new UnsupportedOperationException();
    }

    /**
     * Opens {@code root/.mau/account.pgp}.
     *
     * @throws StoreException with {@code NO_ACCOUNT}, {@code BROKEN_ACCOUNT} or {@code WRONG_PASSPHRASE}
     */
    public static Account open(Path root, char[] passphrase) {
        throw new UnsupportedOperationException();
    }

    public Path root() {
        throw new UnsupportedOperationException();
    }

    public SecretIdentity identity() {
        throw new UnsupportedOperationException();
    }

    public Fingerprint fingerprint() {
        return identity().fingerprint();
    }

    public Keyring keyring() {
        throw new UnsupportedOperationException();
    }

    /** This program's own files (index, sync state, unfinished downloads): {@code root/.mau-node}, made when needed. */
    public Path privateDirectory() {
        throw new UnsupportedOperationException();
    }
}
