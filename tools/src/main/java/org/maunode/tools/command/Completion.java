package org.maunode.tools.command;

import org.maunode.runtime.ExitCode;
import org.maunode.tools.account.Session;
import picocli.AutoComplete;
import picocli.CommandLine;

/** Prints a script that completes this program's words: {@code source <(mau completion)}. */
@picocli.CommandLine.Command
final class Completion implements Command {
    @Override
    public ExitCode run(Session session) {
        CommandLine all = new CommandLine(new Root());
        for (Catalogue entry : Catalogue.values()) {
            all.addSubcommand(entry.word(), entry.make());
        }
        session.output().line(AutoComplete.bash("mau", all).strip());
        return ExitCode.OK;
    }
}
