package org.maunode.tools.command;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.maunode.device.profile.Suggestion;
import org.maunode.runtime.ExitCode;
import org.maunode.tools.history.Format;
import org.maunode.tools.shell.ToolException;

/** The format that several options may name; one at most. */
record FormatChoice(Optional<String> named, boolean csv, boolean plot) {
    /** @param json whether the option of every command asks for JSON */
    Format of(boolean json) {
        List<Format> asked = new ArrayList<>();
        named.map(FormatChoice::format).ifPresent(asked::add);
        if (csv) {
            asked.add(Format.CSV);
        }
        if (plot) {
            asked.add(Format.PLOT);
        }
        if (json) {
            asked.add(Format.JSON);
        }
        if (asked.stream().distinct().count() > 1) {
            throw new ToolException(ExitCode.USAGE, "two formats are asked for", "choose one");
        }
        return asked.isEmpty() ? Format.TABLE : asked.getFirst();
    }

    private static Format format(String word) {
        return Arrays.stream(Format.values())
                .filter(format -> word(format).equals(word))
                .findFirst()
                .orElseThrow(() -> new ToolException(
                        ExitCode.USAGE,
                        "there is no format \"" + word + "\"",
                        Suggestion.among(
                                Arrays.stream(Format.values())
                                        .map(FormatChoice::word)
                                        .toList(),
                                word)));
    }

    private static String word(Format format) {
        return format.name().toLowerCase(Locale.ROOT);
    }
}
