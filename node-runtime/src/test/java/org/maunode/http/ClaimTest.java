package org.maunode.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.maunode.exchange.Caller;
import org.maunode.exchange.FakeOverlay;
import org.maunode.exchange.RemotePeer;
import org.maunode.identity.HostAndPort;

/** Where a certificate says that its holder is. */
@ExtendWith(OwnThreads.class)
final class ClaimTest {
    private static final TlsIdentity NODE = TestIdentities.ed25519();
    private static final TlsIdentity ME = TestIdentities.ed25519();

    @TempDir
    Path directory;

    private static X509Certificate goPeers(String name) throws Exception {
        EmptyNames.install();
        return EmptyNamesTest.parse(EmptyNamesTest.vector(name));
    }

    /** KW-5. */
    @Test
    void theGoPeersCertificatesClaimTheAddressThatStandsFirst() throws Exception {
        assertEquals(Optional.of("10.77.0.2:9999"), Tls.claim(goPeers("ed25519-cert-with-address.pem")));
        assertEquals(Optional.of("1.2.3.4:5"), Tls.claim(goPeers("rsa-cert-with-address.pem")));
        assertEquals(Optional.of("caeb72ddee0703e1b0d0334f88afa037955d532a"), Tls.claim(goPeers("alice-cert.der")));
    }

    /** KW-5. */
    @Test
    void aClaimLongerThanANameIsNone() throws Exception {
        String longest = "a".repeat(HostAndPort.MAX_TOLD);
        assertEquals(Optional.of(longest), Tls.claim(IdentityCertificate.issue(ME, List.of(longest))));
        assertEquals(Optional.empty(), Tls.claim(IdentityCertificate.issue(ME, List.of("a" + longest))));
        assertEquals(Optional.empty(), Tls.claim(TestTls.ecdsa("nobody").chain().getFirst()));
    }

    /** KW-6. */
    @ParameterizedTest
    @ValueSource(strings = {"10.77.0.2:9999", "[2001:db8::77]:6275", "greenhouse.example.org:6275"})
    void opensslReadsTheAddressBeforeTheFingerprint(String address) throws Exception {
        assumeTrue(
                List.of(System.getenv("PATH").split(":")).stream()
                        .anyMatch(folder -> Files.isExecutable(Path.of(folder, "openssl"))),
                "openssl is not installed");
        Path der = directory.resolve("me.der");
        Files.write(der, IdentityCertificate.issue(ME, List.of(address)).getEncoded());
        String names =
                run("openssl", "x509", "-inform", "DER", "-in", der.toString(), "-noout", "-ext", "subjectAltName");
        assertTrue(names.contains("DNS:" + address + ", DNS:" + ME), names);
    }

    private static String run(String... command) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        process.getOutputStream().close();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertTrue(process.waitFor(20, TimeUnit.SECONDS), "does not end");
        return output;
    }

    /** KW-6. */
    @Test
    void aCallerSaysAtEachCallWhereItIsNow() throws Exception {
        FakeOverlay overlay = new FakeOverlay();
        AtomicReference<List<String>> names = new AtomicReference<>(List.of());
        AtomicInteger asked = new AtomicInteger();
        try (PeerServer server = PeerServer.start(
                        NODE, overlay, ServerOptions.at(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0)));
                PeerDialer dialer = new PeerDialer(ME, DialerOptions.DEFAULT, () -> {
                    asked.incrementAndGet();
                    return names.get();
                })) {
            ping(dialer, server);
            names.set(List.of("10.77.0.2:9999"));
            ping(dialer, server);
            ping(dialer, server);
            names.set(List.of("[2001:db8::77]:6275", "10.77.0.2:9999"));
            ping(dialer, server);
        }
        List<Optional<String>> claims =
                overlay.callers().stream().map(Caller::claim).toList();
        Optional<String> second = Optional.of("10.77.0.2:9999");
        assertEquals(List.of(Optional.of(ME.toString()), second, second, Optional.of("[2001:db8::77]:6275")), claims);
        assertEquals(4, asked.get());
        assertEquals(
                Optional.of(InetAddress.getLoopbackAddress()),
                overlay.callers().getFirst().origin());
    }

    private static void ping(PeerDialer dialer, PeerServer server) {
        try (RemotePeer peer = dialer.dial(NODE.fingerprint(), server.address())) {
            peer.ping();
        }
    }
}
