package org.maunode.tools.command;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.maunode.openpgp.PublicIdentity;
import org.maunode.runtime.ExitCode;
import org.maunode.tools.account.Records;
import org.maunode.tools.account.Session;
import picocli.CommandLine.Mixin;

/** Prints the account's public key, armored. */
final class Export implements Command {
    @Mixin
    Destination destination = new Destination();

    @Override
    public ExitCode run(Session session) throws IOException {
        PublicIdentity self = session.self();
        if (session.output().isJson() && destination.file.isEmpty()) {
            session.output().record(Records.person(self).add("key", self.armored()));
            return ExitCode.OK;
        }
        destination.write(session, out -> out.write(self.armored().getBytes(StandardCharsets.US_ASCII)));
        return ExitCode.OK;
    }
}
