package org.maunode.openpgp;

import java.io.ByteArrayOutputStream;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.util.Arrays;
import org.bouncycastle.bcpg.PublicKeyAlgorithmTags;
import org.bouncycastle.bcpg.PublicKeyEncSessionPacket;
import org.bouncycastle.openpgp.operator.bc.BcPGPDataEncryptorBuilder;
import org.bouncycastle.openpgp.operator.bc.BcPublicKeyDataDecryptorFactory;
import org.bouncycastle.openpgp.operator.bc.BcPublicKeyKeyEncryptionMethodGenerator;
import org.maunode.openpgp.OpenPgpException.Reason;

/**
 * A session key for one recipient (RFC 4880, 5.1; RFC 6637, 10; RFC 9580, 5.1.6):
 *
 * <pre>
 * 03 | 8 key id | algorithm |  RSA: number  |  ECDH: point, length, wrapped  |  X25519: 32, length, wrapped
 * </pre>
 *
 * A session key for somebody else cannot be verified: only its shape is.
 *
 * @param data what follows the algorithm
 */
record SessionKeyPacket(long keyId, int algorithm, byte[] data) {
    private static final int VERSION = 3;
    private static final int POINT_BYTES = 33;
    private static final int X25519_BYTES = 32;
    private static final int WRAP_BLOCK = 8;
    /** Of the field in which Curve25519 lies: points at or above it have a second spelling (RFC 7748, 5). */
    private static final BigInteger PRIME = BigInteger.TWO.pow(255).subtract(BigInteger.valueOf(19));

    static SessionKeyPacket parse(byte[] body) {
        Octets octets = new Octets("a session key", body);
        int version = octets.u8();
        if (version != VERSION) {
            throw OpenPgpException.unsupported("the session key has version " + version);
        }
        long keyId = octets.u64();
        int algorithm = octets.u8();
        byte[] data = octets.rest();
        requireShape(algorithm, new Octets("a session key", data));
        return new SessionKeyPacket(keyId, algorithm, data);
    }

    private static void requireShape(int algorithm, Octets octets) {
        switch (algorithm) {
            case AlgorithmPolicy.RSA -> octets.mpi();
            case PublicKeyAlgorithmTags.ELGAMAL_ENCRYPT -> {
                octets.mpi();
                octets.mpi();
            }
            case AlgorithmPolicy.ECDH -> {
                requirePoint(octets.mpi());
                requireWrapped(octets.take(octets.u8()).length);
            }
            case PublicKeyAlgorithmTags.X25519 -> {
                octets.take(X25519_BYTES);
                requireWrapped(octets.take(octets.u8()).length - 1);
            }
            default -> throw OpenPgpException.unsupported("session keys of algorithm " + algorithm + " are not read");
        }
        octets.end();
    }

    /** Points of other curves are longer or begin with 2, 3 or 4. */
    private static void requirePoint(byte[] point) {
        if (point[0] != KeyMaterial.POINT_HEADER) {
            if (point[0] < 2 || point[0] > 4) {
                throw OpenPgpException.malformed("a session key's point is on no curve");
            }
            return;
        }
        byte[] bigEndian = new byte[point.length - 1];
        for (int i = 0; i < bigEndian.length; i++) {
            bigEndian[i] = point[point.length - 1 - i];
        }
        if (point.length != POINT_BYTES || new BigInteger(1, bigEndian).compareTo(PRIME) >= 0) {
            throw OpenPgpException.malformed("a session key's point is not on Curve25519");
        }
    }

    private static void requireWrapped(int length) {
        if (length < 3 * WRAP_BLOCK || length % WRAP_BLOCK != 0) {
            throw OpenPgpException.malformed("a wrapped session key has " + length + " octets");
        }
    }

    /** Wraps {@code session} for one key; the packet, header included. */
    static byte[] seal(KeyMaterial recipient, SessionKey session) {
        var generator = new BcPublicKeyKeyEncryptionMethodGenerator(recipient.key()).setSecureRandom(Crypto.RANDOM);
        var cipher = new BcPGPDataEncryptorBuilder(session.cipher()).setSecureRandom(Crypto.RANDOM);
        return BouncyCastle.call(
                Reason.UNUSABLE_KEY, "nothing can be sealed for key " + recipient.fingerprint(), () -> {
                    var packet = (PublicKeyEncSessionPacket) generator.generate(cipher, session.key());
                    ByteArrayOutputStream data = new ByteArrayOutputStream();
                    for (byte[] part : packet.getEncSessionKey()) {
                        data.writeBytes(part);
                    }
                    return Packets.of(
                            Tag.SESSION_KEY,
                            new SessionKeyPacket(recipient.keyId(), recipient.algorithm(), data.toByteArray())
                                    .encoded());
                });
    }

    private byte[] encoded() {
        return ByteBuffer.allocate(10 + data.length)
                .put((byte) VERSION)
                .putLong(keyId)
                .put((byte) algorithm)
                .put(data)
                .array();
    }

    /** @throws OpenPgpException with {@code TAMPERED} if it does not open, though it names this key */
    SessionKey open(SecretPart key) {
        if (algorithm != key.key().algorithm()) {
            throw OpenPgpException.tampered("the session key is of another algorithm than its key");
        }
        byte[] session = BouncyCastle.call(
                Reason.TAMPERED, "the session key does not open", () -> new BcPublicKeyDataDecryptorFactory(key.pair())
                        .recoverSessionData(algorithm, new byte[][] {data}, VERSION));
        return SessionKey.parse(session);
    }

    /** A cipher and its key. */
    record SessionKey(int cipher, byte[] key) {
        static SessionKey fresh(int cipher) {
            return new SessionKey(cipher, Crypto.random(AlgorithmPolicy.keyBytes(cipher)));
        }

        /** Cipher, key, and the sum of the key's octets (RFC 4880, 5.1). */
        private static SessionKey parse(byte[] session) {
            Octets octets = new Octets("a session key", session);
            int cipher = octets.u8();
            byte[] key = octets.take(AlgorithmPolicy.keyBytes(cipher));
            if (octets.u16() != SecretPart.sum(key)) {
                throw OpenPgpException.tampered("the session key's sum does not hold");
            }
            octets.end();
            return new SessionKey(cipher, key);
        }

        @Override
        public boolean equals(Object other) {
            return other instanceof SessionKey that && cipher == that.cipher && Arrays.equals(key, that.key);
        }

        @Override
        public int hashCode() {
            return Arrays.hashCode(key);
        }

        @Override
        public String toString() {
            return "session key of cipher " + cipher;
        }
    }
}
