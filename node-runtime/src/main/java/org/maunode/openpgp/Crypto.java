package org.maunode.openpgp;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigInteger;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.List;
import org.bouncycastle.asn1.DERNull;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.bouncycastle.asn1.x509.DigestInfo;
import org.bouncycastle.crypto.CipherParameters;
import org.bouncycastle.crypto.InvalidCipherTextException;
import org.bouncycastle.crypto.encodings.PKCS1Encoding;
import org.bouncycastle.crypto.engines.AESEngine;
import org.bouncycastle.crypto.engines.RSABlindedEngine;
import org.bouncycastle.crypto.modes.CFBBlockCipher;
import org.bouncycastle.crypto.modes.CFBModeCipher;
import org.bouncycastle.crypto.params.AsymmetricKeyParameter;
import org.bouncycastle.crypto.params.Ed25519PublicKeyParameters;
import org.bouncycastle.crypto.params.KeyParameter;
import org.bouncycastle.crypto.params.ParametersWithIV;
import org.bouncycastle.crypto.params.ParametersWithRandom;
import org.bouncycastle.crypto.params.RSAKeyParameters;
import org.bouncycastle.crypto.signers.Ed25519Signer;

/** Signatures over digests, and AES as OpenPGP runs it. Everything else about numbers is Bouncy Castle's. */
final class Crypto {
    static final SecureRandom RANDOM = new SecureRandom();
    private static final int AES_BLOCK = 16;
    private static final int ED25519_HALF = 32;

    private Crypto() {}

    /** Whether {@code numbers} sign {@code digest}; {@code key} is an Ed25519 or RSA public key. */
    static boolean isSigned(AsymmetricKeyParameter key, int hash, byte[] digest, List<byte[]> numbers) {
        return switch (key) {
            case Ed25519PublicKeyParameters ed25519 -> isSignedByEd25519(ed25519, digest, numbers);
            case RSAKeyParameters rsa -> isSignedByRsa(rsa, hash, digest, numbers);
            default -> false;
        };
    }

    private static boolean isSignedByEd25519(Ed25519PublicKeyParameters key, byte[] digest, List<byte[]> numbers) {
        if (numbers.size() != 2 || numbers.stream().anyMatch(n -> n.length > ED25519_HALF)) {
            return false;
        }
        Ed25519Signer verifier = new Ed25519Signer();
        verifier.init(false, key);
        verifier.update(digest, 0, digest.length);
        return verifier.verifySignature(joined(numbers));
    }

    /** The two halves, each with the leading zeros that its number lost. */
    private static byte[] joined(List<byte[]> numbers) {
        byte[] signature = new byte[2 * ED25519_HALF];
        for (int i = 0; i < 2; i++) {
            byte[] half = numbers.get(i);
            System.arraycopy(half, 0, signature, (i + 1) * ED25519_HALF - half.length, half.length);
        }
        return signature;
    }

    /** Compares with the one right encoding (RFC 8017, 8.2.2), so nothing is parsed that a forger chose. */
    private static boolean isSignedByRsa(RSAKeyParameters key, int hash, byte[] digest, List<byte[]> numbers) {
        BigInteger number = new BigInteger(1, numbers.getFirst());
        if (numbers.size() != 1 || number.compareTo(key.getModulus()) >= 0) {
            return false;
        }
        byte[] info = digestInfo(hash, digest);
        byte[] expected = new byte[(key.getModulus().bitLength() + 7) / 8];
        Arrays.fill(expected, 1, expected.length, (byte) 0xff);
        expected[1] = 1;
        expected[expected.length - info.length - 1] = 0;
        System.arraycopy(info, 0, expected, expected.length - info.length, info.length);
        return number.modPow(key.getExponent(), key.getModulus()).equals(new BigInteger(1, expected));
    }

    /** The numbers that sign {@code digest}; {@code key} is an Ed25519 or RSA private key. */
    static List<byte[]> sign(AsymmetricKeyParameter key, int hash, byte[] digest) {
        return key instanceof RSAKeyParameters rsa
                ? List.of(signByRsa(rsa, digestInfo(hash, digest)))
                : signByEd25519(key, digest);
    }

    private static List<byte[]> signByEd25519(CipherParameters key, byte[] digest) {
        Ed25519Signer signer = new Ed25519Signer();
        signer.init(true, key);
        signer.update(digest, 0, digest.length);
        byte[] signature = signer.generateSignature();
        return List.of(
                Arrays.copyOf(signature, ED25519_HALF), Arrays.copyOfRange(signature, ED25519_HALF, 2 * ED25519_HALF));
    }

    private static byte[] signByRsa(RSAKeyParameters key, byte[] info) {
        PKCS1Encoding engine = new PKCS1Encoding(new RSABlindedEngine());
        engine.init(true, new ParametersWithRandom(key, RANDOM));
        try {
            return engine.processBlock(info, 0, info.length);
        } catch (InvalidCipherTextException e) {
            throw new OpenPgpException(OpenPgpException.Reason.UNUSABLE_KEY, "the RSA key cannot sign", e);
        }
    }

    private static byte[] digestInfo(int hash, byte[] digest) {
        try {
            return new DigestInfo(new AlgorithmIdentifier(AlgorithmPolicy.digestName(hash), DERNull.INSTANCE), digest)
                    .getEncoded();
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
    }

    /** AES in cipher feedback mode from a zero vector (RFC 4880, 5.13). */
    static CFBModeCipher cfb(boolean encrypts, byte[] key) {
        return cfb(encrypts, key, new byte[AES_BLOCK]);
    }

    static CFBModeCipher cfb(boolean encrypts, byte[] key, byte[] vector) {
        CFBModeCipher cipher = CFBBlockCipher.newInstance(AESEngine.newInstance(), AES_BLOCK * Byte.SIZE);
        cipher.init(encrypts, new ParametersWithIV(new KeyParameter(key), vector));
        return cipher;
    }

    static byte[] random(int length) {
        byte[] bytes = new byte[length];
        RANDOM.nextBytes(bytes);
        return bytes;
    }
}
