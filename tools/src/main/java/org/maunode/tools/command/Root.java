package org.maunode.tools.command;

import java.util.Optional;
import java.util.logging.Level;
import org.maunode.runtime.ExitCode;
import org.maunode.runtime.NodeLog.Verbosity;
import org.maunode.tools.account.Session;
import org.maunode.tools.account.Settings;
import org.maunode.tools.output.Output;
import org.maunode.tools.shell.Shell;
import org.maunode.tools.shell.ToolException;
import picocli.CommandLine.Option;
import picocli.CommandLine.ScopeType;

/** What stands on every command line: options that may come before or behind the command's own. */
@picocli.CommandLine.Command(name = "mau", synopsisSubcommandLabel = "COMMAND")
public final class Root {
    @Option(
            names = "--home",
            paramLabel = "DIR",
            scope = ScopeType.INHERIT,
            description = "the account's directory (default: $MAU_HOME, else the current directory)")
    Optional<String> home = Optional.empty();

    @Option(
            names = "--passphrase-file",
            paramLabel = "FILE",
            scope = ScopeType.INHERIT,
            description =
                    "its first line opens the account (default: $MAU_PASSPHRASE_FILE, else the file that a node keeps in its home, else a question)")
    Optional<String> passphraseFile = Optional.empty();

    @Option(names = "--json", scope = ScopeType.INHERIT, description = "print data as one JSON document")
    boolean json;

    @Option(names = "--quiet", scope = ScopeType.INHERIT, description = "say nothing but warnings and errors")
    boolean quiet;

    @Option(
            names = "--log",
            paramLabel = "LEVEL",
            scope = ScopeType.INHERIT,
            description = "error, warn, info, debug or trace (default: warn)")
    Optional<String> log = Optional.empty();

    // Go's flag of this name; a secret in an argument is read by every process of the machine.
    @Option(names = "--passphrase", scope = ScopeType.INHERIT, hidden = true, arity = "0..1", fallbackValue = "")
    Optional<String> passphrase = Optional.empty();

    @Option(
            names = {"-h", "--help"},
            scope = ScopeType.INHERIT,
            usageHelp = true,
            description = "this text")
    boolean help;

    /** The session that these options describe. */
    public Session session(Shell shell) {
        if (passphrase.isPresent()) {
            throw new ToolException(
                    ExitCode.USAGE,
                    "a passphrase is never taken from an argument, where others can read it",
                    "put it into an owner-only file and name that with --passphrase-file");
        }
        String directory = home.or(() -> Optional.ofNullable(shell.environment().get("MAU_HOME")))
                .orElse("");
        Settings settings = new Settings(shell.path(directory), passphraseFile.map(shell::path));
        return new Session(shell, settings, new Output(shell, json, quiet));
    }

    /** How much of the log is told. */
    public Level logLevel() {
        return log.map(Root::level).orElse(Level.WARNING);
    }

    private static Level level(String name) {
        Verbosity verbosity = Verbosity.of(name)
                .orElseThrow(() ->
                        new ToolException(ExitCode.USAGE, "--log " + name + ": not error, warn, info, debug or trace"));
        return switch (verbosity) {
            case ERROR -> Level.SEVERE;
            case WARN -> Level.WARNING;
            case INFO -> Level.INFO;
            case DEBUG -> Level.FINE;
            case TRACE -> Level.FINEST;
        };
    }
}
