package org.maunode.tools.command;

import com.eclipsesource.json.JsonObject;
import java.util.List;
import java.util.stream.Stream;
import org.maunode.identity.FileName;
import org.maunode.runtime.ExitCode;
import org.maunode.tools.account.Session;
import org.maunode.tools.output.Rows;
import org.maunode.tools.shell.ToolException;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Deletes own files with all their versions; copies that others hold stay with them. */
final class Delete implements Command {
    @Option(names = "--file", paramLabel = "NAME", description = "the same")
    List<String> flags = List.of();

    @Parameters(arity = "0..*", paramLabel = "NAME", description = "a file of your own; may be repeated")
    List<String> arguments = List.of();

    @Override
    public ExitCode run(Session session) {
        List<FileName> names = Stream.concat(flags.stream(), arguments.stream())
                .map(FileName::published)
                .toList();
        if (names.isEmpty()) {
            throw new ToolException(ExitCode.USAGE, "NAME is missing");
        }
        try (Rows rows = session.output().rows()) {
            names.forEach(name -> delete(session, rows, name));
        }
        return ExitCode.OK;
    }

    private static void delete(Session session, Rows rows, FileName name) {
        if (!session.store().delete(name)) {
            throw Owner.missing(session, session.account().fingerprint(), name);
        }
        rows.add(new JsonObject().add("deleted", name.value()), "deleted", name.value());
    }
}
