package org.maunode.tools;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.maunode.runtime.ExitCode;

/** The program as a process of its own: exit codes, signals, and what it loads. */
class ProcessTest {
    @TempDir
    Path directory;

    private Process start(List<String> flags, String... words) throws IOException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(flags);
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), "org.maunode.tools.Mau"));
        command.addAll(List.of(words));
        ProcessBuilder builder = new ProcessBuilder(command);
        builder.environment().remove("MAU_HOME");
        builder.environment()
                .put("MAU_PASSPHRASE_FILE", directory.resolve("passphrase").toString());
        builder.directory(directory.toFile());
        return builder.redirectError(directory.resolve("err").toFile()).start();
    }

    private static int end(Process process) throws InterruptedException {
        assertTrue(process.waitFor(60, TimeUnit.SECONDS), "does not end");
        return process.exitValue();
    }

    private List<String> errors() throws IOException {
        return Files.readAllLines(directory.resolve("err"));
    }

    @Test
    void exitsWithTheCodeOfTheCommand() throws Exception {
        assertEquals(ExitCode.NO_ACCOUNT.code(), end(start(List.of(), "show")));
        assertEquals(
                List.of("mau: there is no account in " + directory.toRealPath()
                        + "; name its directory with --home, or make one with: mau init --name NAME"),
                errors());
    }

    @Test
    void helpNeedsNeitherCryptographyNorHttpNorPicocli() throws Exception {
        Process help = start(List.of("-Xlog:class+load:file=loaded"), "--help");
        assertEquals(ExitCode.OK.code(), end(help));
        String loaded = Files.readString(directory.resolve("loaded"));
        assertTrue(loaded.contains("org.maunode.tools.Mau "));
        for (String library : List.of("org.bouncycastle", "org.apache.hc", "picocli.")) {
            assertFalse(loaded.contains(" " + library), library);
        }
    }

    @Test
    void whoDoesNotAskForBluetoothLoadsNothingOfIt() throws Exception {
        Cli.with(directory, "alice");
        Process files = start(List.of("-Xlog:class+load:file=loaded"), "--home", "alice", "files");
        assertEquals(ExitCode.OK.code(), end(files));
        String loaded = Files.readString(directory.resolve("loaded"));
        assertTrue(loaded.contains("org.maunode.tools.command.FilesCommand "));
        for (String room : List.of("ble", "cable", "tools.radio")) {
            assertFalse(loaded.contains(" org.maunode." + room + "."), room);
        }
    }

    @Test
    void aSignalEndsAServerInOrder() throws Exception {
        Cli.with(directory, "alice");
        Process server = start(List.of(), "--home", "alice", "serve", "--port", "0", "--bind", "127.0.0.1");
        try (BufferedReader out = server.inputReader(StandardCharsets.UTF_8)) {
            assertTrue(out.readLine().startsWith("serving alice  "));
            server.destroy();
            assertEquals(ExitCode.OK.code(), end(server));
        }
        assertEquals("mau: stopped", errors().getLast());
    }
}
