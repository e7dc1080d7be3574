package org.maunode.openpgp;

import java.io.ByteArrayOutputStream;
import java.math.BigInteger;
import java.util.Arrays;
import org.bouncycastle.bcpg.BCPGKey;
import org.bouncycastle.bcpg.ECSecretBCPGKey;
import org.bouncycastle.bcpg.EdSecretBCPGKey;
import org.bouncycastle.bcpg.RSASecretBCPGKey;
import org.bouncycastle.crypto.params.AsymmetricKeyParameter;
import org.bouncycastle.crypto.params.Ed25519PrivateKeyParameters;
import org.bouncycastle.crypto.params.Ed25519PublicKeyParameters;
import org.bouncycastle.crypto.params.RSAKeyParameters;
import org.bouncycastle.crypto.params.RSAPrivateCrtKeyParameters;
import org.bouncycastle.crypto.params.X25519PrivateKeyParameters;
import org.bouncycastle.crypto.params.X25519PublicKeyParameters;
import org.bouncycastle.openpgp.PGPKeyPair;
import org.bouncycastle.openpgp.PGPPrivateKey;
import org.bouncycastle.openpgp.operator.bc.BcPGPKeyConverter;

/**
 * The secret half of one key, in the clear. That it belongs to the public half was checked: a secret key whose public
 * half somebody exchanged would give itself away with its first signature.
 *
 * @param numbers the secret integers as they stand in the packet
 */
record SecretPart(KeyMaterial key, byte[] numbers, PGPKeyPair pair, AsymmetricKeyParameter parameters) {
    private static final int SCALAR_BYTES = 32;

    static SecretPart of(KeyMaterial key, byte[] numbers) {
        Octets octets = new Octets("a secret key", numbers);
        BCPGKey secret =
                switch (key.algorithm()) {
                    case AlgorithmPolicy.RSA -> rsa(octets);
                    case AlgorithmPolicy.EDDSA -> new EdSecretBCPGKey(new BigInteger(1, octets.mpi()));
                    default -> new ECSecretBCPGKey(clamped(octets.mpi()));
                };
        octets.end();
        PGPPrivateKey privateKey = new PGPPrivateKey(key.keyId(), key.key().getPublicKeyPacket(), secret);
        AsymmetricKeyParameter parameters =
                BouncyCastle.call("the secret key is no key", () -> new BcPGPKeyConverter().getPrivateKey(privateKey));
        SecretPart part = new SecretPart(key, numbers, new PGPKeyPair(key.key(), privateKey), parameters);
        part.requireHalves();
        return part;
    }

    private static RSASecretBCPGKey rsa(Octets octets) {
        BigInteger d = new BigInteger(1, octets.mpi());
        BigInteger p = new BigInteger(1, octets.mpi());
        BigInteger q = new BigInteger(1, octets.mpi());
        octets.mpi();
        return BouncyCastle.call("the RSA secret key is no key", () -> new RSASecretBCPGKey(d, p, q));
    }

    /** Fixes the bits that X25519 fixes anyway (RFC 7748, 5), so that the number always has its full length. */
    private static BigInteger clamped(byte[] scalar) {
        if (scalar.length > SCALAR_BYTES) {
            throw OpenPgpException.malformed("a secret scalar is longer than 32 octets");
        }
        byte[] full = new byte[SCALAR_BYTES];
        System.arraycopy(scalar, 0, full, SCALAR_BYTES - scalar.length, scalar.length);
        full[0] = (byte) (full[0] & 0x7f | 0x40);
        full[SCALAR_BYTES - 1] &= (byte) 0xf8;
        return new BigInteger(1, full);
    }

    private void requireHalves() {
        boolean fits =
                switch (parameters) {
                    case Ed25519PrivateKeyParameters own ->
                        key.parameters() instanceof Ed25519PublicKeyParameters other
                                && Arrays.equals(own.generatePublicKey().getEncoded(), other.getEncoded());
                    case X25519PrivateKeyParameters own ->
                        key.parameters() instanceof X25519PublicKeyParameters other
                                && Arrays.equals(own.generatePublicKey().getEncoded(), other.getEncoded());
                    case RSAPrivateCrtKeyParameters own ->
                        key.parameters() instanceof RSAKeyParameters other && fits(own, other);
                    default -> false;
                };
        if (!fits) {
            throw OpenPgpException.unusable("the secret key does not belong to its public key");
        }
    }

    private static boolean fits(RSAPrivateCrtKeyParameters own, RSAKeyParameters other) {
        BigInteger one = BigInteger.ONE;
        BigInteger product = own.getExponent().multiply(other.getExponent());
        return own.getP().multiply(own.getQ()).equals(other.getModulus())
                && product.mod(own.getP().subtract(one)).equals(one)
                && product.mod(own.getQ().subtract(one)).equals(one);
    }

    /** The body of the secret key packet, without a passphrase of its own: usage 0, numbers, sum (RFC 4880, 5.5.3). */
    byte[] packetBody() {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.writeBytes(key.body());
        out.write(0);
        out.writeBytes(numbers);
        int sum = sum(numbers);
        out.write(sum >> 8);
        out.write(sum);
        return out.toByteArray();
    }

    static int sum(byte[] bytes) {
        int sum = 0;
        for (byte b : bytes) {
            sum = sum + (b & 0xff) & 0xffff;
        }
        return sum;
    }

    @Override
    public String toString() {
        return "secret part of " + key.fingerprint();
    }
}
