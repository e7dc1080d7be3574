package org.maunode.http;

import java.io.ByteArrayInputStream;
import java.math.BigInteger;
import java.net.Socket;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Principal;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509ExtendedKeyManager;
import org.bouncycastle.asn1.ASN1Encodable;
import org.bouncycastle.asn1.ASN1Integer;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.ASN1Sequence;
import org.bouncycastle.asn1.DERBitString;
import org.bouncycastle.asn1.DERSequence;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;
import org.bouncycastle.asn1.x509.TBSCertificate;
import org.bouncycastle.asn1.x509.Time;
import org.bouncycastle.asn1.x509.V3TBSCertificateGenerator;

/** Certificates and contexts that nobody honest would make. */
final class TestTls {
    private TestTls() {}

    /** A key with the chain that is shown for it. */
    record Shown(PrivateKey key, List<X509Certificate> chain) {
        Shown with(X509Certificate appended) {
            return new Shown(key, List.of(chain.getFirst(), appended));
        }
    }

    static Shown honest(TlsIdentity identity) throws GeneralSecurityException {
        return new Shown(identity.privateKey(), List.of(IdentityCertificate.issue(identity, List.of())));
    }

    /** An own key in a certificate that names {@code victim} wherever names stand. */
    static Shown named(TlsIdentity own, TlsIdentity victim) throws GeneralSecurityException {
        TlsIdentity liar = new TlsIdentity(own.privateKey(), own.publicKey(), own.created(), victim.fingerprint());
        return new Shown(own.privateKey(), List.of(IdentityCertificate.issue(liar, List.of(victim.toString()))));
    }

    /** As the Go peer makes them: without subject and issuer. */
    static Shown nameless(TlsIdentity own) throws Exception {
        ASN1Sequence whole =
                ASN1Sequence.getInstance(honest(own).chain().getFirst().getEncoded());
        ASN1Encodable[] body = ASN1Sequence.getInstance(whole.getObjectAt(0)).toArray();
        body[3] = new DERSequence();
        body[5] = new DERSequence();
        ASN1Sequence nameless = new DERSequence(body);
        boolean rsa = own.privateKey().getAlgorithm().equals("RSA");
        Signature signer = Signature.getInstance(rsa ? "SHA256withRSA" : "Ed25519");
        signer.initSign(own.privateKey());
        signer.update(nameless.getEncoded("DER"));
        byte[] der = new DERSequence(
                        new ASN1Encodable[] {nameless, whole.getObjectAt(1), new DERBitString(signer.sign())})
                .getEncoded("DER");
        EmptyNames.install();
        return new Shown(own.privateKey(), List.of((X509Certificate)
                CertificateFactory.getInstance("X.509").generateCertificate(new ByteArrayInputStream(der))));
    }

    /** A kind of key that no identity has. */
    static Shown ecdsa(String name) throws Exception {
        KeyPair pair = KeyPairGenerator.getInstance("EC").generateKeyPair();
        AlgorithmIdentifier algorithm = new AlgorithmIdentifier(new ASN1ObjectIdentifier("1.2.840.10045.4.3.2"));
        V3TBSCertificateGenerator generator = new V3TBSCertificateGenerator();
        generator.setSerialNumber(new ASN1Integer(BigInteger.ONE));
        generator.setIssuer(new X500Name("CN=" + name));
        generator.setSubject(new X500Name("CN=" + name));
        generator.setStartDate(new Time(Date.from(TestIdentities.CREATED)));
        generator.setEndDate(new Time(Date.from(Instant.parse("2040-01-01T00:00:00Z"))));
        generator.setSubjectPublicKeyInfo(
                SubjectPublicKeyInfo.getInstance(pair.getPublic().getEncoded()));
        generator.setSignature(algorithm);
        TBSCertificate body = generator.generateTBSCertificate();
        Signature signer = Signature.getInstance("SHA256withECDSA");
        signer.initSign(pair.getPrivate());
        signer.update(body.getEncoded("DER"));
        byte[] der = new DERSequence(new ASN1Encodable[] {body, algorithm, new DERBitString(signer.sign())})
                .getEncoded("DER");
        return new Shown(pair.getPrivate(), List.of((X509Certificate)
                CertificateFactory.getInstance("X.509").generateCertificate(new ByteArrayInputStream(der))));
    }

    static SSLContext context(Shown shown) throws GeneralSecurityException {
        EmptyNames.install();
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(new KeyManager[] {new Showing(shown)}, new TrustManager[] {Anonymous.believer()}, null);
        return context;
    }

    private static final class Showing extends X509ExtendedKeyManager {
        private final Shown shown;

        Showing(Shown shown) {
            this.shown = shown;
        }

        private String alias(String... kinds) {
            String algorithm = shown.key().getAlgorithm();
            return List.of(kinds).stream().anyMatch(kind -> kind.startsWith(algorithm.substring(0, 2))) ? "x" : null;
        }

        @Override
        public String chooseEngineClientAlias(String[] kinds, Principal[] issuers, SSLEngine engine) {
            return alias(kinds);
        }

        @Override
        public String chooseEngineServerAlias(String kind, Principal[] issuers, SSLEngine engine) {
            return alias(kind);
        }

        @Override
        public String chooseClientAlias(String[] kinds, Principal[] issuers, Socket socket) {
            return alias(kinds);
        }

        @Override
        public String chooseServerAlias(String kind, Principal[] issuers, Socket socket) {
            return alias(kind);
        }

        @Override
        public String[] getClientAliases(String kind, Principal[] issuers) {
            return new String[] {"x"};
        }

        @Override
        public String[] getServerAliases(String kind, Principal[] issuers) {
            return new String[] {"x"};
        }

        @Override
        public X509Certificate[] getCertificateChain(String alias) {
            return shown.chain().toArray(X509Certificate[]::new);
        }

        @Override
        public PrivateKey getPrivateKey(String alias) {
            return shown.key();
        }
    }
}
