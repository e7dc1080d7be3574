package org.maunode.http;

import java.net.Socket;
import java.security.GeneralSecurityException;
import java.security.Principal;
import java.security.PrivateKey;
import java.security.cert.CertificateParsingException;
import java.security.cert.X509Certificate;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLPeerUnverifiedException;
import javax.net.ssl.SSLSession;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509ExtendedKeyManager;
import javax.net.ssl.X509ExtendedTrustManager;
import org.maunode.identity.Fingerprint;
import org.maunode.identity.HostAndPort;
import org.maunode.openpgp.KeyFingerprints;

/**
 * TLS 1.3 between identities. Both sides show their certificate, no authority vouches for anybody: a peer is whoever the
 * key in its leaf certificate says, and the handshake proves that it holds that key. Nothing else in a chain is looked at.
 */
final class Tls {
    static final String H2 = "h2";
    static final String HTTP_1_1 = "http/1.1";

    static final List<String> PROTOCOLS = List.of(H2, HTTP_1_1);

    private static final String[] VERSIONS = {"TLSv1.3"};
    /**
     * Best first. ChaCha20 is fast on every processor and takes as long for every key; AES is neither where the processor has no
     * instructions for it, as those of the Raspberry Pi 4 and of all before it.
     */
    private static final String[] SUITES = {
        "TLS_CHACHA20_POLY1305_SHA256", "TLS_AES_128_GCM_SHA256", "TLS_AES_256_GCM_SHA384"
    };
    /** Sessions kept for resumption; those of the server are in its tickets. */
    private static final int CACHED_SESSIONS = 128;

    /** The kind of alternative name that it is (RFC 5280, 4.2.1.6). */
    private static final Integer DNS_NAME = 2;

    private Tls() {}

    /**
     * @param names DNS names for the certificate, before the fingerprint
     * @throws IllegalArgumentException if the identity's key is not fit for TLS
     */
    static SSLContext context(TlsIdentity identity, List<String> names) {
        EmptyNames.install();
        try {
            X509Certificate certificate = IdentityCertificate.issue(identity, names);
            SSLContext context = SSLContext.getInstance(VERSIONS[0]);
            context.init(
                    new KeyManager[] {new OneKey(identity.privateKey(), certificate)},
                    new TrustManager[] {new AnyChain()},
                    null);
            context.getClientSessionContext().setSessionCacheSize(CACHED_SESSIONS);
            context.getServerSessionContext().setSessionCacheSize(CACHED_SESSIONS);
            return context;
        } catch (GeneralSecurityException unfit) {
            throw new IllegalArgumentException("the key of " + identity + " is not fit for TLS", unfit);
        }
    }

    /** The caller may show a certificate and need not; the caller's order of cipher suites counts: it knows its CPU. */
    static void serve(SSLEngine engine) {
        SSLParameters parameters = parameters(engine, PROTOCOLS);
        parameters.setUseCipherSuitesOrder(false);
        parameters.setWantClientAuth(true);
        engine.setSSLParameters(parameters);
    }

    /**
     * @param protocols what ALPN offers, best first
     */
    static void call(SSLEngine engine, List<String> protocols) {
        engine.setSSLParameters(parameters(engine, protocols));
    }

    private static SSLParameters parameters(SSLEngine engine, List<String> protocols) {
        SSLParameters parameters = engine.getSSLParameters();
        parameters.setProtocols(VERSIONS);
        parameters.setCipherSuites(SUITES);
        parameters.setApplicationProtocols(protocols.toArray(String[]::new));
        return parameters;
    }

    /**
     * Who is at the other end, recomputed from the leaf certificate of this very session; a resumed session holds the
     * certificates of the handshake that it continues.
     *
     * @return empty for a peer that showed no certificate, or one with a key that no identity has
     */
    static Optional<Fingerprint> peer(SSLSession session) {
        return leaf(session)
                .flatMap(leaf -> KeyFingerprints.of(
                        leaf.getPublicKey(), leaf.getNotBefore().toInstant()));
    }

    private static Optional<X509Certificate> leaf(SSLSession session) {
        try {
            return session.getPeerCertificates()[0] instanceof X509Certificate leaf
                    ? Optional.of(leaf)
                    : Optional.empty();
        } catch (SSLPeerUnverifiedException nobody) {
            return Optional.empty();
        }
    }

    /** Where the other end says that it can be reached: the first DNS name of its leaf certificate. */
    static Optional<String> claim(SSLSession session) {
        return leaf(session).flatMap(Tls::claim);
    }

    static Optional<String> claim(X509Certificate leaf) {
        try {
            return Optional.ofNullable(leaf.getSubjectAlternativeNames()).stream()
                    .flatMap(Collection::stream)
                    .filter(name -> name.getFirst().equals(DNS_NAME))
                    .map(name -> (String) name.get(1))
                    .findFirst()
                    .filter(name -> name.length() <= HostAndPort.MAX_TOLD);
        } catch (CertificateParsingException broken) {
            return Optional.empty();
        }
    }

    /** The one key of this account, whatever authorities the other side names. */
    private static final class OneKey extends X509ExtendedKeyManager {
        private static final String ALIAS = "identity";

        private final PrivateKey key;
        private final X509Certificate certificate;

        OneKey(PrivateKey key, X509Certificate certificate) {
            this.key = key;
            this.certificate = certificate;
        }

        private String alias(String... kinds) {
            boolean rsa = key.getAlgorithm().equals("RSA");
            return Arrays.stream(kinds)
                            .anyMatch(kind -> kind.startsWith("RSA") == rsa && (rsa || kind.startsWith("Ed")))
                    ? ALIAS
                    : null;
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
            return new String[] {ALIAS};
        }

        @Override
        public String[] getServerAliases(String kind, Principal[] issuers) {
            return new String[] {ALIAS};
        }

        @Override
        public X509Certificate[] getCertificateChain(String alias) {
            return new X509Certificate[] {certificate};
        }

        @Override
        public PrivateKey getPrivateKey(String alias) {
            return key;
        }
    }

    /** Believes nothing, so it has nothing to refuse: {@link #peer} decides, after every handshake. */
    private static final class AnyChain extends X509ExtendedTrustManager {
        @Override
        public void checkClientTrusted(X509Certificate[] chain, String kind, Socket socket) {}

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String kind, Socket socket) {}

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String kind, SSLEngine engine) {}

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String kind, SSLEngine engine) {}

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String kind) {}

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String kind) {}

        @Override
        public X509Certificate[] getAcceptedIssuers() {
            return new X509Certificate[0];
        }
    }
}
