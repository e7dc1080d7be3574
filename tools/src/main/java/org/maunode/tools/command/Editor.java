package org.maunode.tools.command;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;
import org.maunode.runtime.ExitCode;
import org.maunode.tools.shell.Shell;
import org.maunode.tools.shell.ToolException;

/** The editor that the user has chosen. */
final class Editor {
    private final Shell shell;
    private final String program;

    private Editor(Shell shell, String program) {
        this.shell = shell;
        this.program = program;
    }

    /** {@code $VISUAL}, else {@code $EDITOR}. */
    static Editor of(Shell shell) {
        String program = Stream.of("VISUAL", "EDITOR")
                .map(name -> shell.environment().getOrDefault(name, ""))
                .filter(text -> !text.isBlank())
                .findFirst()
                .orElseThrow(() -> new ToolException(
                        ExitCode.USAGE,
                        "neither VISUAL nor EDITOR names an editor",
                        "or give the new content with --input FILE, or on standard input"));
        return new Editor(shell, program);
    }

    /** Lets the user edit {@code file}; through the shell, because the variables may hold arguments. */
    void edit(Path file) throws IOException, InterruptedException {
        Process editor = new ProcessBuilder("sh", "-c", program + " \"$1\"", "sh", file.toString())
                .inheritIO()
                .start();
        int status = editor.waitFor();
        if (status != 0) {
            throw new ToolException(
                    ExitCode.FAILED,
                    "the editor " + program + " ended with exit code " + status + "; nothing was changed");
        }
    }

    /** Asks whether to go on editing after {@code flaw}; without a person to ask, no. */
    boolean again(String flaw) throws IOException {
        if (!shell.terminal().isInput()) {
            return false;
        }
        shell.err().print("mau: " + flaw + "; edit again? [Y/n] ");
        shell.err().flush();
        Optional<String> answer = line();
        return answer.isPresent()
                && !answer.get().strip().toLowerCase(Locale.ROOT).startsWith("n");
    }

    private Optional<String> line() throws IOException {
        StringBuilder typed = new StringBuilder();
        int next = shell.in().read();
        while (next >= 0 && next != '\n') {
            typed.append((char) next);
            next = shell.in().read();
        }
        return next < 0 && typed.isEmpty() ? Optional.empty() : Optional.of(typed.toString());
    }
}
