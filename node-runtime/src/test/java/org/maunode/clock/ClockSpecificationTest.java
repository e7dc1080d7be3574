package org.maunode.clock;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The page on the clock and its tests know each other. */
class ClockSpecificationTest {
    private static final Path TEXT = Path.of("..", "docs", "clock.md");
    private static final Path TESTS = Path.of("src", "test", "java");
    private static final Pattern REQUIREMENT = Pattern.compile("- \\*\\*CK-(\\d+)\\*\\*");
    /** In the comment of one test; what a whole class is about is no citation. */
    private static final Pattern CITATION = Pattern.compile("(?m)^    /\\*\\* CK-(\\d+)(?: and CK-(\\d+))?[.:]");

    @Test
    void everyRequirementIsCitedByATestAndNoOther() throws IOException {
        Set<Integer> required = found(REQUIREMENT, Files.readString(TEXT));
        assertEquals(
                IntStream.rangeClosed(1, required.size()).boxed().collect(Collectors.toCollection(TreeSet::new)),
                required);
        assertEquals(required, cited());
    }

    private static Set<Integer> cited() throws IOException {
        try (Stream<Path> files = Files.walk(TESTS)) {
            return files.filter(file -> file.toString().endsWith(".java"))
                    .flatMap(file -> found(CITATION, read(file)).stream())
                    .collect(Collectors.toCollection(TreeSet::new));
        }
    }

    private static Set<Integer> found(Pattern pattern, String text) {
        return pattern.matcher(text)
                .results()
                .flatMap(ClockSpecificationTest::numbers)
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static Stream<Integer> numbers(MatchResult match) {
        return IntStream.rangeClosed(1, match.groupCount())
                .mapToObj(match::group)
                .filter(number -> number != null)
                .map(Integer::valueOf);
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }
}
