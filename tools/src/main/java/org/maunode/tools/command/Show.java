package org.maunode.tools.command;

import org.maunode.openpgp.PublicIdentity;
import org.maunode.runtime.ExitCode;
import org.maunode.tools.account.Records;
import org.maunode.tools.account.Session;
import org.maunode.tools.output.Output;
import org.maunode.tools.output.Printable;

/** Tells whose account this is. */
@picocli.CommandLine.Command
final class Show implements Command {
    @Override
    public ExitCode run(Session session) {
        PublicIdentity self = session.self();
        Output output = session.output();
        output.record(
                Records.person(self)
                        .add("created", self.created().toString())
                        .add("home", session.home().toString()),
                "Name:         " + Printable.line(self.name()),
                "Email:        " + Printable.line(self.email()),
                "Fingerprint:  " + self.fingerprint(),
                "Created:      " + output.time(self.created()),
                "Home:         " + Printable.line(session.home().toString()));
        return ExitCode.OK;
    }
}
