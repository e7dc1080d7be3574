package org.maunode.tools.command;

import java.util.ArrayList;
import java.util.List;
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
        List<String> lines = new ArrayList<>(List.of("Name:         " + Printable.line(self.name())));
        if (!self.email().isEmpty()) {
            lines.add("Email:        " + Printable.line(self.email()));
        }
        lines.add("Fingerprint:  " + self.fingerprint());
        lines.add("Created:      " + output.time(self.created()));
        lines.add("Home:         " + Printable.line(session.home().toString()));
        output.record(
                Records.person(self)
                        .add("created", self.created().toString())
                        .add("home", session.home().toString()),
                lines.toArray(String[]::new));
        return ExitCode.OK;
    }
}
