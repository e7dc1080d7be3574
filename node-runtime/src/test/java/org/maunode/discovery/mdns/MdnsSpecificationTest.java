package org.maunode.discovery.mdns;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The specification of mDNS and its tests know each other. */
class MdnsSpecificationTest {
    private static final Path TEXT = Path.of("..", "docs", "spec", "mdns.md");
    private static final Path TESTS = Path.of("src", "test", "java");
    private static final Pattern REQUIREMENT = Pattern.compile("(?<=- \\*\\*)MD-\\d+(?=\\*\\*)");
    private static final Pattern CITATION = Pattern.compile("MD-\\d+(?: to \\d+)?");

    @Test
    void everyRequirementIsCitedByATestAndNoOther() throws IOException {
        Set<String> required = found(REQUIREMENT, Files.readString(TEXT));
        assertTrue(required.size() > 30, required.toString());
        assertEquals(required, cited());
    }

    private static Set<String> cited() throws IOException {
        try (Stream<Path> files = Files.walk(TESTS)) {
            return files.filter(file -> file.toString().endsWith(".java"))
                    .filter(file -> !file.endsWith("MdnsSpecificationTest.java"))
                    .flatMap(file -> found(CITATION, read(file)).stream())
                    .filter(citation -> !citation.contains(" to "))
                    .collect(Collectors.toCollection(TreeSet::new));
        }
    }

    private static Set<String> found(Pattern pattern, String text) {
        return pattern.matcher(text)
                .results()
                .map(match -> match.group())
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }
}
