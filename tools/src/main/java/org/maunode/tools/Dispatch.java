package org.maunode.tools;

import java.io.IOException;
import java.util.Arrays;
import java.util.Comparator;
import java.util.logging.Level;
import org.maunode.runtime.ExitCode;
import org.maunode.tools.account.Session;
import org.maunode.tools.command.Catalogue;
import org.maunode.tools.command.Command;
import org.maunode.tools.command.Root;
import org.maunode.tools.output.Printable;
import org.maunode.tools.shell.Shell;
import org.maunode.tools.shell.ToolException;
import picocli.CommandLine;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.ParseResult;

/** Finds the command that the words mean, fills in its options, runs it, and says in one line how it failed. */
final class Dispatch {
    /** How many letters may be wrong in a word that is still recognised. */
    private static final int TYPOS = 2;

    private final Shell shell;
    private final Words words;
    private Level level = Level.WARNING;

    Dispatch(Shell shell, Words words) {
        this.shell = shell;
        this.words = words;
    }

    ExitCode run() {
        try {
            return words.command().isEmpty()
                    ? overview()
                    : command(words.command().get());
        } catch (Throwable failure) {
            return explain(failure);
        }
    }

    /** Asked for, it is data; else it tells what an empty command line lacks. */
    private ExitCode overview() {
        Overview.print(words.asksForHelp() ? shell.out() : shell.err());
        return words.asksForHelp() ? ExitCode.OK : ExitCode.USAGE;
    }

    private ExitCode command(String word) throws IOException, InterruptedException {
        Root root = new Root();
        CommandLine line = line(root, entry(word));
        CommandLine asked = deepest(line.parseArgs(words.all().toArray(String[]::new)));
        if (asked.isUsageHelpRequested()) {
            asked.usage(shell.out(), Ansi.OFF);
            return ExitCode.OK;
        }
        return run(root, asked.getCommand());
    }

    private static Catalogue entry(String word) {
        return Catalogue.find(word).orElseThrow(() -> unknown(word));
    }

    private static ToolException unknown(String word) {
        String near = Arrays.stream(Catalogue.values())
                .map(Catalogue::word)
                .min(Comparator.comparingInt(known -> Typo.distance(known, word)))
                .filter(known -> Typo.distance(known, word) <= TYPOS)
                .map(known -> "did you mean " + known + "?")
                .orElse("mau --help lists the commands");
        return new ToolException(ExitCode.USAGE, "there is no command \"" + word + "\"", near);
    }

    private static CommandLine line(Root root, Catalogue entry) {
        CommandLine line = new CommandLine(root);
        CommandLine command = new CommandLine(entry.make());
        command.getCommandSpec()
                .usageMessage()
                .description(entry.summary())
                .abbreviateSynopsis(true)
                .sortOptions(false);
        command.getSubcommands().values().forEach(sub -> sub.getCommandSpec()
                .usageMessage()
                .abbreviateSynopsis(true)
                .sortOptions(false));
        return line.addSubcommand(entry.word(), command)
                .setExpandAtFiles(false)
                .setPosixClusteredShortOptionsAllowed(false)
                .setUnmatchedOptionsAllowedAsOptionParameters(false);
    }

    private static CommandLine deepest(ParseResult parsed) {
        ParseResult innermost = parsed;
        while (innermost.hasSubcommand()) {
            innermost = innermost.subcommand();
        }
        return innermost.commandSpec().commandLine();
    }

    private ExitCode run(Root root, Command command) throws IOException, InterruptedException {
        level = root.logLevel();
        try (SpeechLog _ = SpeechLog.start(shell.err(), level);
                Session session = root.session(shell)) {
            return command.run(session);
        }
    }

    private ExitCode explain(Throwable failure) {
        Failures meaning = Failures.of(failure);
        String advice = meaning.hint().map(hint -> "; " + hint).orElse("");
        shell.err().println("mau: " + Printable.line(meaning.line() + advice));
        if (meaning.isDefect() && level.intValue() <= Level.FINE.intValue()) {
            failure.printStackTrace(shell.err());
        }
        return meaning.code();
    }
}
