package org.maunode.tools;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.eclipsesource.json.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.maunode.openpgp.PublicIdentity;
import org.maunode.runtime.ExitCode;

/** An account from its making to the many ways in which it does not open. */
class AccountTest {
    @TempDir
    Path directory;

    @Test
    void isMadeAsGosPeerIsToldToMakeIt() throws IOException {
        Cli alice = new Cli(directory, "alice");
        Result made = alice.mau("init", "-name", "Alice A.", "-email", "alice@example.org")
                .ok();
        JsonObject shown = alice.mau("show", "--json").ok().json().asObject();
        assertEquals("Alice A.", shown.getString("name", ""));
        assertEquals("alice@example.org", shown.getString("email", ""));
        assertEquals("Alice A.  " + shown.getString("fingerprint", "") + "\n", made.out());
        assertEquals(
                List.of(
                        "mau: made an account in " + alice.home,
                        "mau: back up " + alice.home.resolve(".mau") + ": nobody can make this key again"),
                made.errors());
        Path account = alice.home.resolve(".mau/account.pgp");
        assertEquals("rw-------", PosixFilePermissions.toString(Files.getPosixFilePermissions(account)));
    }

    @Test
    void isMadeOnce() {
        Cli alice = Cli.with(directory, "alice");
        alice.mau("init", "Alice")
                .failed(
                        ExitCode.NO_ACCOUNT,
                        "mau: there is an account in " + alice.home + " already; mau show tells whose it is");
    }

    @Test
    void needsAName() {
        new Cli(directory, "alice").mau("init").failed(ExitCode.USAGE, "mau: --name NAME is missing");
        assertFalse(Files.exists(directory.resolve("alice")));
    }

    @Test
    void aNameThatCannotBeWrittenIntoAKeyIsRefused() {
        Result result = new Cli(directory, "alice").mau("init", "Alice <x>");
        assertEquals(ExitCode.USAGE.code(), result.code());
        assertEquals(List.of("mau: the name holds one of ( ) < > or a control character"), result.errors());
    }

    @Test
    void isFoundByOptionByEnvironmentAndInTheCurrentDirectory() {
        Cli alice = Cli.with(directory, "alice");
        String shown = alice.mau("show").ok().out();
        alice.environment.remove("MAU_HOME");
        assertEquals(shown, alice.mau("--home", "alice", "show").ok().out());
        assertEquals(shown, alice.mau("show", "--home=alice").ok().out());
        alice.mau("show")
                .failed(
                        ExitCode.NO_ACCOUNT,
                        "mau: there is no account in " + directory
                                + "; name its directory with --home, or make one with: mau init --name NAME");
    }

    @Test
    void aNodesOwnDirectoryBesideIsPointedTo() {
        Cli node = Cli.with(directory, "mau-home");
        node.environment.remove("MAU_HOME");
        node.mau("show")
                .failed(
                        ExitCode.NO_ACCOUNT,
                        "mau: there is no account in " + directory
                                + "; the node's is in mau-home: mau --home mau-home");
    }

    @Test
    void exportsAKeyThatIsItsOwn() {
        Cli alice = Cli.with(directory, "alice");
        Result exported = alice.mau("export").ok();
        assertEquals(alice.fingerprint(), PublicIdentity.parse(exported.data()).fingerprint());
        alice.mau("export", "-output", "key.asc").ok();
        assertEquals(exported.out(), read(directory.resolve("key.asc")));
        JsonObject json = alice.mau("export", "--json").ok().json().asObject();
        assertEquals(exported.out(), json.getString("key", ""));
    }

    @Test
    void aWrongPassphraseIsSaid() {
        Cli alice = Cli.with(directory, "alice");
        alice.file("wrong", "guess\n");
        Result result = alice.mau("show", "--passphrase-file", "wrong");
        assertEquals(ExitCode.WRONG_PASSPHRASE.code(), result.code());
        assertEquals(
                List.of(
                        "mau: warning: others can read the passphrase in " + directory.resolve("wrong")
                                + ": chmod 600 it",
                        "mau: the passphrase does not open " + alice.home.resolve(".mau/account.pgp")
                                + "; try again; was the right --home and --passphrase-file given?"),
                result.errors());
    }

    @Test
    void aMissingPassphraseFileIsSaid() {
        Cli alice = Cli.with(directory, "alice");
        Result result = alice.mau("show", "--passphrase-file", "nowhere");
        assertEquals(ExitCode.WRONG_PASSPHRASE.code(), result.code());
        assertEquals(
                List.of("mau: no passphrase in " + directory.resolve("nowhere")
                        + ": there is no such file; was the right --home and --passphrase-file given?"),
                result.errors());
    }

    @Test
    void nobodyIsAskedWithoutATerminal() {
        Cli alice = Cli.with(directory, "alice");
        alice.environment.remove("MAU_PASSPHRASE_FILE");
        alice.mau("show")
                .failed(
                        ExitCode.WRONG_PASSPHRASE,
                        "mau: no passphrase, and no terminal to ask for it; "
                                + "name a file that holds it with --passphrase-file or MAU_PASSPHRASE_FILE");
    }

    @Test
    void aPersonIsAskedOnATerminal() {
        Cli alice = Cli.with(directory, "alice");
        alice.environment.remove("MAU_PASSPHRASE_FILE");
        FakeTerminal terminal = new FakeTerminal(Cli.PASSPHRASE);
        alice.terminal = terminal;
        alice.mau("show").ok();
        assertEquals(List.of("passphrase: "), terminal.prompts);
    }

    @Test
    void aNewPassphraseIsTypedTwice() {
        Cli alice = new Cli(directory, "alice");
        alice.environment.remove("MAU_PASSPHRASE_FILE");
        alice.terminal = new FakeTerminal("one", "another");
        alice.mau("init", "Alice")
                .failed(ExitCode.WRONG_PASSPHRASE, "mau: the two passphrases differ; nothing was made");
        assertFalse(Files.exists(alice.home));
        FakeTerminal terminal = new FakeTerminal("one", "one", "one");
        alice.terminal = terminal;
        alice.mau("init", "Alice").ok();
        alice.mau("show").ok();
        assertEquals(List.of("new passphrase: ", "the same again: ", "passphrase: "), terminal.prompts);
    }

    @Test
    void anEmptyPassphraseIsNone() {
        Cli alice = new Cli(directory, "alice");
        alice.environment.remove("MAU_PASSPHRASE_FILE");
        alice.terminal = new FakeTerminal("");
        alice.mau("init", "Alice").failed(ExitCode.WRONG_PASSPHRASE, "mau: an empty passphrase protects nothing");
    }

    @Test
    void aPassphraseInAnArgumentIsRefusedBeforeItIsUsed() {
        Cli alice = Cli.with(directory, "alice");
        String line = "mau: a passphrase is never taken from an argument, where others can read it; "
                + "put it into an owner-only file and name that with --passphrase-file";
        alice.mau("show", "-passphrase", Cli.PASSPHRASE).failed(ExitCode.USAGE, line);
        alice.mau("show", "-passphrase=" + Cli.PASSPHRASE).failed(ExitCode.USAGE, line);
    }

    @Test
    void aBrokenAccountIsNamedWithWhatToDo() throws IOException {
        Cli alice = Cli.with(directory, "alice");
        Path account = alice.home.resolve(".mau/account.pgp");
        byte[] whole = Files.readAllBytes(account);
        for (int length : new int[] {0, 1, 20, whole.length / 2}) {
            Files.write(account, Arrays.copyOf(whole, length));
            Result result = alice.mau("show");
            assertEquals(ExitCode.NO_ACCOUNT.code(), result.code(), result.err());
            assertEquals(1, result.errors().size(), result.err());
            assertTrue(result.err().contains(account.toString()), result.err());
            assertTrue(result.err().contains("restore it from a backup"), result.err());
        }
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException failed) {
            throw new AssertionError(failed);
        }
    }
}
