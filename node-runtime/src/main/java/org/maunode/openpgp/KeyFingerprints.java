package org.maunode.openpgp;

import java.nio.ByteBuffer;
import java.security.PublicKey;
import java.security.interfaces.RSAPublicKey;
import java.time.Instant;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Optional;
import org.bouncycastle.bcpg.EdDSAPublicBCPGKey;
import org.bouncycastle.bcpg.RSAPublicBCPGKey;
import org.maunode.identity.Fingerprint;

/** OpenPGP fingerprints recomputed from bare keys, so that a TLS certificate can prove one. */
public final class KeyFingerprints {
    /** What stands before the 32 octets of an Ed25519 key in an X.509 certificate (RFC 8410, 4 and 10.1). */
    private static final byte[] ED25519_SPKI = HexFormat.of().parseHex("302a300506032b6570032100");

    private static final int ED25519_BYTES = 32;
    private static final long MAX_TIME = 0xffffffffL;

    private KeyFingerprints() {}

    /**
     * The v4 fingerprint of {@code key} made at {@code created} (whole seconds since 1970, 0 to 2^32-1).
     *
     * @return empty if the key is of a kind that no Mau identity has (neither Ed25519 nor RSA), or the time does not fit
     */
    public static Optional<Fingerprint> of(PublicKey key, Instant created) {
        if (created.getNano() != 0 || created.getEpochSecond() < 0 || created.getEpochSecond() > MAX_TIME) {
            return Optional.empty();
        }
        return key instanceof RSAPublicKey rsa ? ofRsa(rsa, created) : ofEd25519(key.getEncoded(), created);
    }

    private static Optional<Fingerprint> ofRsa(RSAPublicKey key, Instant created) {
        if (key.getModulus().bitLength() > AlgorithmPolicy.MAX_RSA_BITS
                || key.getPublicExponent().bitLength() > AlgorithmPolicy.MAX_RSA_EXPONENT_BITS) {
            return Optional.empty();
        }
        RSAPublicBCPGKey numbers = new RSAPublicBCPGKey(key.getModulus(), key.getPublicExponent());
        try {
            return Optional.of(KeyMaterial.of(created.getEpochSecond(), AlgorithmPolicy.RSA, numbers)
                    .fingerprint());
        } catch (OpenPgpException e) {
            return Optional.empty();
        }
    }

    /** An Ed25519 key as certificates hold it. */
    static byte[] spki(byte[] point) {
        return ByteBuffer.allocate(ED25519_SPKI.length + ED25519_BYTES)
                .put(ED25519_SPKI)
                .put(point)
                .array();
    }

    private static Optional<Fingerprint> ofEd25519(byte[] spki, Instant created) {
        int header = ED25519_SPKI.length;
        if (spki == null
                || spki.length != header + ED25519_BYTES
                || !Arrays.equals(spki, 0, header, ED25519_SPKI, 0, header)) {
            return Optional.empty();
        }
        EdDSAPublicBCPGKey point = new EdDSAPublicBCPGKey(
                KeyMaterial.ED25519, KeyMaterial.point(Arrays.copyOfRange(spki, header, spki.length)));
        return Optional.of(KeyMaterial.of(created.getEpochSecond(), AlgorithmPolicy.EDDSA, point)
                .fingerprint());
    }
}
