package org.maunode.discovery.kademlia;

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

/** The specification of the Kademlia engine and its tests know each other. */
class KademliaSpecificationTest {
    private static final Path TEXT = Path.of("..", "docs", "spec", "kademlia.md");
    private static final Path TESTS = Path.of("src", "test", "java");
    private static final Pattern REQUIREMENT = Pattern.compile("(?<=- \\*\\*)KD-\\d+(?=\\*\\*)");
    private static final Pattern CITATION = Pattern.compile("KD-\\d+");

    @Test
    void everyRequirementIsCitedByATestAndNoOther() throws IOException {
        Set<String> required = found(REQUIREMENT, Files.readString(TEXT));
        assertTrue(required.size() > 30, required.toString());
        assertEquals(required, cited());
    }

    private static Set<String> cited() throws IOException {
        try (Stream<Path> files = Files.walk(TESTS)) {
            return files.filter(file -> file.toString().endsWith(".java"))
                    .filter(file -> !file.endsWith("KademliaSpecificationTest.java"))
                    .flatMap(file -> found(CITATION, read(file)).stream())
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
