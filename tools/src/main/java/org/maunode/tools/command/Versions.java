package org.maunode.tools.command;

import org.maunode.runtime.ExitCode;
import org.maunode.store.StoredFile;
import org.maunode.tools.account.People;
import org.maunode.tools.account.Session;
import org.maunode.tools.output.Quantities;
import org.maunode.tools.output.Rows;
import picocli.CommandLine.Mixin;

/** Lists the versions of a file, newest first, with the time inside each signature. */
final class Versions implements Command {
    @Mixin
    NamedFile file = new NamedFile();

    @Mixin
    Owner owner = new Owner();

    @Override
    public ExitCode run(Session session) {
        VersionChoice choice = VersionChoice.of(session, owner.fingerprint(session), file.name());
        boolean good = true;
        try (Rows rows = session.output().rows()) {
            for (StoredFile version : choice.newestFirst()) {
                good &= add(session, rows, version, choice.isCurrent(version));
            }
        }
        return good ? ExitCode.OK : ExitCode.NOT_VERIFIED;
    }

    private static boolean add(Session session, Rows rows, StoredFile version, boolean current) {
        People people = session.people();
        Verification result = Verification.of(session, people, version);
        String when =
                switch (result) {
                    case Verification.Good good -> session.output().time(good.signedAt());
                    case Verification.Bad bad -> "not verified: " + bad.why();
                };
        rows.add(
                result.record(people, version).add("current", current),
                version.sum().toString(),
                Quantities.bytes(version.size()),
                when,
                current ? "current" : "");
        return result.isGood();
    }
}
