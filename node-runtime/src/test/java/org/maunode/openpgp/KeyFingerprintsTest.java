package org.maunode.openpgp;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import java.math.BigInteger;
import java.security.KeyFactory;
import java.security.KeyPairGenerator;
import java.security.PublicKey;
import java.security.spec.RSAPublicKeySpec;
import java.security.spec.X509EncodedKeySpec;
import java.time.Instant;
import java.util.HexFormat;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.maunode.identity.Fingerprint;

class KeyFingerprintsTest {
    private static final String POINT = "5be4f04850d396cbe3140321b938dbc1247b0a1dc3f1b784558859227483a694";
    private static final Instant CREATED = Instant.ofEpochSecond(1_795_391_554);

    private static PublicKey ed25519(String point) throws Exception {
        return KeyFactory.getInstance("Ed25519")
                .generatePublic(new X509EncodedKeySpec(HexFormat.of().parseHex("302a300506032b6570032100" + point)));
    }

    /** The Go peer's own test vector. */
    @Test
    void computesTheFingerprintOfAnEd25519Key() throws Exception {
        assertEquals(
                Optional.of(Fingerprint.of("3209dde3467e4800f9648f7337fcf410492feb96")),
                KeyFingerprints.of(ed25519(POINT), CREATED));
    }

    @Test
    void dependsOnEveryBitOfKeyAndTime() throws Exception {
        Optional<Fingerprint> expected = KeyFingerprints.of(ed25519(POINT), CREATED);
        assertNotEquals(expected, KeyFingerprints.of(ed25519(POINT), CREATED.plusSeconds(1)));
        assertNotEquals(expected, KeyFingerprints.of(ed25519("5a" + POINT.substring(2)), CREATED));
    }

    @Test
    void refusesTimesThatNoKeyHas() throws Exception {
        PublicKey key = ed25519(POINT);
        assertEquals(Optional.empty(), KeyFingerprints.of(key, CREATED.plusNanos(1)));
        assertEquals(Optional.empty(), KeyFingerprints.of(key, Instant.ofEpochSecond(-1)));
        assertEquals(Optional.empty(), KeyFingerprints.of(key, Instant.ofEpochSecond(1L << 32)));
        assertEquals(
                true,
                KeyFingerprints.of(key, Instant.ofEpochSecond((1L << 32) - 1)).isPresent());
    }

    @Test
    void refusesKeysThatNoIdentityHas() throws Exception {
        for (String algorithm : new String[] {"EC", "X25519", "Ed448", "DSA"}) {
            PublicKey key =
                    KeyPairGenerator.getInstance(algorithm).generateKeyPair().getPublic();
            assertEquals(Optional.empty(), KeyFingerprints.of(key, CREATED), algorithm);
        }
    }

    /** RSA keys are compared with GnuPG's fingerprints in {@link GpgTest}; here: what is not one is nobody, not an error. */
    @Test
    void anRsaKeyThatIsTooLargeIsNobodys() throws Exception {
        BigInteger modulus =
                BigInteger.TWO.pow(AlgorithmPolicy.MAX_RSA_BITS + 8).subtract(BigInteger.ONE);
        PublicKey key =
                KeyFactory.getInstance("RSA").generatePublic(new RSAPublicKeySpec(modulus, BigInteger.valueOf(65_537)));
        assertEquals(Optional.empty(), KeyFingerprints.of(key, CREATED));
    }

    @Test
    void anRsaKeyWithSmallFactorsIsNobodys() throws Exception {
        BigInteger modulus = BigInteger.TWO.pow(2048).subtract(BigInteger.ONE);
        PublicKey key =
                KeyFactory.getInstance("RSA").generatePublic(new RSAPublicKeySpec(modulus, BigInteger.valueOf(65_537)));
        assertEquals(Optional.empty(), KeyFingerprints.of(key, CREATED));
    }
}
