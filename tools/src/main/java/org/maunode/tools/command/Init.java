package org.maunode.tools.command;

import java.util.Optional;
import org.maunode.openpgp.OpenPgpException;
import org.maunode.runtime.ExitCode;
import org.maunode.store.Account;
import org.maunode.tools.account.People;
import org.maunode.tools.account.Records;
import org.maunode.tools.account.Session;
import org.maunode.tools.shell.ToolException;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Makes an account. */
final class Init implements Command {
    @Option(names = "--name", description = "the same")
    Optional<String> nameFlag = Optional.empty();

    @Parameters(arity = "0..1", paramLabel = "NAME", description = "what friends call you")
    Optional<String> nameArgument = Optional.empty();

    @Option(names = "--email", description = "a mail address, if friends should know one")
    Optional<String> email = Optional.empty();

    @Override
    public ExitCode run(Session session) {
        String name = Inputs.one("--name NAME", nameFlag, nameArgument);
        Account made = make(session, name);
        var key = made.identity().publicIdentity();
        session.output()
                .record(
                        Records.person(key).add("home", session.home().toString()),
                        People.display(key) + "  " + key.fingerprint());
        session.output().say("made an account in " + session.home());
        session.output().say("back up " + session.home().resolve(".mau") + ": nobody can make this key again");
        return ExitCode.OK;
    }

    private Account make(Session session, String name) {
        try {
            return session.create(name, email.orElse(""));
        } catch (OpenPgpException unfit) {
            throw new ToolException(ExitCode.USAGE, unfit.getMessage(), unfit);
        }
    }
}
