package org.maunode.tools;

import java.io.PrintStream;
import org.maunode.runtime.ExitCode;
import org.maunode.tools.command.Catalogue;

/** What {@code mau --help} says. Needs nothing but itself, so that it is there at once. */
final class Overview {
    private static final int COLUMN = 12;

    private Overview() {}

    static void print(PrintStream out) {
        out.println("usage: mau [--home DIR] COMMAND [OPTION]... [ARGUMENT]...");
        out.println();
        out.println("Your account, your friends, your files: signed and sealed in a directory of yours, and synced.");
        out.println();
        for (Catalogue entry : Catalogue.values()) {
            row(out, entry.word(), entry.summary());
        }
        row(out, "help", "tell more of a command: mau help COMMAND");
        out.println();
        out.println("Exit codes:");
        for (ExitCode code : ExitCode.values()) {
            row(out, String.valueOf(code.code()), code.meaning());
        }
    }

    private static void row(PrintStream out, String word, String meaning) {
        out.println("  " + word + " ".repeat(COLUMN - word.length()) + meaning);
    }
}
