package org.maunode.openpgp;

import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.spec.EdECPrivateKeySpec;
import java.security.spec.KeySpec;
import java.security.spec.NamedParameterSpec;
import java.security.spec.RSAPrivateCrtKeySpec;
import java.security.spec.RSAPublicKeySpec;
import java.security.spec.X509EncodedKeySpec;
import org.bouncycastle.crypto.params.AsymmetricKeyParameter;
import org.bouncycastle.crypto.params.Ed25519PrivateKeyParameters;
import org.bouncycastle.crypto.params.Ed25519PublicKeyParameters;
import org.bouncycastle.crypto.params.RSAKeyParameters;
import org.bouncycastle.crypto.params.RSAPrivateCrtKeyParameters;

/** Primary keys as the JDK's TLS wants them. */
final class TlsKeys {
    private static final String ED25519 = "Ed25519";
    private static final String RSA = "RSA";

    private TlsKeys() {}

    static PrivateKey privateKey(AsymmetricKeyParameter key) {
        return switch (key) {
            case Ed25519PrivateKeyParameters ed25519 ->
                privateKey(ED25519, new EdECPrivateKeySpec(NamedParameterSpec.ED25519, ed25519.getEncoded()));
            case RSAPrivateCrtKeyParameters rsa -> privateKey(RSA, spec(rsa));
            default -> throw OpenPgpException.unusable("TLS knows no such key");
        };
    }

    private static RSAPrivateCrtKeySpec spec(RSAPrivateCrtKeyParameters rsa) {
        return new RSAPrivateCrtKeySpec(
                rsa.getModulus(),
                rsa.getPublicExponent(),
                rsa.getExponent(),
                rsa.getP(),
                rsa.getQ(),
                rsa.getDP(),
                rsa.getDQ(),
                rsa.getQInv());
    }

    static PublicKey publicKey(AsymmetricKeyParameter key) {
        return switch (key) {
            case Ed25519PublicKeyParameters ed25519 ->
                publicKey(ED25519, new X509EncodedKeySpec(KeyFingerprints.spki(ed25519.getEncoded())));
            case RSAKeyParameters rsa -> publicKey(RSA, new RSAPublicKeySpec(rsa.getModulus(), rsa.getExponent()));
            default -> throw OpenPgpException.unusable("TLS knows no such key");
        };
    }

    private static PrivateKey privateKey(String algorithm, KeySpec spec) {
        try {
            return KeyFactory.getInstance(algorithm).generatePrivate(spec);
        } catch (GeneralSecurityException e) {
            throw unusable(e);
        }
    }

    private static PublicKey publicKey(String algorithm, KeySpec spec) {
        try {
            return KeyFactory.getInstance(algorithm).generatePublic(spec);
        } catch (GeneralSecurityException e) {
            throw unusable(e);
        }
    }

    private static OpenPgpException unusable(GeneralSecurityException cause) {
        return new OpenPgpException(OpenPgpException.Reason.UNUSABLE_KEY, "TLS cannot use the primary key", cause);
    }
}
