package org.maunode.openpgp;

import java.io.InputStream;
import java.io.OutputStream;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.time.Instant;
import org.maunode.identity.Fingerprint;

/** An account's own keys, unlocked. Never printed: {@code toString} tells the fingerprint alone. Thread-safe. */
public final class SecretIdentity {
    private SecretIdentity() {}

    /**
     * Makes a v4 Ed25519 primary key and an X25519 encryption subkey, self-signed.
     *
     * @param created the creation time, cut to the second
     */
    public static SecretIdentity generate(String name, String email, Instant created) {
        throw new UnsupportedOperationException();
    }

    /**
     * Reads {@code account.pgp}: a transferable secret key encrypted under a passphrase. RSA accounts, exports of GnuPG
     * and accounts of the Go peer open too.
     *
     * @throws OpenPgpException with {@code WRONG_PASSPHRASE}, or why it is broken
     */
    public static SecretIdentity unlock(InputStream account, char[] passphrase) {
        throw new UnsupportedOperationException();
    }

    /** Writes {@code account.pgp}. */
    public void lock(char[] passphrase, OutputStream out) {
        throw new UnsupportedOperationException();
    }

    public PublicIdentity publicIdentity() {
        throw new UnsupportedOperationException();
    }

    public Fingerprint fingerprint() {
        return publicIdentity().fingerprint();
    }

    /** The primary key as TLS wants it: Ed25519 or RSA. */
    public PrivateKey tlsPrivateKey() {
        throw new UnsupportedOperationException();
    }

    /** The public half of {@link #tlsPrivateKey()}. */
    public PublicKey tlsPublicKey() {
        throw new UnsupportedOperationException();
    }
}
