package org.maunode.tools.command;

import java.util.Optional;
import org.maunode.identity.FileName;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** The one file that a command is about; {@code .pgp} may be left out. */
final class NamedFile {
    @Option(names = "--file", paramLabel = "NAME", description = "the same")
    Optional<String> flag = Optional.empty();

    @Parameters(arity = "0..1", paramLabel = "NAME", description = "the file's name; .pgp may be left out")
    Optional<String> argument = Optional.empty();

    FileName name() {
        return FileName.published(Inputs.one("NAME", flag, argument));
    }
}
