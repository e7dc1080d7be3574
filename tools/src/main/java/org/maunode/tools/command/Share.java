package org.maunode.tools.command;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.maunode.identity.FileName;
import org.maunode.openpgp.Sealer.Content;
import org.maunode.runtime.ExitCode;
import org.maunode.store.StoredFile;
import org.maunode.tools.account.Readers;
import org.maunode.tools.account.Records;
import org.maunode.tools.account.Session;
import org.maunode.tools.output.Quantities;
import org.maunode.tools.output.Rows;
import org.maunode.tools.shell.ToolException;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Seals or signs files and publishes them. */
final class Share implements Command {
    @Option(names = "--file", paramLabel = "FILE", description = "the same")
    Optional<String> flag = Optional.empty();

    @Parameters(
            arity = "0..*",
            paramLabel = "FILE",
            description = "what to publish, any number of files; - for standard input, which needs --name")
    List<String> arguments = List.of();

    @Option(names = "--name", paramLabel = "NAME", description = "publish under this name (default: the file's own)")
    Optional<String> name = Optional.empty();

    @Mixin
    Audience audience = new Audience();

    @Override
    public ExitCode run(Session session) throws IOException {
        if (arguments.size() > 1 && flag.isEmpty()) {
            shareAll(session);
            return ExitCode.OK;
        }
        String file = Inputs.one("FILE", flag, arguments.stream().findFirst());
        Readers readers = audience.readers(session);
        Publishing.tell(session, publish(session, file, readers), readers);
        return ExitCode.OK;
    }

    private void shareAll(Session session) throws IOException {
        if (name.isPresent() || arguments.contains("-")) {
            throw new ToolException(ExitCode.USAGE, "--name and standard input go with one file alone");
        }
        for (String file : arguments) {
            Inputs.regular(session.shell().path(file));
        }
        Readers readers = audience.readers(session);
        try (Rows rows = session.output().rows()) {
            for (String file : arguments) {
                StoredFile shared = publish(session, file, readers);
                rows.add(
                        readers.addTo(Records.file(shared)).add("changed", true),
                        shared.name().value(),
                        Quantities.bytes(shared.size()),
                        readers.describe());
            }
        }
    }

    private StoredFile publish(Session session, String file, Readers readers) throws IOException {
        FileName published = FileName.published(name.orElseGet(() -> nameOf(session, file)));
        Path path = session.shell().path(file);
        long size = file.equals("-") ? 0 : Files.size(Inputs.regular(path));
        Content content = file.equals("-") ? once(session.shell().in()) : () -> Files.newInputStream(path);
        return Publishing.publish(session, published, content, size, readers);
    }

    private static String nameOf(Session session, String file) {
        if (file.equals("-")) {
            throw new ToolException(ExitCode.USAGE, "standard input has no name", "give it one with --name NAME");
        }
        Path last = session.shell().path(file).getFileName();
        if (last == null) {
            throw new ToolException(ExitCode.USAGE, file + " is a directory, not a file");
        }
        return last.toString();
    }

    /** Standard input cannot be read again, and is not ours to close. */
    private static Content once(InputStream in) {
        return () -> new InputStream() {
            @Override
            public int read() throws IOException {
                return in.read();
            }

            @Override
            public int read(byte[] bytes, int offset, int length) throws IOException {
                return in.read(bytes, offset, length);
            }
        };
    }
}
