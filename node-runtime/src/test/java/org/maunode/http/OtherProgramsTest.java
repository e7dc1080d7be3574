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
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.maunode.exchange.FakeExchange;

/** curl and openssl, as they are installed here, against the server. Skipped where they are missing. */
@ExtendWith(OwnThreads.class)
final class OtherProgramsTest {
    private static final TlsIdentity NODE = TestIdentities.ed25519();
    private static final TlsIdentity CALLER = TestIdentities.ed25519();

    @TempDir
    Path directory;

    private FakeExchange exchange;
    private PeerServer server;
    private Path pem;

    @BeforeEach
    void serve() throws Exception {
        exchange = new FakeExchange(directory, NODE.fingerprint(), 100);
        exchange.publish("public.pgp", "public", Instant.EPOCH);
        exchange.publish(
                "sealed.pgp",
                "sealed".getBytes(StandardCharsets.US_ASCII),
                Instant.EPOCH,
                Optional.of(CALLER.fingerprint()));
        server = PeerServer.start(
                NODE, exchange, ServerOptions.at(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0)));
        pem = directory.resolve("caller.pem");
        Files.writeString(
                pem,
                block("PRIVATE KEY", CALLER.privateKey().getEncoded())
                        + block(
                                "CERTIFICATE",
                                IdentityCertificate.issue(CALLER, List.of()).getEncoded()));
    }

    @AfterEach
    void stop() {
        server.close();
    }

    private static String block(String name, byte[] content) {
        String text = Base64.getMimeEncoder(64, "\n".getBytes(StandardCharsets.US_ASCII))
                .encodeToString(content);
        return "-----BEGIN " + name + "-----\n" + text + "\n-----END " + name + "-----\n";
    }

    private static String run(String... command) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        process.getOutputStream().close();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertTrue(process.waitFor(20, TimeUnit.SECONDS), "does not end");
        return output;
    }

    private static void assumeThere(String program) {
        assumeTrue(
                List.of(System.getenv("PATH").split(":")).stream()
                        .anyMatch(directory -> Files.isExecutable(Path.of(directory, program))),
                program + " is not installed");
    }

    private String curl(String version, String path, String... more) throws Exception {
        assumeThere("curl");
        List<String> command = new ArrayList<>(List.of("curl", "-ksS", version, "-w", " %{http_code} %{http_version}"));
        command.addAll(List.of(more));
        command.add("https://127.0.0.1:" + server.address().getPort() + "/p2p/" + NODE + path);
        return run(command.toArray(String[]::new));
    }

    /** EX-60. */
    @Test
    void curlWaitsForNews() throws Exception {
        for (String version : List.of("--http1.1", "--http2")) {
            String waited = curl(version, "?after=1999999999.0.x", "-D", "-", "-H", "Prefer: wait=1");
            assertTrue(waited.toLowerCase(Locale.ROOT).contains("preference-applied: wait=1\r"), waited);
            assertTrue(waited.contains("[] 200 "), waited);
        }
    }

    private String push(String version, String name, Path file, String... more) throws Exception {
        assumeThere("curl");
        List<String> command =
                new ArrayList<>(List.of("curl", "-ksS", "--max-time", "15", version, "-w", " %{http_code}"));
        command.addAll(List.of("--cert", pem.toString(), "-T", file.toString()));
        command.addAll(List.of(more));
        command.add("https://127.0.0.1:" + server.address().getPort() + "/p2p/" + CALLER + "/" + name);
        return run(command.toArray(String[]::new));
    }

    /** EX-70, EX-72: curl asks whether to go on when a file is larger than a megabyte, or when told to. */
    @Test
    void curlLeavesAFile() throws Exception {
        Path small = Files.writeString(directory.resolve("small"), "small");
        Path large = Files.writeString(directory.resolve("large"), "x".repeat(3 << 20));
        Path bad = Files.writeString(directory.resolve("bad"), FakeExchange.UNVERIFIED);
        for (String version : List.of("--http1.1", "--http2")) {
            assertEquals(" 403", push(version, "a.pgp", large));
            exchange.follow(CALLER.fingerprint());
            String name = "of" + version + ".pgp";
            assertEquals(" 201", push(version, name, small));
            assertEquals(" 204", push(version, name, large));
            assertEquals(" 204", push(version, name, small, "-H", "Expect: 100-continue"));
            assertEquals("no good signature? ? 422", push(version, name, bad));
            assertEquals(
                    " 411", push(version, name, small, "-H", "Transfer-Encoding: chunked", "-H", "Content-Length:"));
            assertEquals(Optional.of("small"), exchange.left(name));
            exchange.unfollow(CALLER.fingerprint());
        }
    }

    @Test
    void curlReadsListsAndFilesInBothVersions() throws Exception {
        for (String version : List.of("--http1.1", "--http2")) {
            String shown = version.equals("--http2") ? "2" : "1.1";
            assertEquals("public 200 " + shown, curl(version, "/public.pgp"));
            assertEquals(" 401 " + shown, curl(version, "/sealed.pgp"));
            assertEquals("sealed 200 " + shown, curl(version, "/sealed.pgp", "--cert", pem.toString()));
            assertEquals("blic 206 " + shown, curl(version, "/public.pgp", "-r", "2-"));
            assertTrue(curl(version, "", "--cert", pem.toString()).contains("sealed.pgp"));
            assertTrue(curl(version, "/public.pgp", "-I").contains("content-length: 6")
                    || curl(version, "/public.pgp", "-I").contains("Content-Length: 6"));
        }
    }

    @Test
    void curlReadsListsAndFilesInHttp10WithoutAlpn() throws Exception {
        assertEquals("public 200 1.1", curl("--http1.0", "/public.pgp", "--no-alpn"));
        assertTrue(curl("--http1.0", "", "--no-alpn").endsWith("] 200 1.1"));
    }

    @Test
    void opensslSeesTls13AndTheCertificateOfTheIdentity() throws Exception {
        assumeThere("openssl");
        String address = "127.0.0.1:" + server.address().getPort();
        String output = run(
                "openssl",
                "s_client",
                "-connect",
                address,
                "-alpn",
                "h2",
                "-cert",
                pem.toString(),
                "-key",
                pem.toString());
        assertTrue(output.contains("TLSv1.3"), output);
        assertTrue(output.contains("ALPN protocol: h2"), output);
        assertTrue(output.contains("CN = " + NODE) || output.contains("CN=" + NODE), output);
        String old = run("openssl", "s_client", "-connect", address, "-tls1_2");
        assertTrue(old.contains("protocol version") || old.contains("handshake failure"), old);
    }
}
