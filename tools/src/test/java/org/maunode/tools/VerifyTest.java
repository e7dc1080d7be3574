package org.maunode.tools;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.eclipsesource.json.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.maunode.runtime.ExitCode;

/** Signatures, checked and told. */
class VerifyTest {
    @TempDir
    Path directory;

    private Cli alice;

    @BeforeEach
    void begin() {
        alice = Cli.with(directory, "alice");
        for (String name : List.of("a.txt", "b.txt", "c.txt")) {
            alice.file(name, "content of " + name);
            alice.mau("share", name, "--public").ok();
        }
    }

    private void tamper(String name) throws IOException {
        Path file = alice.published(name);
        byte[] bytes = Files.readAllBytes(file);
        bytes[bytes.length - 1] ^= 1;
        Files.write(file, bytes);
    }

    @Test
    void goodFilesTellTheirAuthorTimeAndReaders() {
        Result result = alice.mau("verify", "a.txt").ok();
        assertTrue(result.out()
                .matches("good  alice  a\\.txt\\.pgp  \\d{4}-\\d\\d-\\d\\d \\d\\d:\\d\\d:\\d\\d  public\n"));
        assertEquals(List.of("mau: 1 good file, 0 bad"), result.errors());
    }

    @Test
    void oneBadFileIsTheExitCodeOfAll() throws IOException {
        tamper("b.txt.pgp");
        Result result = alice.mau("verify");
        assertEquals(ExitCode.NOT_VERIFIED.code(), result.code());
        assertEquals(List.of("mau: 2 good files, 1 bad"), result.errors());
        assertEquals(
                1,
                result.lines().stream()
                        .filter(line -> line.startsWith("BAD   alice  b.txt.pgp  "))
                        .count());
    }

    @Test
    void aFileThatIsNoMessageIsBad() throws IOException {
        Files.writeString(alice.published("junk.txt.pgp"), "junk");
        Result result = alice.mau("verify", "--json");
        assertEquals(ExitCode.NOT_VERIFIED.code(), result.code());
        JsonObject junk = result.json().asArray().get(3).asObject();
        assertEquals("junk.txt.pgp", junk.getString("name", ""));
        assertEquals("no OpenPGP message", junk.getString("problem", ""));
    }

    @Test
    void aMessageOfSomebodyElseIsBad() throws IOException {
        Cli bob = Cli.with(directory, "bob");
        bob.mau("share", "a.txt", "--public").ok();
        Files.copy(bob.published("a.txt.pgp"), alice.published("d.txt.pgp"));
        Result result = alice.mau("verify", "d.txt");
        assertEquals(ExitCode.NOT_VERIFIED.code(), result.code());
        assertTrue(result.out().startsWith("BAD  alice  d.txt.pgp  "), result.out());
    }

    @Test
    void allCoversThoseWhoAreFollowed() throws IOException {
        Cli bob = Cli.with(directory, "bob");
        alice.befriend(bob);
        alice.mau("follow", "bob").ok();
        bob.mau("share", "a.txt", "--public").ok();
        Files.copy(
                bob.published("a.txt.pgp"),
                alice.home.resolve(bob.fingerprint().toString()).resolve("a.txt.pgp"));
        assertEquals(4, alice.mau("verify", "--all").ok().lines().size());
        assertEquals(1, alice.mau("verify", "--fingerprint", "bob").ok().lines().size());
        alice.mau("verify", "--all", "a.txt").failed(ExitCode.USAGE, "mau: --all leaves nothing to choose");
    }

    @Test
    void aBadVersionIsTold() throws IOException {
        alice.file("a.txt", "another content");
        alice.mau("share", "a.txt", "--public").ok();
        Path versions = alice.published("a.txt.pgp.versions");
        List<Path> old;
        try (var files = Files.list(versions)) {
            old = files.toList();
        }
        assertEquals(1, old.size());
        byte[] bytes = Files.readAllBytes(old.getFirst());
        bytes[bytes.length - 1] ^= 1;
        Files.write(old.getFirst(), bytes);
        Result result = alice.mau("versions", "a.txt");
        assertEquals(ExitCode.NOT_VERIFIED.code(), result.code());
        assertTrue(result.out().contains("  not verified: "), result.out());
    }
}
