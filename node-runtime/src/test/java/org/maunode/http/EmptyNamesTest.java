package org.maunode.http;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.security.GeneralSecurityException;
import java.security.Security;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.maunode.identity.Fingerprint;
import org.maunode.openpgp.KeyFingerprints;

/** Certificates made by the Go reference peer, read by this JVM. */
final class EmptyNamesTest {
    private static final String ALICE = "caeb72ddee0703e1b0d0334f88afa037955d532a";

    @BeforeAll
    static void install() {
        EmptyNames.install();
    }

    static byte[] vector(String name) {
        try (InputStream in = EmptyNamesTest.class.getResourceAsStream("/vectors/go-peer/" + name)) {
            byte[] bytes = in.readAllBytes();
            return name.endsWith(".pem")
                    ? Base64.getMimeDecoder().decode(new String(bytes).replaceAll("-----.*", ""))
                    : bytes;
        } catch (IOException missing) {
            throw new AssertionError(missing);
        }
    }

    static X509Certificate parse(byte[] der) throws CertificateException {
        return (X509Certificate)
                CertificateFactory.getInstance("X.509").generateCertificate(new ByteArrayInputStream(der));
    }

    private static Optional<Fingerprint> fingerprint(X509Certificate certificate) {
        return KeyFingerprints.of(
                certificate.getPublicKey(), certificate.getNotBefore().toInstant());
    }

    @Test
    void alicesFingerprintIsComputedFromHerCertificateAlone() throws Exception {
        X509Certificate certificate = parse(vector("alice-cert.der"));
        assertEquals(Optional.of(Fingerprint.of(ALICE)), fingerprint(certificate));
        certificate.verify(certificate.getPublicKey());
        assertArrayEquals(vector("alice-cert.der"), certificate.getEncoded());
    }

    @Test
    void certificatesWithAnAddressAmongTheNamesAreRead() throws Exception {
        X509Certificate ed = parse(vector("ed25519-cert-with-address.pem"));
        assertEquals(
                "4ee193e89b720420604aaed58a4bf051e4a28bf6",
                fingerprint(ed).orElseThrow().toString());
        X509Certificate rsa = parse(vector("rsa-cert-with-address.pem"));
        assertEquals("RSA", rsa.getPublicKey().getAlgorithm());
        assertTrue(fingerprint(rsa).isPresent());
        for (X509Certificate certificate : List.of(ed, rsa)) {
            certificate.verify(certificate.getPublicKey());
            assertEquals("", certificate.getSubjectX500Principal().getName());
            assertEquals(1, certificate.getSerialNumber().intValue());
            assertTrue(certificate.getKeyUsage()[0] && certificate.getKeyUsage()[2]);
            assertFalse(certificate.getKeyUsage()[1]);
            assertEquals(-1, certificate.getBasicConstraints());
        }
    }

    @Test
    void noChangedByteLeavesASoundCertificateOfTheSamePeer() {
        byte[] original = vector("alice-cert.der");
        for (int i = 0; i < original.length; i++) {
            byte[] changed = original.clone();
            changed[i] ^= 1;
            assertFalse(isSoundAndAlice(changed), "byte " + i);
        }
    }

    private static boolean isSoundAndAlice(byte[] der) {
        try {
            X509Certificate certificate = parse(der);
            certificate.verify(certificate.getPublicKey());
            return fingerprint(certificate).equals(Optional.of(Fingerprint.of(ALICE)));
        } catch (GeneralSecurityException refused) {
            return false;
        }
    }

    @Test
    void whatTheJdkReadsIsReadByTheJdk() throws Exception {
        X509Certificate usual = parse(
                IdentityCertificate.issue(TestIdentities.ed25519(), List.of()).getEncoded());
        assertNotEquals(BareCertificate.class, usual.getClass());
        assertInstanceOf(BareCertificate.class, parse(vector("alice-cert.der")));
    }

    @Test
    void whatIsNoCertificateIsRefusedAsTheJdkDoes() {
        assertThrows(CertificateException.class, () -> parse(new byte[] {1, 2, 3}));
        byte[] longer = Arrays.copyOf(vector("alice-cert.der"), vector("alice-cert.der").length + 1);
        assertThrows(CertificateException.class, () -> parse(longer));
    }

    @Test
    void severalCertificatesOfOneStreamAreReadOneByOne() throws Exception {
        byte[] one =
                IdentityCertificate.issue(TestIdentities.ed25519(), List.of()).getEncoded();
        byte[] both = Arrays.copyOf(one, 2 * one.length);
        System.arraycopy(one, 0, both, one.length, one.length);
        ByteArrayInputStream in = new ByteArrayInputStream(both);
        CertificateFactory factory = CertificateFactory.getInstance("X.509");
        assertEquals(factory.generateCertificate(in), factory.generateCertificate(in));
        assertEquals(
                2, factory.generateCertificates(new ByteArrayInputStream(both)).size());
    }

    @Test
    void theProviderIsThereOnceHoweverOftenItIsInstalled() {
        int before = Security.getProviders().length;
        EmptyNames.install();
        assertEquals(before, Security.getProviders().length);
    }
}
