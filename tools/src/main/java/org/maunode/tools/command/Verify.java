package org.maunode.tools.command;

import java.util.Iterator;
import java.util.List;
import org.maunode.identity.FileName;
import org.maunode.identity.Fingerprint;
import org.maunode.runtime.ExitCode;
import org.maunode.store.StoredFile;
import org.maunode.tools.account.FileWalk;
import org.maunode.tools.account.People;
import org.maunode.tools.account.Readers;
import org.maunode.tools.account.Session;
import org.maunode.tools.output.Progress;
import org.maunode.tools.output.Quantities;
import org.maunode.tools.output.Rows;
import org.maunode.tools.shell.ToolException;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Checks that files are whole and signed by the owner of their directory, and tells who may read them. */
final class Verify implements Command {
    @Parameters(arity = "0..*", paramLabel = "NAME", description = "which files (default: all of the directory)")
    List<String> names = List.of();

    @Mixin
    Owner owner = new Owner();

    @Option(names = "--all", description = "your own files, and those of everybody you follow")
    boolean all;

    private long checked;
    private long bad;

    @Override
    public ExitCode run(Session session) {
        if (all && (!names.isEmpty() || owner.who.isPresent())) {
            throw new ToolException(ExitCode.USAGE, "--all leaves nothing to choose");
        }
        People people = session.people();
        try (Rows rows = session.output().rows();
                Progress progress = Progress.on(session.shell(), session.output())) {
            for (Fingerprint directory : directories(session)) {
                files(session, directory).forEachRemaining(file -> {
                    progress.update(() -> "verifying " + file.name());
                    check(session, people, rows, file);
                });
            }
        }
        session.output().say(Quantities.count(checked, "file") + " verified, " + bad + " bad");
        return bad == 0 ? ExitCode.OK : ExitCode.NOT_VERIFIED;
    }

    private List<Fingerprint> directories(Session session) {
        return all ? session.store().owners() : List.of(owner.fingerprint(session));
    }

    private Iterator<StoredFile> files(Session session, Fingerprint directory) {
        return names.isEmpty()
                ? FileWalk.all(session.store(), directory)
                : names.stream()
                        .map(FileName::published)
                        .map(name -> owner.file(session, name))
                        .iterator();
    }

    private void check(Session session, People people, Rows rows, StoredFile file) {
        Verification result = Verification.of(session, people, file);
        Readers readers = people.readers(file.envelope());
        checked++;
        switch (result) {
            case Verification.Good good ->
                rows.add(
                        readers.addTo(result.record(people, file)),
                        "good",
                        people.display(file.owner()),
                        file.name().value(),
                        session.output().time(good.signedAt()),
                        readers.describe());
            case Verification.Bad why -> {
                bad++;
                rows.add(
                        readers.addTo(result.record(people, file)),
                        "BAD",
                        people.display(file.owner()),
                        file.name().value(),
                        why.why());
            }
        }
    }
}
