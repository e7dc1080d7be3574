package org.maunode.http;

import java.security.PrivateKey;
import java.security.PublicKey;
import java.time.Instant;
import org.maunode.identity.Fingerprint;
import org.maunode.openpgp.SecretIdentity;

/** The part of an account that TLS needs: Ed25519 or RSA keys, and what their certificate must say. */
record TlsIdentity(PrivateKey privateKey, PublicKey publicKey, Instant created, Fingerprint fingerprint) {
    static TlsIdentity of(SecretIdentity identity) {
        return new TlsIdentity(
                identity.tlsPrivateKey(),
                identity.tlsPublicKey(),
                identity.publicIdentity().created(),
                identity.fingerprint());
    }

    @Override
    public String toString() {
        return fingerprint.toString();
    }
}
