package org.maunode.openpgp;

import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.Arrays;
import java.util.Date;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.bcpg.BCPGKey;
import org.bouncycastle.bcpg.ECDHPublicBCPGKey;
import org.bouncycastle.bcpg.EdDSAPublicBCPGKey;
import org.bouncycastle.bcpg.PublicKeyPacket;
import org.bouncycastle.bcpg.RSAPublicBCPGKey;
import org.bouncycastle.crypto.Digest;
import org.bouncycastle.crypto.digests.SHA1Digest;
import org.bouncycastle.crypto.params.AsymmetricKeyParameter;
import org.bouncycastle.openpgp.PGPException;
import org.bouncycastle.openpgp.PGPPublicKey;
import org.bouncycastle.openpgp.operator.bc.BcKeyFingerprintCalculator;
import org.bouncycastle.openpgp.operator.bc.BcPGPKeyConverter;
import org.maunode.identity.Fingerprint;

/**
 * The public part of one version 4 key (RFC 4880, 5.5.2), of an algorithm that the policy knows:
 *
 * <pre>
 * 04 | 4 created | algorithm |  RSA: n, e  |  EdDSA: curve, point  |  ECDH: curve, point, 03 01 hash cipher
 * </pre>
 *
 * @param body the packet body, public part only
 */
record KeyMaterial(byte[] body, Fingerprint fingerprint, PGPPublicKey key, AsymmetricKeyParameter parameters) {
    static final int VERSION = 4;
    static final ASN1ObjectIdentifier ED25519 = new ASN1ObjectIdentifier("1.3.6.1.4.1.11591.15.1");
    static final ASN1ObjectIdentifier CURVE25519 = new ASN1ObjectIdentifier("1.3.6.1.4.1.3029.1.5.1");

    /** What precedes the 32 octets of a point in RFC 4880's encoding of these curves. */
    static final byte POINT_HEADER = 0x40;

    private static final int POINT_BYTES = 33;
    private static final int KDF_BYTES = 3;

    /** Reads the public part of a key packet and leaves {@code octets} behind it. */
    static KeyMaterial parse(Octets octets) {
        int version = octets.u8();
        if (version != VERSION) {
            throw OpenPgpException.unsupported("the key has version " + version);
        }
        long created = octets.u32();
        int algorithm = octets.u8();
        return switch (algorithm) {
            case AlgorithmPolicy.RSA -> of(created, algorithm, rsa(octets));
            case AlgorithmPolicy.EDDSA -> of(created, algorithm, eddsa(octets));
            case AlgorithmPolicy.ECDH -> of(created, algorithm, ecdh(octets));
            default -> throw OpenPgpException.unsupported("keys of algorithm " + algorithm + " are not read");
        };
    }

    private static RSAPublicBCPGKey rsa(Octets octets) {
        BigInteger modulus = new BigInteger(1, octets.mpi());
        BigInteger exponent = new BigInteger(1, octets.mpi());
        if (modulus.bitLength() < AlgorithmPolicy.MIN_RSA_BITS) {
            throw OpenPgpException.weak("the RSA key has only " + modulus.bitLength() + " bits");
        }
        if (modulus.bitLength() > AlgorithmPolicy.MAX_RSA_BITS
                || exponent.bitLength() > AlgorithmPolicy.MAX_RSA_EXPONENT_BITS) {
            throw OpenPgpException.overLimit("the RSA key is larger than " + AlgorithmPolicy.MAX_RSA_BITS + " bits");
        }
        if (!modulus.testBit(0) || !exponent.testBit(0) || exponent.bitLength() < 2) {
            throw OpenPgpException.malformed("these numbers are no RSA key");
        }
        return new RSAPublicBCPGKey(modulus, exponent);
    }

    private static EdDSAPublicBCPGKey eddsa(Octets octets) {
        requireCurve(octets, ED25519);
        return new EdDSAPublicBCPGKey(ED25519, point(octets));
    }

    private static ECDHPublicBCPGKey ecdh(Octets octets) {
        requireCurve(octets, CURVE25519);
        BigInteger point = point(octets);
        Octets kdf = new Octets("a key derivation", octets.take(octets.u8()));
        if (kdf.left() != KDF_BYTES || kdf.u8() != 1) {
            throw OpenPgpException.unsupported("the key derives its session keys in an unknown way");
        }
        int hash = kdf.u8();
        int cipher = kdf.u8();
        if (!AlgorithmPolicy.isModern(hash) || !AlgorithmPolicy.isCipher(cipher)) {
            throw OpenPgpException.unsupported(
                    "the key derives its session keys with hash " + hash + ", cipher " + cipher);
        }
        return new ECDHPublicBCPGKey(CURVE25519, point, hash, cipher);
    }

    private static void requireCurve(Octets octets, ASN1ObjectIdentifier curve) {
        byte[] name = octets.take(octets.u8());
        byte[] expected = BouncyCastle.der(curve);
        if (!Arrays.equals(name, 0, name.length, expected, 2, expected.length)) {
            throw OpenPgpException.unsupported("the key lies on a curve that is not known");
        }
    }

    private static BigInteger point(Octets octets) {
        byte[] point = octets.mpi();
        if (point.length != POINT_BYTES || point[0] != POINT_HEADER) {
            throw OpenPgpException.malformed("the key's point is not 32 octets behind 0x40");
        }
        return new BigInteger(1, point);
    }

    /** 32 octets of a point as RFC 4880 writes them. */
    static BigInteger point(byte[] octets) {
        return new BigInteger(
                1,
                ByteBuffer.allocate(POINT_BYTES).put(POINT_HEADER).put(octets).array());
    }

    /** @param created seconds since 1970, 0 to 2^32-1 */
    static KeyMaterial of(long created, int algorithm, BCPGKey key) {
        byte[] numbers = key.getEncoded();
        byte[] body = ByteBuffer.allocate(6 + numbers.length)
                .put((byte) VERSION)
                .putInt((int) created)
                .put((byte) algorithm)
                .put(numbers)
                .array();
        PublicKeyPacket packet =
                new PublicKeyPacket(VERSION, algorithm, new Date(Math.multiplyExact(created, 1000)), key);
        return BouncyCastle.call("the key is no key", () -> of(body, packet));
    }

    private static KeyMaterial of(byte[] body, PublicKeyPacket packet) throws PGPException {
        PGPPublicKey key = new PGPPublicKey(packet, new BcKeyFingerprintCalculator());
        return new KeyMaterial(body, fingerprint(body), key, new BcPGPKeyConverter().getPublicKey(key));
    }

    private static Fingerprint fingerprint(byte[] body) {
        Digest digest = new SHA1Digest();
        hash(body, digest);
        byte[] bytes = new byte[Fingerprint.LENGTH];
        digest.doFinal(bytes, 0);
        return Fingerprint.of(bytes);
    }

    /** Puts the key into a digest as fingerprints and signatures want it (RFC 4880, 12.2 and 5.2.4). */
    void hashInto(Digest digest) {
        hash(body, digest);
    }

    /** The same for a key of any kind. */
    static void hash(byte[] body, Digest digest) {
        digest.update((byte) 0x99);
        digest.update((byte) (body.length >> 8));
        digest.update((byte) body.length);
        digest.update(body, 0, body.length);
    }

    int algorithm() {
        return body[5] & 0xff;
    }

    long keyId() {
        return fingerprint.keyId();
    }

    Instant created() {
        return Instant.ofEpochSecond(ByteBuffer.wrap(body).getInt(1) & 0xffffffffL);
    }
}
