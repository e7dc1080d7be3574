package org.maunode.store;

import java.nio.charset.StandardCharsets;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import org.maunode.identity.InvalidNameException;

/** The name of a group, or its path from the top, {@code work/close}: each part is a directory's name. */
final class GroupName {
    /** Bytes of one part in UTF-8; the largest file name there is. */
    static final int MAX_BYTES = 255;

    private GroupName() {}

    /**
     * The directory of a group.
     *
     * @throws InvalidNameException if no group may have this name
     */
    static Path resolve(Path root, String group) {
        List<String> parts = List.of(group.split("/", -1));
        if (parts.size() > KeyReader.DEEPEST) {
            throw new InvalidNameException("group", group, "is nested deeper than " + KeyReader.DEEPEST + " groups");
        }
        Path directory = root;
        for (String part : parts) {
            check(group, part);
            directory = resolvePart(directory, group, part);
        }
        return directory;
    }

    private static Path resolvePart(Path directory, String group, String part) {
        try {
            return directory.resolve(part);
        } catch (InvalidPathException locale) {
            throw new InvalidNameException(
                    "group", group, "cannot be written in this system's locale; start with LC_ALL=C.UTF-8");
        }
    }

    private static void check(String group, String part) {
        if (part.isEmpty() || part.startsWith(".")) {
            throw new InvalidNameException("group", group, "has a part that is empty or begins with a dot");
        }
        if (part.codePoints().anyMatch(c -> c == '\\' || !isPrintable(c))) {
            throw new InvalidNameException("group", group, "contains a backslash or a control character");
        }
        if (part.getBytes(StandardCharsets.UTF_8).length > MAX_BYTES) {
            throw new InvalidNameException("group", group, "has a part longer than " + MAX_BYTES + " bytes");
        }
    }

    private static boolean isPrintable(int c) {
        return switch (Character.getType(c)) {
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.SURROGATE,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR -> false;
            default -> true;
        };
    }
}
