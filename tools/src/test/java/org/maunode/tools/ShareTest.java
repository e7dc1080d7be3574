package org.maunode.tools;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.eclipsesource.json.JsonObject;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.maunode.openpgp.Envelope;
import org.maunode.runtime.ExitCode;
import org.maunode.tools.shell.Stop;
import org.maunode.tools.shell.Terminal;

/** Publishing, listing, opening, deleting. */
class ShareTest {
    @TempDir
    Path directory;

    private Cli alice;
    private Cli bob;

    @BeforeEach
    void begin() {
        alice = Cli.with(directory, "alice");
        bob = Cli.with(directory, "bob");
        alice.befriend(bob);
        alice.file("hello.txt", "hello\n");
    }

    private Envelope envelope(String name) throws IOException {
        try (var in = Files.newInputStream(alice.published(name))) {
            return Envelope.read(in);
        }
    }

    @Test
    void asksForWhomInsteadOfGuessing() {
        alice.mau("share", "hello.txt")
                .failed(
                        ExitCode.USAGE,
                        "mau: who may read it is not said; choose --with WHO, --group GROUP, --public or --private");
        assertFalse(Files.exists(alice.home.resolve(alice.fingerprint().toString())));
    }

    @Test
    void severalFilesAreSharedWithOneCommandOrNone() {
        alice.file("second.txt", "second\n");
        alice.mau("share", "hello.txt", "gone.txt", "--public")
                .failed(ExitCode.NOT_FOUND, "mau: " + directory.resolve("gone.txt") + ": no such file or directory");
        assertEquals("", alice.mau("files").ok().out());
        assertEquals(
                2,
                alice.mau("share", "hello.txt", "second.txt", "--with", "bob")
                        .ok()
                        .lines()
                        .size());
        assertEquals("second\n", alice.mau("open", "second.txt").ok().out());
        assertEquals(
                2,
                alice.mau("share", "hello.txt", "second.txt", "--public", "--json")
                        .ok()
                        .json()
                        .asArray()
                        .size());
        alice.mau("share", "hello.txt", "second.txt", "--public", "--name", "x")
                .failed(ExitCode.USAGE, "mau: --name and standard input go with one file alone");
    }

    @Test
    void choicesThatContradictAreRefused() {
        String line = "mau: --public, --private and chosen readers exclude each other";
        alice.mau("share", "hello.txt", "--public", "--private").failed(ExitCode.USAGE, line);
        alice.mau("share", "hello.txt", "--public", "--with", "bob").failed(ExitCode.USAGE, line);
        alice.mau("share", "hello.txt", "--private", "--with", "bob").failed(ExitCode.USAGE, line);
    }

    @Test
    void aPublicFileIsSignedAndNotSealed() throws IOException {
        JsonObject shared = alice.mau("share", "hello.txt", "--public", "--json")
                .ok()
                .json()
                .asObject();
        assertTrue(shared.getBoolean("public", false));
        assertEquals("hello.txt.pgp", shared.getString("name", ""));
        assertEquals(Files.size(alice.published("hello.txt.pgp")), shared.getLong("size", 0));
        assertFalse(envelope("hello.txt.pgp").sealed());
    }

    @Test
    void aPrivateFileIsSealedForItsAuthorAlone() throws IOException {
        assertTrue(alice.mau("share", "hello.txt", "--private").ok().out().endsWith("  private\n"));
        assertEquals(1, envelope("hello.txt.pgp").keyIds().size());
        assertEquals("hello\n", alice.mau("open", "hello.txt").ok().out());
    }

    @Test
    void takesGosFlags() throws IOException {
        alice.mau("share", "-file", "hello.txt", "-fingerprints", bob.fingerprint() + ", " + bob.fingerprint())
                .ok();
        assertEquals(2, envelope("hello.txt.pgp").keyIds().size());
        assertTrue(alice.mau("files").ok().out().startsWith("hello.txt.pgp  "));
        assertEquals("hello\n", alice.mau("open", "-file", "hello.txt.pgp").ok().out());
        assertEquals(
                "deleted  hello.txt.pgp\n",
                alice.mau("delete", "-file", "hello.txt.pgp").ok().out());
        assertEquals("", alice.mau("files").ok().out());
    }

    @Test
    void sealsForTheMembersOfAGroupAndNobodyTwice() throws IOException {
        alice.mau("groups", "add", "family", "bob").ok();
        String told = alice.mau("share", "hello.txt", "--group", "family", "--with", "bob")
                .ok()
                .out();
        assertTrue(told.endsWith("  bob\n"), told);
        assertEquals(2, envelope("hello.txt.pgp").keyIds().size());
    }

    @Test
    void anEmptyGroupIsNotNobody() {
        alice.mau("groups", "add", "family").ok();
        alice.mau("share", "hello.txt", "--group", "family")
                .failed(ExitCode.NOT_FOUND, "mau: nobody is in the group \"family\"; mau groups add family WHO");
        alice.mau("share", "hello.txt", "--group", "work")
                .failed(ExitCode.NOT_FOUND, "mau: there is no group \"work\"; mau groups lists them");
    }

    @Test
    void anUnknownReaderIsNamed() {
        alice.mau("share", "hello.txt", "--with", "bob,carol")
                .failed(ExitCode.NOT_FOUND, "mau: no friend is called \"carol\"; mau friends lists them");
    }

    @Test
    void standardInputNeedsAName() {
        alice.input("from a pipe")
                .mau("share", "-", "--public")
                .failed(ExitCode.USAGE, "mau: standard input has no name; give it one with --name NAME");
        alice.input("from a pipe")
                .mau("share", "-", "--name", "note.txt", "--public")
                .ok();
        assertEquals("from a pipe", alice.mau("open", "note.txt").ok().out());
    }

    @Test
    void whatCannotBePublishedIsNamed() {
        alice.mau("share", "nothing", "--public")
                .failed(ExitCode.NOT_FOUND, "mau: " + directory.resolve("nothing") + ": no such file or directory");
        alice.mau("share", ".", "--name", "x", "--public")
                .failed(ExitCode.USAGE, "mau: " + directory + " is a directory, not a file");
        alice.mau("share", "hello.txt", "--name", "a/b", "--public")
                .failed(
                        ExitCode.USAGE,
                        "mau: file name \"a/b.pgp\" contains a slash, a backslash, a control character or half a character");
        alice.mau("share", "hello.txt", "--file", "hello.txt", "--public")
                .failed(ExitCode.USAGE, "mau: FILE is given twice, as an option and as an argument");
    }

    @Test
    void whatWasSharedBeforeBecomesAVersion() {
        alice.mau("share", "hello.txt", "--public").ok();
        alice.file("hello.txt", "hello again\n");
        alice.mau("share", "hello.txt", "--public").ok();
        var versions = alice.mau("versions", "hello.txt", "--json").ok().json().asArray();
        assertEquals(2, versions.size());
        assertTrue(versions.get(0).asObject().getBoolean("current", false));
        assertFalse(versions.get(1).asObject().getBoolean("current", true));
        String old = versions.get(1).asObject().getString("sha256", "");
        assertEquals(
                "hello\n", alice.mau("open", "hello.txt", "--version", old).ok().out());
        assertEquals(
                "hello\n",
                alice.mau("open", "hello.txt", "--version", old.substring(0, 12))
                        .ok()
                        .out());
        assertEquals("hello again\n", alice.mau("open", "hello.txt").ok().out());
    }

    @Test
    void aClockThatWasSetBackIsToldAndTheNewVersionIsStillTheLater() {
        alice.clock = InstantSource.fixed(Instant.parse("2026-11-23T12:00:00Z"));
        alice.mau("share", "hello.txt", "--public").ok();
        alice.clock = InstantSource.fixed(Instant.parse("2026-11-23T11:00:00Z"));
        assertEquals(
                List.of(
                        "mau: warning: this computer's clock stands before the last version of hello.txt.pgp or your own"
                                + " key: 2026-11-23 11:00:00; signed for 2026-11-23 12:00:01, so that those who follow"
                                + " you take it"),
                alice.mau("share", "hello.txt", "--public").ok().errors());
    }

    @Test
    void aVersionThatIsNotThereIsSaid() {
        alice.mau("share", "hello.txt", "--public").ok();
        String hash = "00".repeat(32);
        alice.mau("open", "hello.txt", "--version", hash)
                .failed(
                        ExitCode.NOT_FOUND,
                        "mau: hello.txt.pgp has no version " + hash + "; mau versions hello.txt.pgp lists them");
        Result malformed = alice.mau("open", "hello.txt", "--version", "newest");
        assertEquals(ExitCode.USAGE.code(), malformed.code());
        assertTrue(malformed.err().startsWith("mau: version \"newest\" "), malformed.err());
    }

    @Test
    void bytesArriveAsTheyWere() throws IOException {
        byte[] content = new byte[3_000_000];
        new Random(7).nextBytes(content);
        Files.write(directory.resolve("photo.bin"), content);
        alice.mau("share", "photo.bin", "--with", "bob").ok();
        assertArrayEquals(content, alice.mau("open", "photo.bin").ok().data());
        alice.mau("open", "photo.bin", "-output", "copy.bin").ok();
        assertArrayEquals(content, Files.readAllBytes(directory.resolve("copy.bin")));
    }

    @Test
    void aDeviceIsWrittenToAndNotReplaced() {
        alice.mau("share", "hello.txt", "--public").ok();
        alice.mau("open", "hello.txt", "--output", "/dev/null").ok();
        assertFalse(Files.isRegularFile(Path.of("/dev/null")));
        assertEquals(
                "hello\n",
                alice.mau("open", "hello.txt", "--output", "/dev/stdout").ok().out());
    }

    @Test
    void outputIntoNoDirectoryIsRefused() {
        alice.mau("share", "hello.txt", "--public").ok();
        alice.mau("open", "hello.txt", "--output", "no/where")
                .failed(ExitCode.NOT_FOUND, "mau: " + directory.resolve("no") + ": no such file or directory");
    }

    @Test
    void aReaderWhoLeftIsSaid() {
        alice.mau("share", "hello.txt", "--public").ok();
        Result result = alice.mau(new Broken(), new Stop(), "open", "hello.txt");
        assertEquals(ExitCode.DISK.code(), result.code());
        assertEquals(
                List.of("mau: standard output cannot be written; is its disk full, or did its reader go away?"),
                result.errors());
    }

    @Test
    void aTamperedFileIsNeverPrinted() throws IOException {
        alice.mau("share", "hello.txt", "--public").ok();
        Path file = alice.published("hello.txt.pgp");
        byte[] bytes = Files.readAllBytes(file);
        bytes[bytes.length / 2] ^= 1;
        Files.write(file, bytes);
        Result result = alice.mau("open", "hello.txt", "--output", "out.txt");
        assertEquals(ExitCode.NOT_VERIFIED.code(), result.code());
        assertTrue(result.err().startsWith("mau: hello.txt.pgp: "), result.err());
        assertEquals(1, result.errors().size());
        assertFalse(Files.exists(directory.resolve("out.txt")));
    }

    @Test
    void aFileThatIsNoMessageIsSaidToBeNone() throws IOException {
        alice.mau("share", "hello.txt", "--public").ok();
        Files.writeString(alice.published("junk.pgp"), "junk");
        alice.mau("open", "junk").failed(ExitCode.NOT_VERIFIED, "mau: junk.pgp is no OpenPGP message");
    }

    @Test
    void whatIsNotThereCannotBeOpenedOrDeleted() {
        String line = "mau: you have no file x.pgp; mau files lists what there is";
        alice.mau("open", "x").failed(ExitCode.NOT_FOUND, line);
        alice.mau("delete", "x").failed(ExitCode.NOT_FOUND, line);
        alice.mau("versions", "x").failed(ExitCode.NOT_FOUND, line);
        alice.mau("verify", "x").failed(ExitCode.NOT_FOUND, line);
        alice.mau("open", "x", "--fingerprint", "bob")
                .failed(
                        ExitCode.NOT_FOUND,
                        "mau: bob has no file x.pgp here; mau files --fingerprint " + bob.fingerprint()
                                + " lists what there is");
    }

    @Test
    void tellsWhoMayRead() {
        alice.mau("share", "hello.txt", "--with", "bob").ok();
        JsonObject file =
                alice.mau("files", "--json").ok().json().asArray().get(0).asObject();
        JsonObject reader = file.get("readers").asArray().get(0).asObject();
        assertEquals(bob.fingerprint().toString(), reader.getString("fingerprint", ""));
        alice.mau("unfriend", "bob").ok();
        String line = alice.mau("files").ok().out();
        assertTrue(line.contains("  unknown key 0x"), line);
    }

    @Test
    void aBigFileShowsItsProgressOnATerminalOnly() throws IOException {
        Files.write(directory.resolve("big"), new byte[2_000_000]);
        SteppingClock clock = new SteppingClock();
        alice.clock = clock;
        alice.terminal = new FakeTerminal();
        String watched = alice.mau("share", "big", "--private").ok().err();
        assertTrue(watched.contains("\r\u001B[Kbig.pgp  "), watched);
        assertTrue(watched.contains(" of 2.0 MB  "), watched);
        assertTrue(watched.endsWith("\r\u001B[K"), watched);
        assertEquals("", alice.mau("share", "big", "--private", "--quiet").ok().err());
        alice.terminal = Terminal.NONE;
        assertEquals("", alice.mau("share", "big", "--private").ok().err());
    }

    /** A standard output whose reader went away. */
    private static final class Broken extends ByteArrayOutputStream {
        @Override
        public void flush() throws IOException {
            throw new IOException("Broken pipe");
        }
    }
}
