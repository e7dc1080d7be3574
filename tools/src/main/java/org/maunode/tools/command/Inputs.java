package org.maunode.tools.command;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.maunode.runtime.ExitCode;
import org.maunode.tools.shell.Shell;
import org.maunode.tools.shell.ToolException;

/** What commands are given: words that Go takes as flags and others as arguments, and small files. */
final class Inputs {
    private Inputs() {}

    /** The one value that was given, as a flag or as an argument. */
    static String one(String what, Optional<String> flag, Optional<String> argument) {
        return optional(what, flag, argument)
                .orElseThrow(() -> new ToolException(ExitCode.USAGE, what + " is missing"));
    }

    /** The value, if one was given. */
    static Optional<String> optional(String what, Optional<String> flag, Optional<String> argument) {
        if (flag.isPresent() && argument.isPresent()) {
            throw new ToolException(ExitCode.USAGE, what + " is given twice, as an option and as an argument");
        }
        return flag.or(() -> argument);
    }

    /** The values of a repeated flag or argument; Go separates them by commas, and blanks do no harm. */
    static List<String> many(List<String> flags, List<String> arguments) {
        List<String> all = new ArrayList<>();
        List.of(flags, arguments)
                .forEach(given -> given.forEach(word -> {
                    for (String one : word.split(",")) {
                        if (!one.isBlank()) {
                            all.add(one.strip());
                        }
                    }
                }));
        return all;
    }

    /** The bytes of a small file, or of standard input for {@code -}. */
    static byte[] small(Shell shell, String file, int maxBytes) throws IOException {
        byte[] bytes;
        try (InputStream in =
                file.equals("-") ? InputStream.nullInputStream() : Files.newInputStream(regular(shell.path(file)))) {
            bytes = file.equals("-") ? shell.in().readNBytes(maxBytes + 1) : in.readNBytes(maxBytes + 1);
        }
        if (bytes.length > maxBytes) {
            throw new ToolException(ExitCode.USAGE, file + " is larger than " + maxBytes + " bytes");
        }
        return bytes;
    }

    /** A path at which there is something to read. */
    static Path regular(Path file) throws IOException {
        if (!Files.exists(file)) {
            throw new NoSuchFileException(file.toString());
        }
        if (Files.isDirectory(file)) {
            throw new ToolException(ExitCode.USAGE, file + " is a directory, not a file");
        }
        return file;
    }
}
