package org.maunode.tools.command;

import java.util.Optional;
import org.maunode.identity.Fingerprint;
import org.maunode.runtime.ExitCode;
import org.maunode.store.StoredFile;
import org.maunode.tools.account.FileWalk;
import org.maunode.tools.account.People;
import org.maunode.tools.account.Readers;
import org.maunode.tools.account.Records;
import org.maunode.tools.account.Session;
import org.maunode.tools.output.Quantities;
import org.maunode.tools.output.Rows;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Lists files and who may read them, without opening any. */
final class FilesCommand implements Command {
    @Option(names = "--fingerprint", paramLabel = "WHO", description = "the same")
    Optional<String> flag = Optional.empty();

    @Parameters(arity = "0..1", paramLabel = "WHO", description = "whose files (default: your own)")
    Optional<String> argument = Optional.empty();

    @Override
    public ExitCode run(Session session) {
        People people = session.people();
        Fingerprint owner = Inputs.optional("WHO", flag, argument)
                .map(people::named)
                .orElseGet(() -> session.account().fingerprint());
        try (Rows rows = session.output().rows("no files yet")) {
            FileWalk.all(session.store(), owner).forEachRemaining(file -> add(session, people, rows, file));
        }
        return ExitCode.OK;
    }

    private static void add(Session session, People people, Rows rows, StoredFile file) {
        Readers readers = people.readers(file);
        rows.add(
                readers.addTo(Records.file(file)),
                file.name().value(),
                Quantities.bytes(file.size()),
                session.output().time(file.modified()),
                readers.describe());
    }
}
