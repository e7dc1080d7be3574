package org.maunode.tools.command;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Optional;
import org.maunode.identity.FileName;
import org.maunode.openpgp.OpenPgpException;
import org.maunode.openpgp.PublicIdentity;
import org.maunode.runtime.ExitCode;
import org.maunode.store.StoredFile;
import org.maunode.tools.account.Session;
import org.maunode.tools.shell.ToolException;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Verifies a file, and only then prints its content. */
final class Open implements Command {
    private static final int BUFFER = 1 << 16;

    @Mixin
    NamedFile file = new NamedFile();

    @Mixin
    Owner owner = new Owner();

    @Option(
            names = "--version",
            paramLabel = "HASH",
            description = "an old version: its hash, or enough of it to be the only one")
    Optional<String> version = Optional.empty();

    @Mixin
    Destination destination = new Destination();

    @Override
    public ExitCode run(Session session) throws IOException {
        FileName name = file.name();
        StoredFile stored = version.isPresent()
                ? VersionChoice.of(session, owner.fingerprint(session), name).only(version.get())
                : owner.file(session, name);
        PublicIdentity author = Owner.key(session, stored.owner());
        destination.write(session, out -> {
            OutputStream buffered = new BufferedOutputStream(out, BUFFER);
            open(session, stored, author, buffered);
            buffered.flush();
        });
        return ExitCode.OK;
    }

    /** Verifies {@code stored}, and then writes its content; a refusal names the file. */
    static void open(Session session, StoredFile stored, PublicIdentity author, OutputStream out) throws IOException {
        try {
            session.opener().open(stored.path(), author, out);
        } catch (OpenPgpException refused) {
            throw new ToolException(ExitCode.of(refused), stored.name() + ": " + refused.getMessage(), refused);
        }
    }
}
