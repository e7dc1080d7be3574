package org.maunode.http;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.Signature;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.bouncycastle.asn1.ASN1Encodable;
import org.bouncycastle.asn1.ASN1Encoding;
import org.bouncycastle.asn1.ASN1Integer;
import org.bouncycastle.asn1.ASN1Primitive;
import org.bouncycastle.asn1.BERTags;
import org.bouncycastle.asn1.DERBitString;
import org.bouncycastle.asn1.DERNull;
import org.bouncycastle.asn1.DERSequence;
import org.bouncycastle.asn1.pkcs.PKCSObjectIdentifiers;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.ExtendedKeyUsage;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.Extensions;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;
import org.bouncycastle.asn1.x509.TBSCertificate;
import org.bouncycastle.asn1.x509.Time;
import org.bouncycastle.asn1.x509.V3TBSCertificateGenerator;

/**
 * The certificate of an account: self-signed with the identity key, and made so that its fingerprint can be recomputed
 * from it: {@code notBefore} is the second in which the key was made. Go peers look for the fingerprint among the DNS
 * names instead; the JDK refuses empty subjects and issuers, so both say the fingerprint too.
 */
final class IdentityCertificate {
    private static final int YEARS = 100;
    private static final DateTimeFormatter SHORT_TIME = DateTimeFormatter.ofPattern("uuMMddHHmmss'Z'", Locale.ROOT);
    private static final DateTimeFormatter LONG_TIME = DateTimeFormatter.ofPattern("uuuuMMddHHmmss'Z'", Locale.ROOT);

    private IdentityCertificate() {}

    /**
     * @param names DNS names that stand before the fingerprint
     * @throws GeneralSecurityException if the key is neither Ed25519 nor RSA
     */
    static X509Certificate issue(TlsIdentity identity, List<String> names) throws GeneralSecurityException {
        try {
            AlgorithmIdentifier algorithm = algorithm(identity);
            TBSCertificate body = body(identity, names, algorithm);
            DERBitString signature = new DERBitString(sign(identity, body.getEncoded(ASN1Encoding.DER)));
            byte[] whole =
                    new DERSequence(new ASN1Encodable[] {body, algorithm, signature}).getEncoded(ASN1Encoding.DER);
            return (X509Certificate)
                    CertificateFactory.getInstance("X.509").generateCertificate(new ByteArrayInputStream(whole));
        } catch (IOException impossible) {
            throw new GeneralSecurityException("cannot encode a certificate", impossible);
        }
    }

    private static TBSCertificate body(TlsIdentity identity, List<String> names, AlgorithmIdentifier algorithm)
            throws IOException {
        X500Name name = new X500Name("CN=" + identity.fingerprint());
        V3TBSCertificateGenerator body = new V3TBSCertificateGenerator();
        body.setSerialNumber(new ASN1Integer(1));
        body.setIssuer(name);
        body.setSubject(name);
        body.setStartDate(time(identity.created()));
        body.setEndDate(time(end(identity.created())));
        body.setSubjectPublicKeyInfo(
                SubjectPublicKeyInfo.getInstance(identity.publicKey().getEncoded()));
        body.setSignature(algorithm);
        body.setExtensions(extensions(identity, names));
        return body.generateTBSCertificate();
    }

    private static Instant end(Instant created) {
        return created.atOffset(ZoneOffset.UTC).plusYears(YEARS).toInstant();
    }

    /**
     * Two digits of the year from 1950 to 2049, and four otherwise (RFC 5280, 4.1.2.5). Written as DER here: the library's
     * own way goes through {@code SimpleDateFormat}, which loads the calendars and languages of the world.
     */
    private static Time time(Instant at) throws IOException {
        OffsetDateTime utc = at.atOffset(ZoneOffset.UTC);
        boolean isShort = utc.getYear() >= 1950 && utc.getYear() < 2050;
        byte[] text = (isShort ? SHORT_TIME : LONG_TIME).format(utc).getBytes(StandardCharsets.US_ASCII);
        byte[] der = new byte[text.length + 2];
        der[0] = (byte) (isShort ? BERTags.UTC_TIME : BERTags.GENERALIZED_TIME);
        der[1] = (byte) text.length;
        System.arraycopy(text, 0, der, 2, text.length);
        return Time.getInstance(ASN1Primitive.fromByteArray(der));
    }

    private static Extensions extensions(TlsIdentity identity, List<String> names) throws IOException {
        KeyUsage usage = new KeyUsage(KeyUsage.digitalSignature | KeyUsage.keyEncipherment);
        ExtendedKeyUsage purposes =
                new ExtendedKeyUsage(new KeyPurposeId[] {KeyPurposeId.id_kp_serverAuth, KeyPurposeId.id_kp_clientAuth});
        GeneralName[] all = Stream.concat(
                        names.stream(), Stream.of(identity.fingerprint().toString()))
                .filter(name -> !name.isEmpty())
                .map(name -> new GeneralName(GeneralName.dNSName, name))
                .toArray(GeneralName[]::new);
        return new Extensions(new Extension[] {
            Extension.create(Extension.keyUsage, true, usage),
            Extension.create(Extension.extendedKeyUsage, false, purposes),
            Extension.create(Extension.basicConstraints, true, new BasicConstraints(false)),
            Extension.create(Extension.subjectAlternativeName, false, new GeneralNames(all))
        });
    }

    private static AlgorithmIdentifier algorithm(TlsIdentity identity) throws GeneralSecurityException {
        return switch (identity.privateKey().getAlgorithm()) {
            case "EdDSA", "Ed25519" -> new AlgorithmIdentifier(BareCertificate.ED25519);
            case "RSA" -> new AlgorithmIdentifier(PKCSObjectIdentifiers.sha256WithRSAEncryption, DERNull.INSTANCE);
            case String other -> throw new GeneralSecurityException("an identity key of kind " + other);
        };
    }

    private static byte[] sign(TlsIdentity identity, byte[] body) throws GeneralSecurityException {
        boolean rsa = identity.privateKey().getAlgorithm().equals("RSA");
        Signature signer = Signature.getInstance(rsa ? "SHA256withRSA" : "Ed25519");
        signer.initSign(identity.privateKey());
        signer.update(body);
        return signer.sign();
    }
}
