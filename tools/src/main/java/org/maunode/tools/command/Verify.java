package org.maunode.tools.command;

import com.eclipsesource.json.Json;
import com.eclipsesource.json.JsonArray;
import com.eclipsesource.json.JsonObject;
import java.io.IOException;
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

    @Override
    public ExitCode run(Session session) throws IOException {
        if (all && (!names.isEmpty() || owner.who.isPresent())) {
            throw new ToolException(ExitCode.USAGE, "--all leaves nothing to choose");
        }
        Count count = new Count(session);
        try (count) {
            if (names.isEmpty()) {
                directories(session, count);
            } else {
                named(session, count);
            }
        }
        session.output().say(Quantities.count(count.good, "good file") + ", " + count.bad + " bad");
        return count.bad == 0 ? ExitCode.OK : ExitCode.NOT_VERIFIED;
    }

    private void directories(Session session, Count count) throws IOException {
        List<Fingerprint> directories = all ? session.store().owners() : List.of(owner.fingerprint(session));
        for (Fingerprint directory : directories) {
            FileWalk.all(session.store(), directory).forEachRemaining(count::check);
            Strays.of(session, directory).forEach(name -> count.stray(directory, name));
        }
    }

    private void named(Session session, Count count) {
        Fingerprint directory = owner.fingerprint(session);
        for (String name : names) {
            count.check(Owner.file(session, directory, FileName.published(name)));
        }
    }

    /** Checks and prints one file after the other. */
    private static final class Count implements AutoCloseable {
        private final Session session;
        private final People people;
        private final Rows rows;
        private final Progress progress;
        private long good;
        private long bad;

        Count(Session session) {
            this.session = session;
            this.people = session.people();
            this.rows = session.output().rows();
            this.progress = Progress.on(session.shell(), session.output());
        }

        void check(StoredFile file) {
            progress.update(() -> "verifying " + file.name());
            Verification result = Verification.of(session, people, file);
            Readers readers = people.readers(file);
            JsonObject record = readers.addTo(result.record(people, file));
            switch (result) {
                case Verification.Good found ->
                    good(file, record, session.output().time(found.signedAt()), readers);
                case Verification.Bad found -> bad(file.owner(), file.name(), record, found.why());
            }
        }

        private void good(StoredFile file, JsonObject record, String signed, Readers readers) {
            good++;
            rows.add(record, "good", people.display(file.owner()), file.name().value(), signed, readers.describe());
        }

        private void bad(Fingerprint owner, FileName name, JsonObject record, String why) {
            bad++;
            rows.add(record, "BAD", people.display(owner), name.value(), why);
        }

        void stray(Fingerprint owner, FileName name) {
            String why = "no OpenPGP message";
            JsonObject record = new JsonObject()
                    .add("name", name.value())
                    .add("author", owner.toString())
                    .add("authorName", people.display(owner))
                    .add("verified", false)
                    .add("signedAt", Json.NULL)
                    .add("problem", why)
                    .add("public", false)
                    .add("readers", new JsonArray())
                    .add("unknownReaders", new JsonArray());
            bad(owner, name, record, why);
        }

        @Override
        public void close() {
            progress.close();
            rows.close();
        }
    }
}
