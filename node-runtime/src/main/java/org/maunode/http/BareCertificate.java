package org.maunode.http;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.math.BigInteger;
import java.security.InvalidKeyException;
import java.security.NoSuchAlgorithmException;
import java.security.NoSuchProviderException;
import java.security.Principal;
import java.security.PublicKey;
import java.security.Signature;
import java.security.SignatureException;
import java.security.cert.CertificateException;
import java.security.cert.CertificateExpiredException;
import java.security.cert.CertificateFactory;
import java.security.cert.CertificateNotYetValidException;
import java.security.cert.CertificateParsingException;
import java.security.cert.X509Certificate;
import java.util.Arrays;
import java.util.Collection;
import java.util.Date;
import java.util.List;
import java.util.Set;
import javax.security.auth.x500.X500Principal;
import org.bouncycastle.asn1.ASN1Encodable;
import org.bouncycastle.asn1.ASN1Encoding;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.ASN1Primitive;
import org.bouncycastle.asn1.ASN1Sequence;
import org.bouncycastle.asn1.ASN1TaggedObject;
import org.bouncycastle.asn1.DERSequence;
import org.bouncycastle.asn1.x500.X500Name;

/**
 * A certificate with empty names, as the Go peer makes them and both the JDK and Bouncy Castle refuse them. A twin whose
 * empty names are filled in answers for all else; the encoded form, the names and the signature are the original's.
 */
final class BareCertificate extends X509Certificate {
    /** RFC 8410, 3. */
    static final ASN1ObjectIdentifier ED25519 = new ASN1ObjectIdentifier("1.3.101.112");

    private static final long serialVersionUID = 1;
    private static final X500Principal NOBODY = new X500Principal("");
    /** Places behind the version in a certificate's body (RFC 5280, 4.1). */
    private static final int ISSUER = 2;

    private static final int SUBJECT = 4;

    private final X509Certificate twin;
    private final byte[] encoded;
    private final byte[] body;

    private BareCertificate(X509Certificate twin, byte[] encoded, byte[] body) {
        this.twin = twin;
        this.encoded = encoded;
        this.body = body;
    }

    /**
     * Reads one certificate.
     *
     * @param jdk reads the twin
     * @throws CertificateException if it is not one certificate in DER, or the JDK refuses it for more than its names
     */
    static BareCertificate parse(byte[] der, CertificateFactory jdk) throws CertificateException {
        try {
            ASN1Sequence whole = ASN1Sequence.getInstance(ASN1Primitive.fromByteArray(der));
            ASN1Sequence body = ASN1Sequence.getInstance(whole.getObjectAt(0));
            if (!Arrays.equals(der, whole.getEncoded(ASN1Encoding.DER))) {
                throw new CertificateException("not in DER");
            }
            byte[] twin = new DERSequence(new ASN1Encodable[] {named(body), whole.getObjectAt(1), whole.getObjectAt(2)})
                    .getEncoded(ASN1Encoding.DER);
            X509Certificate read = (X509Certificate) jdk.generateCertificate(new ByteArrayInputStream(twin));
            return new BareCertificate(read, der.clone(), body.getEncoded(ASN1Encoding.DER));
        } catch (IOException | RuntimeException broken) {
            throw new CertificateException("not a certificate of a peer", broken);
        }
    }

    private static ASN1Sequence named(ASN1Sequence body) {
        ASN1Encodable[] parts = body.toArray();
        int first = parts[0] instanceof ASN1TaggedObject ? 1 : 0;
        for (int place : List.of(first + ISSUER, first + SUBJECT)) {
            if (ASN1Sequence.getInstance(parts[place]).size() == 0) {
                parts[place] = new X500Name("CN=nobody");
            }
        }
        return new DERSequence(parts);
    }

    private static X500Principal original(X500Principal twins) {
        return twins.getName().equals("CN=nobody") ? NOBODY : twins;
    }

    @Override
    public byte[] getEncoded() {
        return encoded.clone();
    }

    @Override
    public byte[] getTBSCertificate() {
        return body.clone();
    }

    @Override
    public X500Principal getIssuerX500Principal() {
        return original(twin.getIssuerX500Principal());
    }

    @Override
    public X500Principal getSubjectX500Principal() {
        return original(twin.getSubjectX500Principal());
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
    public void verify(PublicKey key)
            throws CertificateException, NoSuchAlgorithmException, InvalidKeyException, NoSuchProviderException,
                    SignatureException {
        Signature verifier = Signature.getInstance(getSigAlgName());
        verifier.initVerify(key);
        verifier.update(body);
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
    public PublicKey getPublicKey() {
        return twin.getPublicKey();
    }

    @Override
    public Date getNotBefore() {
        return twin.getNotBefore();
    }

    @Override
    public Date getNotAfter() {
        return twin.getNotAfter();
    }

    @Override
    public void checkValidity() throws CertificateExpiredException, CertificateNotYetValidException {
        twin.checkValidity();
    }

    @Override
    public void checkValidity(Date date) throws CertificateExpiredException, CertificateNotYetValidException {
        twin.checkValidity(date);
    }

    @Override
    public int getVersion() {
        return twin.getVersion();
    }

    @Override
    public BigInteger getSerialNumber() {
        return twin.getSerialNumber();
    }

    @Override
    public byte[] getSignature() {
        return twin.getSignature();
    }

    @Override
    public String getSigAlgName() {
        return twin.getSigAlgName();
    }

    @Override
    public String getSigAlgOID() {
        return twin.getSigAlgOID();
    }

    @Override
    public byte[] getSigAlgParams() {
        return twin.getSigAlgParams();
    }

    @Override
    public boolean[] getIssuerUniqueID() {
        return twin.getIssuerUniqueID();
    }

    @Override
    public boolean[] getSubjectUniqueID() {
        return twin.getSubjectUniqueID();
    }

    @Override
    public boolean[] getKeyUsage() {
        return twin.getKeyUsage();
    }

    @Override
    public int getBasicConstraints() {
        return twin.getBasicConstraints();
    }

    @Override
    public Collection<List<?>> getSubjectAlternativeNames() throws CertificateParsingException {
        return twin.getSubjectAlternativeNames();
    }

    @Override
    public boolean hasUnsupportedCriticalExtension() {
        return twin.hasUnsupportedCriticalExtension();
    }

    @Override
    public Set<String> getCriticalExtensionOIDs() {
        return twin.getCriticalExtensionOIDs();
    }

    @Override
    public Set<String> getNonCriticalExtensionOIDs() {
        return twin.getNonCriticalExtensionOIDs();
    }

    @Override
    public byte[] getExtensionValue(String oid) {
        return twin.getExtensionValue(oid);
    }

    @Override
    public String toString() {
        return "certificate of a peer, key " + getPublicKey().getAlgorithm() + ", made "
                + getNotBefore().toInstant();
    }
}
