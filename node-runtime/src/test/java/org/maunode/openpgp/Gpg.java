package org.maunode.openpgp;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;

/** The real gpg with a home of its own. The home's path is short, as the agent's socket must fit into 108 bytes. */
final class Gpg implements AutoCloseable {
    private final Path home;

    private Gpg(Path home) {
        this.home = home;
    }

    /** What gpg said and wrote. */
    record Result(int code, byte[] out, String status) {}

    static Gpg create() throws IOException {
        Assumptions.assumeTrue(isInstalled(), "gpg is not installed: what it writes and reads was NOT tested");
        return new Gpg(Files.createTempDirectory(Path.of("/tmp"), "mau-gpg-"));
    }

    private static boolean isInstalled() {
        try {
            return new ProcessBuilder("gpg", "--version")
                            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                            .start()
                            .waitFor()
                    == 0;
        } catch (IOException e) {
            return false;
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    /** Runs gpg, which must succeed, and returns what it wrote. */
    byte[] run(byte[] input, String... arguments) {
        Result result = attempt(input, arguments);
        assertEquals(0, result.code(), () -> String.join(" ", arguments) + "\n" + result.status());
        return result.out();
    }

    Result attempt(byte[] input, String... arguments) {
        List<String> command = new ArrayList<>(List.of(
                "gpg",
                "--homedir",
                home.toString(),
                "--batch",
                "--yes",
                "--no-tty",
                "--quiet",
                "--pinentry-mode",
                "loopback",
                "--trust-model",
                "always",
                "--status-fd",
                "2"));
        if (!List.of(arguments).contains("--passphrase")) {
            command.addAll(List.of("--passphrase", ""));
        }
        command.addAll(List.of(arguments));
        try {
            return result(new ProcessBuilder(command).start(), input);
        } catch (IOException | InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    /** gpg's messages are read by a thread of their own, so that neither side waits for the other. */
    private static Result result(Process process, byte[] input) throws IOException, InterruptedException {
        ByteArrayOutputStream status = new ByteArrayOutputStream();
        Thread messages = Thread.ofPlatform().start(() -> copy(process.getErrorStream(), status));
        Thread feeder = Thread.ofPlatform().start(() -> feed(process.getOutputStream(), input));
        byte[] out = process.getInputStream().readAllBytes();
        int code = process.waitFor();
        messages.join();
        feeder.join();
        return new Result(code, out, status.toString(StandardCharsets.UTF_8));
    }

    private static void copy(InputStream in, OutputStream out) {
        try {
            in.transferTo(out);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    /** A gpg that has seen enough closes the pipe; its exit code tells why. */
    private static void feed(OutputStream out, byte[] input) {
        try (out) {
            out.write(input);
        } catch (IOException e) {
            return;
        }
    }

    /** A key that signs, with an encryption subkey; returns its fingerprint. */
    String makeKey(String name, String algorithm, String subkey, String... options) {
        return makeKeyUntil("never", name, algorithm, subkey, options);
    }

    String makeKeyUntil(String expiry, String name, String algorithm, String subkey, String... options) {
        List<String> arguments = new ArrayList<>(List.of(options));
        arguments.addAll(List.of("--quick-generate-key", name, algorithm, "sign", expiry));
        String created = attempt(new byte[0], arguments.toArray(String[]::new)).status();
        String fingerprint = created.replaceAll("(?s).*KEY_CREATED . (\\w{40}).*", "$1");
        assertEquals(40, fingerprint.length(), created);
        List<String> more = new ArrayList<>(List.of(options));
        more.addAll(List.of("--quick-add-key", fingerprint, subkey, "encr", "never"));
        run(new byte[0], more.toArray(String[]::new));
        return fingerprint;
    }

    PublicIdentity export(String fingerprint) {
        return PublicIdentity.parse(run(new byte[0], "--export", fingerprint));
    }

    Path home() {
        return home;
    }

    /** Ends the agent that gpg started, and only that one. */
    @Override
    public void close() throws IOException {
        try {
            new ProcessBuilder("gpgconf", "--homedir", home.toString(), "--kill", "all")
                    .start()
                    .waitFor();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
        try (Stream<Path> files = Files.walk(home)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(file);
            }
        }
    }
}
