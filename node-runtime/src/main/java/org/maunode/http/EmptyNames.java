package org.maunode.http;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.security.NoSuchAlgorithmException;
import java.security.NoSuchProviderException;
import java.security.Provider;
import java.security.Security;
import java.security.cert.CRL;
import java.security.cert.CRLException;
import java.security.cert.CertPath;
import java.security.cert.Certificate;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.CertificateFactorySpi;
import java.util.Collection;
import java.util.Iterator;
import java.util.List;

/**
 * Makes this JVM understand certificates with empty names. TLS finds its parser by the usual search for a
 * {@code CertificateFactory} "X.509", so this provider stands first and hands everything to the JDK's own factory; only a
 * certificate which that one refuses is tried again as a {@link BareCertificate}. Whatever the JDK reads, it reads as
 * before (learnt from the Go peer: its certificates have an empty subject and an empty issuer).
 */
final class EmptyNames extends Provider {
    private static final long serialVersionUID = 1;
    private static final String NAME = "MauEmptyNames";
    /** Bytes that may be read again; TLS hands over one certificate at a time, of at most 2^24 bytes, usually 1 KB. */
    private static final int MAX_CERTIFICATE = 64 * 1024;

    private EmptyNames() {
        super(NAME, "1", "X.509 certificates with empty names");
        putService(new FactoryService(this));
    }

    /** Puts the provider first, once for this JVM. */
    static synchronized void install() {
        if (Security.getProvider(NAME) == null) {
            Security.insertProviderAt(new EmptyNames(), 1);
        }
    }

    /** Code of the JDK makes services by reflection from a class name, unless this method is overridden. */
    private static final class FactoryService extends Service {
        FactoryService(Provider provider) {
            super(provider, "CertificateFactory", "X.509", Factory.class.getName(), List.of("X509"), null);
        }

        @Override
        public Object newInstance(Object parameter) throws NoSuchAlgorithmException {
            try {
                return new Factory(CertificateFactory.getInstance("X.509", "SUN"));
            } catch (CertificateException | NoSuchProviderException missing) {
                throw new NoSuchAlgorithmException("the JDK has no X.509 factory", missing);
            }
        }
    }

    private static final class Factory extends CertificateFactorySpi {
        private final CertificateFactory jdk;

        Factory(CertificateFactory jdk) {
            this.jdk = jdk;
        }

        @Override
        public Certificate engineGenerateCertificate(InputStream in) throws CertificateException {
            if (!(in instanceof ByteArrayInputStream)) {
                return jdk.generateCertificate(in);
            }
            byte[] rest = peek(in);
            try {
                return jdk.generateCertificate(in);
            } catch (CertificateException refused) {
                return bare(rest, refused);
            }
        }

        /** Before the JDK reads: it moves marks. */
        private static byte[] peek(InputStream in) throws CertificateException {
            in.mark(MAX_CERTIFICATE);
            try {
                byte[] rest = in.readNBytes(MAX_CERTIFICATE);
                in.reset();
                return rest;
            } catch (IOException impossible) {
                throw new CertificateException(impossible);
            }
        }

        private Certificate bare(byte[] der, CertificateException refused) throws CertificateException {
            try {
                return BareCertificate.parse(der, jdk);
            } catch (CertificateException worse) {
                refused.addSuppressed(worse);
                throw refused;
            }
        }

        @Override
        public Collection<? extends Certificate> engineGenerateCertificates(InputStream in)
                throws CertificateException {
            return jdk.generateCertificates(in);
        }

        @Override
        public CertPath engineGenerateCertPath(InputStream in) throws CertificateException {
            return jdk.generateCertPath(in);
        }

        @Override
        public CertPath engineGenerateCertPath(InputStream in, String encoding) throws CertificateException {
            return jdk.generateCertPath(in, encoding);
        }

        @Override
        public CertPath engineGenerateCertPath(List<? extends Certificate> certificates) throws CertificateException {
            return jdk.generateCertPath(certificates);
        }

        @Override
        public Iterator<String> engineGetCertPathEncodings() {
            return jdk.getCertPathEncodings();
        }

        @Override
        public CRL engineGenerateCRL(InputStream in) throws CRLException {
            return jdk.generateCRL(in);
        }

        @Override
        public Collection<? extends CRL> engineGenerateCRLs(InputStream in) throws CRLException {
            return jdk.generateCRLs(in);
        }
    }
}
