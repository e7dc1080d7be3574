package org.maunode.tools.shell;

import java.io.InputStream;
import java.io.PrintStream;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.time.ZoneId;
import java.util.Map;
import org.maunode.runtime.ExitCode;

/**
 * Everything that a command sees of the world around it, so that a test can be that world.
 *
 * @param in standard input
 * @param out standard output: data, and nothing else
 * @param err standard error: speech
 * @param directory where relative paths begin
 * @param zone the zone of times that people read
 */
public record Shell(
        InputStream in,
        PrintStream out,
        PrintStream err,
        Map<String, String> environment,
        Terminal terminal,
        Path directory,
        InstantSource clock,
        ZoneId zone,
        Stop stop,
        Radios radios) {
    public Shell {
        environment = Map.copyOf(environment);
    }

    /** The path that {@code text} means here. */
    public Path path(String text) {
        try {
            return directory.resolve(text).normalize();
        } catch (InvalidPathException malformed) {
            throw new ToolException(ExitCode.USAGE, "\"" + text + "\" is no path", malformed);
        }
    }
}
