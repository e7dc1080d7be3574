package org.maunode.http;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.maunode.openpgp.KeyFingerprints;

final class IdentityCertificateTest {
    private static final TlsIdentity ED = TestIdentities.ed25519();
    private static final TlsIdentity RSA = TestIdentities.rsa();

    private static List<Object> names(X509Certificate certificate) throws GeneralSecurityException {
        Collection<List<?>> all = certificate.getSubjectAlternativeNames();
        return all.stream().map(name -> (Object) name.get(1)).toList();
    }

    @Test
    void theFingerprintCanBeRecomputedFromIt() throws GeneralSecurityException {
        for (TlsIdentity identity : List.of(ED, RSA)) {
            X509Certificate certificate = IdentityCertificate.issue(identity, List.of());
            assertEquals(
                    identity.fingerprint(),
                    KeyFingerprints.of(
                                    certificate.getPublicKey(),
                                    certificate.getNotBefore().toInstant())
                            .orElseThrow());
        }
    }

    @Test
    void itSaysWhatGoAndTheJdkWantToSee() throws GeneralSecurityException {
        for (TlsIdentity identity : List.of(ED, RSA)) {
            X509Certificate certificate = IdentityCertificate.issue(identity, List.of());
            assertEquals("CN=" + identity, certificate.getSubjectX500Principal().getName());
            assertEquals(certificate.getSubjectX500Principal(), certificate.getIssuerX500Principal());
            assertEquals(List.of(identity.toString()), names(certificate));
            assertEquals(TestIdentities.CREATED, certificate.getNotBefore().toInstant());
            assertEquals(
                    Instant.parse("2126-11-20T08:09:10Z"),
                    certificate.getNotAfter().toInstant());
            boolean[] usage = certificate.getKeyUsage();
            assertTrue(usage[0] && usage[2], "digitalSignature, keyEncipherment");
            assertEquals(List.of("1.3.6.1.5.5.7.3.1", "1.3.6.1.5.5.7.3.2"), certificate.getExtendedKeyUsage());
            assertEquals(-1, certificate.getBasicConstraints());
            certificate.verify(identity.publicKey());
        }
    }

    @Test
    void otherNamesStandFirstAndEmptyOnesNowhere() throws GeneralSecurityException {
        X509Certificate certificate = IdentityCertificate.issue(ED, List.of("10.77.0.2:9999", ""));
        assertEquals(List.of("10.77.0.2:9999", ED.toString()), names(certificate));
    }

    @Test
    void itIsTheSameEachTime() throws GeneralSecurityException {
        assertArrayEquals(
                IdentityCertificate.issue(ED, List.of()).getEncoded(),
                IdentityCertificate.issue(ED, List.of()).getEncoded());
    }

    @Test
    void aKeyOfAnotherKindHasNone() throws GeneralSecurityException {
        KeyPair pair = KeyPairGenerator.getInstance("EC").generateKeyPair();
        TlsIdentity other =
                new TlsIdentity(pair.getPrivate(), pair.getPublic(), TestIdentities.CREATED, ED.fingerprint());
        assertThrows(IllegalArgumentException.class, () -> Tls.context(other, List.of()));
    }
}
