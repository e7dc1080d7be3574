package org.maunode.tools;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Arrows between the rooms of this module run one way: a room knows only those that stand before it. */
class ArchitectureTest {
    private static final Path SOURCES = Path.of("src", "main", "java", "org", "maunode", "tools");
    private static final List<String> ORDER = List.of(
            "shell", "output", "content", "account", "browse", "fetch", "radio", "order", "history", "command", "");
    private static final Pattern IMPORT = Pattern.compile("^import org\\.maunode\\.tools\\.(?:([a-z]+)\\.)?[A-Z].*");
    private static final int MAX_LINES = 300;

    private static List<Path> sources() throws IOException {
        try (Stream<Path> tree = Files.walk(SOURCES)) {
            return tree.filter(file -> file.toString().endsWith(".java")).toList();
        }
    }

    private static String room(Path source) {
        return SOURCES.relativize(source.getParent()).toString();
    }

    @Test
    void noArrowPointsForward() throws IOException {
        List<String> wrong = new ArrayList<>();
        for (Path source : sources()) {
            int place = ORDER.indexOf(room(source));
            assertTrue(place >= 0, () -> source + " is in a room without a place");
            for (String line : Files.readAllLines(source)) {
                Matcher imported = IMPORT.matcher(line);
                if (imported.matches() && ORDER.indexOf(imported.group(1) == null ? "" : imported.group(1)) > place) {
                    wrong.add(source.getFileName() + ": " + line);
                }
            }
        }
        assertEquals(List.of(), wrong);
    }

    @Test
    void everyRoomSaysWhatItIsForInOneSentence() throws IOException {
        for (String room : ORDER) {
            String text = Files.readString(SOURCES.resolve(room).resolve("package-info.java"));
            assertTrue(text.startsWith("/** "), room);
        }
    }

    @Test
    void filesStaySmall() throws IOException {
        for (Path source : sources()) {
            assertTrue(Files.readAllLines(source).size() <= MAX_LINES, () -> source + " is longer than " + MAX_LINES);
        }
    }
}
