package org.maunode.http;

import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.time.Instant;
import org.maunode.openpgp.KeyFingerprints;

/** Identities made of bare keys: what TLS sees of an account. */
final class TestIdentities {
    static final Instant CREATED = Instant.parse("2026-11-20T08:09:10Z");

    private TestIdentities() {}

    static TlsIdentity ed25519() {
        return make("Ed25519", 255);
    }

    static TlsIdentity rsa() {
        return make("RSA", 2048);
    }

    private static TlsIdentity make(String kind, int bits) {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance(kind);
            generator.initialize(bits);
            KeyPair pair = generator.generateKeyPair();
            return new TlsIdentity(
                    pair.getPrivate(),
                    pair.getPublic(),
                    CREATED,
                    KeyFingerprints.of(pair.getPublic(), CREATED).orElseThrow());
        } catch (GeneralSecurityException impossible) {
            throw new AssertionError(impossible);
        }
    }
}
