package org.maunode.tools;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.eclipsesource.json.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.maunode.openpgp.Envelope;
import org.maunode.runtime.ExitCode;

/** Changing what was published; whatever happens, no plain text stays behind. */
class EditTest {
    private static final String POST =
            "{\"@context\": \"https://schema.org\", \"@type\": \"SocialMediaPosting\", \"headline\": \"Hello\"}";
    private static final String CHANGED = POST.replace("Hello", "Hello again");

    @TempDir
    Path directory;

    private Cli alice;
    private Cli bob;
    private Path runtime;

    @BeforeEach
    void begin() throws IOException {
        alice = Cli.with(directory, "alice");
        bob = Cli.with(directory, "bob");
        alice.befriend(bob);
        runtime = Files.createDirectory(directory.resolve("run"));
        alice.environment.put("XDG_RUNTIME_DIR", runtime.toString());
        alice.file("post.json", POST);
        alice.mau("share", "post.json", "--with", "bob").ok();
    }

    @AfterEach
    void nothingStaysBehind() throws IOException {
        for (Path place : List.of(runtime, alice.home.resolve(".mau-node"))) {
            try (Stream<Path> left = Files.list(place)) {
                assertEquals(
                        List.of(),
                        left.filter(path -> path.getFileName().toString().startsWith("mau-edit-"))
                                .toList());
            }
        }
    }

    /** An editor that is a script; {@code $1} is the file. */
    private void editor(String script) throws IOException {
        Path program = Files.writeString(directory.resolve("editor"), "#!/bin/sh\n" + script + "\n");
        Files.setPosixFilePermissions(program, PosixFilePermissions.fromString("rwx------"));
        alice.environment.put("EDITOR", program.toString());
        alice.terminal = new FakeTerminal();
    }

    private int versions() {
        return alice.mau("versions", "post.json", "--json")
                .ok()
                .json()
                .asArray()
                .size();
    }

    @Test
    void takesStandardInputAndSealsForTheSameReaders() throws IOException {
        JsonObject edited = alice.input(CHANGED)
                .mau("edit", "post.json", "--json")
                .ok()
                .json()
                .asObject();
        assertTrue(edited.getBoolean("changed", false));
        assertFalse(edited.getBoolean("public", true));
        assertEquals(1, edited.get("readers").asArray().size());
        assertEquals(CHANGED, alice.mau("open", "post.json").ok().out());
        assertEquals(2, versions());
    }

    @Test
    void aPublicFileStaysPublic() throws IOException {
        alice.mau("share", "post.json", "--name", "news.json", "--public").ok();
        alice.input(CHANGED).mau("edit", "news.json").ok();
        try (var in = Files.newInputStream(alice.published("news.json.pgp"))) {
            assertFalse(Envelope.read(in).sealed());
        }
    }

    @Test
    void whatIsUnchangedIsNotWritten() {
        Result result = alice.input(POST).mau("edit", "post.json").ok();
        assertEquals(List.of("mau: post.json.pgp is unchanged; nothing was written"), result.errors());
        assertEquals("", result.out());
        JsonObject json =
                alice.input(POST).mau("edit", "post.json", "--json").ok().json().asObject();
        assertFalse(json.getBoolean("changed", true));
        assertEquals(1, versions());
    }

    @Test
    void readersMayBeChosenAnew() {
        alice.input(POST).mau("edit", "post.json", "--private").ok();
        assertTrue(alice.mau("files").ok().out().endsWith("  private\n"));
    }

    @Test
    void brokenJsonIsRefusedWithItsPlace() {
        alice.input("{\"@context\": \"https://schema.org\",\n  \"name\" 1}")
                .mau("edit", "post.json")
                .failed(ExitCode.USAGE, "mau: post.json: line 2, column 10: expected ':'; --plain takes it as it is");
        assertEquals(1, versions());
    }

    @Test
    void jsonThatIsNoJsonLdIsRefusedUnlessItIsMeant() {
        alice.input("{\"a\": 1}")
                .mau("edit", "post.json")
                .failed(ExitCode.USAGE, "mau: post.json: has no \"@context\"; --plain takes it as it is");
        alice.input("{\"a\": 1}").mau("edit", "post.json", "--plain").ok();
        assertEquals("{\"a\": 1}", alice.mau("open", "post.json").ok().out());
    }

    @Test
    void warningsAreToldAndDoNotStop() {
        Result result = alice.input("{\"@context\":\"https://schema.org\",\"@type\":\"Thing\"}")
                .mau("edit", "post.json")
                .ok();
        assertEquals(
                List.of("mau: warning: post.json.pgp: nothing to show: none of"
                        + " name, headline, text, description, articleBody, caption"),
                result.errors());
    }

    @Test
    void otherFilesAreTakenAsTheyAre() {
        alice.file("notes.txt", "one");
        alice.mau("share", "notes.txt", "--private").ok();
        alice.input("{ no json").mau("edit", "notes.txt").ok();
        assertEquals("{ no json", alice.mau("open", "notes.txt").ok().out());
    }

    @Test
    void emptyStandardInputIsNoWishToEmptyTheFile() {
        alice.mau("edit", "post.json")
                .failed(
                        ExitCode.USAGE,
                        "mau: standard input is empty; nothing was changed; "
                                + "run it on a terminal to edit, or give the new content with --input FILE");
    }

    @Test
    void takesAFile() {
        alice.file("changed.json", CHANGED);
        alice.mau("edit", "post.json", "--input", "changed.json").ok();
        assertEquals(CHANGED, alice.mau("open", "post.json").ok().out());
        alice.mau("edit", "post.json", "--input", "gone.json")
                .failed(ExitCode.NOT_FOUND, "mau: " + directory.resolve("gone.json") + ": no such file or directory");
    }

    @Test
    void opensAnEditorOnAnOwnerOnlyCopyThatHasTheFilesName() throws IOException {
        editor("ls -l \"$1\" > " + directory.resolve("seen") + "; ls -ld \"$(dirname \"$1\")\" >> "
                + directory.resolve("seen") + "; sed -i 's/Hello/Hello again/' \"$1\"; echo backup > \"$1~\"");
        alice.mau("edit", "post.json").ok();
        assertEquals(CHANGED, alice.mau("open", "post.json").ok().out());
        List<String> seen = Files.readAllLines(directory.resolve("seen"));
        assertTrue(seen.get(0).startsWith("-rw-------"), seen.get(0));
        assertTrue(seen.get(0).endsWith("/post.json"), seen.get(0));
        assertTrue(seen.get(0).contains(runtime.toString()), seen.get(0));
        assertTrue(seen.get(1).startsWith("drwx------"), seen.get(1));
    }

    @Test
    void visualIsPreferredAndMayHoldArguments() throws IOException {
        editor("exit 9");
        alice.environment.put("VISUAL", "sed -i s/Hello/Bye/");
        alice.mau("edit", "post.json").ok();
        assertEquals(
                POST.replace("Hello", "Bye"),
                alice.mau("open", "post.json").ok().out());
    }

    @Test
    void anEditorThatFailsChangesNothing() throws IOException {
        editor("echo x > \"$1\"; exit 3");
        alice.mau("edit", "post.json")
                .failed(
                        ExitCode.FAILED,
                        "mau: the editor " + directory.resolve("editor")
                                + " ended with exit code 3; nothing was changed");
        assertEquals(1, versions());
    }

    @Test
    void withoutAnEditorItSaysWhatElseCanBeDone() {
        alice.terminal = new FakeTerminal();
        alice.mau("edit", "post.json")
                .failed(
                        ExitCode.USAGE,
                        "mau: neither VISUAL nor EDITOR names an editor; "
                                + "or give the new content with --input FILE, or on standard input");
    }

    @Test
    void aFlawIsShownAndTheFileEditedAgain() throws IOException {
        editor("if grep -q '^{$' \"$1\"; then printf '%s' '" + CHANGED + "' > \"$1\"; else echo '{' > \"$1\"; fi");
        Result result = alice.input("y\n").mau("edit", "post.json").ok();
        assertTrue(
                result.err()
                        .startsWith("mau: post.json: line 1, column 3: unexpected end of input; edit again? [Y/n] "),
                result.err());
        assertEquals(CHANGED, alice.mau("open", "post.json").ok().out());
    }

    @Test
    void aFlawMayBeDropped() throws IOException {
        editor("echo '{' > \"$1\"");
        for (String answer : List.of("n\n", "")) {
            Result result = alice.input(answer).mau("edit", "post.json");
            assertEquals(ExitCode.USAGE.code(), result.code());
        }
        assertEquals(1, versions());
    }

    @Test
    void makesANewFileForReadersThatAreSaid() {
        alice.input(POST)
                .mau("edit", "--new", "second.json")
                .failed(
                        ExitCode.USAGE,
                        "mau: who may read it is not said; choose --with WHO, --group GROUP, --public or --private");
        alice.input(POST).mau("edit", "--new", "second.json", "--public").ok();
        assertEquals(POST, alice.mau("open", "second.json").ok().out());
        alice.input(POST)
                .mau("edit", "--new", "second.json", "--public")
                .failed(ExitCode.USAGE, "mau: there is a file second.json.pgp already; leave out --new to edit it");
        alice.input(POST)
                .mau("edit", "third.json")
                .failed(
                        ExitCode.NOT_FOUND,
                        "mau: you have no file third.json.pgp; mau edit --new third.json.pgp --public makes one");
    }

    @Test
    void readersWhoAreUnknownAreNotDroppedSilently() throws IOException {
        alice.mau("unfriend", "bob").ok();
        long key = 0;
        try (var in = Files.newInputStream(alice.published("post.json.pgp"))) {
            key = Envelope.read(in).keyIds().getLast();
        }
        alice.input(CHANGED)
                .mau("edit", "post.json")
                .failed(
                        ExitCode.NOT_FOUND,
                        "mau: readers of post.json.pgp are not in the keyring: 0x%016x; ".formatted(key)
                                + "add their keys, or leave them out with --drop-unknown");
        alice.input(CHANGED).mau("edit", "post.json", "--drop-unknown").ok();
        assertTrue(alice.mau("files").ok().out().endsWith("  private\n"));
    }

    @Test
    void aChangeByAnotherProgramIsKeptAndTold() throws IOException {
        editor("exit 0");
        alice.file("other.json", POST.replace("Hello", "Meanwhile"));
        // The editor is the other program: it shares over the file that is being edited.
        String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        String share = java + " -cp '" + System.getProperty("java.class.path") + "' org.maunode.tools.Mau share "
                + directory.resolve("other.json") + " --name post.json --public";
        editor("MAU_HOME=" + alice.home + " MAU_PASSPHRASE_FILE=" + alice.environment.get("MAU_PASSPHRASE_FILE") + " "
                + share + " >/dev/null && sed -i 's/Hello/Hello again/' \"$1\"");
        Result result = alice.mau("edit", "post.json").ok();
        assertTrue(
                result.err()
                        .contains("mau: warning: post.json.pgp was changed by another program meanwhile; "
                                + "what it wrote is kept as an old version"),
                result.err());
        assertEquals(CHANGED, alice.mau("open", "post.json").ok().out());
        assertEquals(3, versions());
    }

    @Test
    void aTamperedFileIsNotEdited() throws IOException {
        Path file = alice.published("post.json.pgp");
        byte[] bytes = Files.readAllBytes(file);
        bytes[bytes.length - 30] ^= 1;
        Files.write(file, bytes);
        Result result = alice.input(CHANGED).mau("edit", "post.json");
        assertEquals(ExitCode.NOT_VERIFIED.code(), result.code());
        assertTrue(result.err().startsWith("mau: post.json.pgp: "), result.err());
    }
}
