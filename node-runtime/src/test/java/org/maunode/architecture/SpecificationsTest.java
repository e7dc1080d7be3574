package org.maunode.architecture;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The specifications and the tests know each other: every numbered requirement is cited by a test, and no other. */
class SpecificationsTest {
    private static final Path DOCS = Path.of("..", "docs");
    private static final Path TESTS = Path.of("src", "test", "java");

    /** @param least requirements that there are at least, so that a page that is not understood is noticed */
    @ParameterizedTest
    @CsvSource({
        "EX, spec/exchange.md, 40",
        "KC, spec/keeping-current.md, 25",
        "MD, spec/mdns.md, 30",
        "KD, spec/kademlia.md, 30",
        "KW, spec/kademlia-wire.md, 15",
        "RT, spec/router.md, 25",
        "CS, spec/control.md, 15",
        "CA, spec/cable.md, 20",
        "CK, clock.md, 20",
        "CM, spec/commands.md, 26",
    })
    void everyRequirementIsCitedByATestAndNoOther(String prefix, String page, int least) throws IOException {
        Set<String> required = found(
                Pattern.compile("(?<=- \\*\\*)" + prefix + "-\\d+(?=\\*\\*)"), Files.readString(DOCS.resolve(page)));
        assertTrue(required.size() >= least, required.toString());
        assertEquals(required, cited(prefix));
    }

    /** A range names a part of the page, and not what a test shows. */
    private static Set<String> cited(String prefix) throws IOException {
        Pattern citation = Pattern.compile("\\b" + prefix + "-\\d+(?: to (?:" + prefix + "-)?\\d+)?");
        try (Stream<Path> files = Files.walk(TESTS)) {
            return files.filter(file -> file.toString().endsWith(".java"))
                    .flatMap(file -> found(citation, read(file)).stream())
                    .filter(cited -> !cited.contains(" to "))
                    .collect(Collectors.toCollection(TreeSet::new));
        }
    }

    private static Set<String> found(Pattern pattern, String text) {
        return pattern.matcher(text).results().map(MatchResult::group).collect(Collectors.toCollection(TreeSet::new));
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }
}
