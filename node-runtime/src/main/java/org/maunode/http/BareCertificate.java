package org.maunode.http;

import java.io.IOException;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.InvalidKeyException;
import java.security.KeyFactory;
import java.security.NoSuchAlgorithmException;
import java.security.NoSuchProviderException;
import java.security.Principal;
import java.security.PublicKey;
import java.security.Signature;
import java.security.SignatureException;
import java.security.cert.CertificateException;
import java.security.cert.CertificateExpiredException;
import java.security.cert.CertificateNotYetValidException;
import java.security.cert.X509Certificate;
import java.security.spec.X509EncodedKeySpec;
import java.util.Arrays;
import java.util.Date;
import java.util.HashSet;
import java.util.Set;
import javax.security.auth.x500.X500Principal;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.ASN1Primitive;
import org.bouncycastle.asn1.pkcs.PKCSObjectIdentifiers;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.Certificate;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.Extensions;
import org.bouncycastle.asn1.x509.KeyUsage;

/**
 * A certificate whose subject and issuer may be empty, as the Go peer makes them and the JDK refuses them. Holds Ed25519
 * or RSA keys only: what an identity can have. Its encoded form is the original, so its signature can be checked.
 */
final class BareCertificate extends X509Certificate {
    private static final long serialVersionUID = 1;
    /** RFC 8410, 3. */
    static final ASN1ObjectIdentifier ED25519 = new ASN1ObjectIdentifier("1.3.101.112");

    private static final int KEY_USAGES = 9;

    private final transient Certificate certificate;
    private final byte[] encoded;
    private final PublicKey publicKey;
    private final long notBefore;
    private final long notAfter;

    private BareCertificate(Certificate certificate, byte[] encoded, PublicKey publicKey) {
        this.certificate = certificate;
        this.encoded = encoded;
        this.publicKey = publicKey;
        this.notBefore = certificate.getStartDate().getDate().getTime();
        this.notAfter = certificate.getEndDate().getDate().getTime();
    }

    /**
     * Reads one DER certificate.
     *
     * @throws CertificateException if it is anything else, bytes are left over, or the key is of another kind
     */
    static BareCertificate parse(byte[] der) throws CertificateException {
        try {
            Certificate certificate = Certificate.getInstance(ASN1Primitive.fromByteArray(der));
            return new BareCertificate(certificate, der.clone(), publicKey(certificate));
        } catch (IOException | RuntimeException | GeneralSecurityException broken) {
            throw new CertificateException("not a certificate of a peer", broken);
        }
    }

    private static PublicKey publicKey(Certificate certificate) throws IOException, GeneralSecurityException {
        ASN1ObjectIdentifier kind =
                certificate.getSubjectPublicKeyInfo().getAlgorithm().getAlgorithm();
        String algorithm =
                switch (kind) {
                    case ASN1ObjectIdentifier k when k.equals(ED25519) -> "Ed25519";
                    case ASN1ObjectIdentifier k when k.equals(PKCSObjectIdentifiers.rsaEncryption) -> "RSA";
                    default -> throw new CertificateException("a key of kind " + kind);
                };
        return KeyFactory.getInstance(algorithm)
                .generatePublic(new X509EncodedKeySpec(
                        certificate.getSubjectPublicKeyInfo().getEncoded()));
    }

    @Override
    public byte[] getEncoded() {
        return encoded.clone();
    }

    @Override
    public PublicKey getPublicKey() {
        return publicKey;
    }

    @Override
    public Date getNotBefore() {
        return new Date(notBefore);
    }

    @Override
    public Date getNotAfter() {
        return new Date(notAfter);
    }

    @Override
    public void checkValidity() throws CertificateExpiredException, CertificateNotYetValidException {
        checkValidity(new Date());
    }

    @Override
    public void checkValidity(Date date) throws CertificateExpiredException, CertificateNotYetValidException {
        if (date.getTime() < notBefore) {
            throw new CertificateNotYetValidException("not valid before " + getNotBefore());
        }
        if (date.getTime() > notAfter) {
            throw new CertificateExpiredException("not valid after " + getNotAfter());
        }
    }

    @Override
    public int getVersion() {
        return certificate.getVersionNumber();
    }

    @Override
    public BigInteger getSerialNumber() {
        return certificate.getSerialNumber().getValue();
    }

    @Override
    @Deprecated
    public Principal getIssuerDN() {
        return getIssuerX500Principal();
    }

    @Override
    @Deprecated
    public Principal getSubjectDN() {
        return getSubjectX500Principal();
    }

    @Override
    public X500Principal getIssuerX500Principal() {
        return principal(certificate.getIssuer());
    }

    @Override
    public X500Principal getSubjectX500Principal() {
        return principal(certificate.getSubject());
    }

    private static X500Principal principal(org.bouncycastle.asn1.x500.X500Name name) {
        try {
            return new X500Principal(name.getEncoded());
        } catch (IOException unprintable) {
            throw new IllegalStateException("a name that was parsed cannot be written", unprintable);
        }
    }

    @Override
    public byte[] getTBSCertificate() {
        try {
            return certificate.getTBSCertificate().getEncoded();
        } catch (IOException unprintable) {
            throw new IllegalStateException("a certificate that was parsed cannot be written", unprintable);
        }
    }

    @Override
    public byte[] getSignature() {
        return certificate.getSignature().getOctets();
    }

    @Override
    public String getSigAlgName() {
        return getSigAlgOID().equals(ED25519.getId()) ? "Ed25519" : "SHA256withRSA";
    }

    @Override
    public String getSigAlgOID() {
        return certificate.getSignatureAlgorithm().getAlgorithm().getId();
    }

    @Override
    public byte[] getSigAlgParams() {
        return null;
    }

    @Override
    public boolean[] getIssuerUniqueID() {
        return null;
    }

    @Override
    public boolean[] getSubjectUniqueID() {
        return null;
    }

    @Override
    public boolean[] getKeyUsage() {
        KeyUsage usage = KeyUsage.fromExtensions(extensions());
        if (usage == null) {
            return null;
        }
        boolean[] bits = new boolean[KEY_USAGES];
        for (int i = 0; i < KEY_USAGES; i++) {
            bits[i] = usage.hasUsages(i == KEY_USAGES - 1 ? KeyUsage.decipherOnly : KeyUsage.digitalSignature >> i);
        }
        return bits;
    }

    @Override
    public int getBasicConstraints() {
        BasicConstraints constraints = BasicConstraints.fromExtensions(extensions());
        return constraints == null || !constraints.isCA() ? -1 : Integer.MAX_VALUE;
    }

    private Extensions extensions() {
        Extensions present = certificate.getTBSCertificate().getExtensions();
        return present == null ? new Extensions(new Extension[0]) : present;
    }

    @Override
    public boolean hasUnsupportedCriticalExtension() {
        return false;
    }

    @Override
    public Set<String> getCriticalExtensionOIDs() {
        return ids(extensions().getCriticalExtensionOIDs());
    }

    @Override
    public Set<String> getNonCriticalExtensionOIDs() {
        return ids(extensions().getNonCriticalExtensionOIDs());
    }

    private static Set<String> ids(ASN1ObjectIdentifier[] ids) {
        Set<String> names = new HashSet<>();
        Arrays.stream(ids).map(ASN1ObjectIdentifier::getId).forEach(names::add);
        return names;
    }

    @Override
    public byte[] getExtensionValue(String oid) {
        Extension extension = extensions().getExtension(new ASN1ObjectIdentifier(oid));
        try {
            return extension == null ? null : extension.getExtnValue().getEncoded();
        } catch (IOException unprintable) {
            throw new IllegalStateException("an extension that was parsed cannot be written", unprintable);
        }
    }

    @Override
    public void verify(PublicKey key)
            throws CertificateException, NoSuchAlgorithmException, InvalidKeyException, NoSuchProviderException,
                    SignatureException {
        Signature verifier = Signature.getInstance(getSigAlgName());
        verifier.initVerify(key);
        verifier.update(getTBSCertificate());
        if (!verifier.verify(getSignature())) {
            throw new SignatureException("the certificate's signature is not by this key");
        }
    }

    @Override
    public void verify(PublicKey key, String provider)
            throws CertificateException, NoSuchAlgorithmException, InvalidKeyException, NoSuchProviderException,
                    SignatureException {
        verify(key);
    }

    @Override
    public String toString() {
        return "certificate of a peer, key " + publicKey.getAlgorithm() + ", made "
                + getNotBefore().toInstant();
    }
}
