package org.maunode.tools.account;

import java.util.Arrays;
import java.util.Optional;
import org.maunode.runtime.ExitCode;
import org.maunode.runtime.Passphrases;
import org.maunode.tools.shell.Shell;
import org.maunode.tools.shell.ToolException;

/** The passphrase: from a file, or from the person at the terminal; never from an argument. */
final class PassphraseSource {
    private final Passphrases files;
    private final Shell shell;

    PassphraseSource(Shell shell, Settings settings) {
        this.files = new Passphrases(settings.home(), settings.passphraseFile(), shell.environment());
        this.shell = shell;
    }

    /** For an account that exists. */
    char[] existing() {
        return files.find().orElseGet(() -> ask("passphrase: "));
    }

    /** For an account that is about to be made: typed twice. */
    char[] chosen() {
        return files.find().orElseGet(this::askTwice);
    }

    private char[] askTwice() {
        char[] first = ask("new passphrase: ");
        char[] second = ask("the same again: ");
        boolean same = Arrays.equals(first, second);
        Arrays.fill(second, '\0');
        if (!same) {
            Arrays.fill(first, '\0');
            throw new ToolException(ExitCode.WRONG_PASSPHRASE, "the two passphrases differ; nothing was made");
        }
        return first;
    }

    private char[] ask(String prompt) {
        Optional<char[]> typed = shell.terminal().password(prompt);
        char[] passphrase = typed.orElseThrow(() -> new ToolException(
                ExitCode.WRONG_PASSPHRASE,
                "no passphrase, and no terminal to ask for it",
                "name a file that holds it with --passphrase-file or MAU_PASSPHRASE_FILE"));
        if (passphrase.length == 0) {
            throw new ToolException(ExitCode.WRONG_PASSPHRASE, "an empty passphrase protects nothing");
        }
        return passphrase;
    }
}
