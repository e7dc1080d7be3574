package org.maunode.tools.command;

import com.eclipsesource.json.JsonObject;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import org.maunode.runtime.ExitCode;
import org.maunode.tools.account.Session;

/** Prints the version of this program. */
@picocli.CommandLine.Command
final class Version implements Command {
    private static final String RESOURCE = "version.txt";

    @Override
    public ExitCode run(Session session) throws IOException {
        String version = read();
        session.output().record(new JsonObject().add("version", version), "mau " + version);
        return ExitCode.OK;
    }

    private static String read() throws IOException {
        try (InputStream in = Version.class.getResourceAsStream(RESOURCE)) {
            return new String(in.readAllBytes(), StandardCharsets.US_ASCII).strip();
        }
    }
}
