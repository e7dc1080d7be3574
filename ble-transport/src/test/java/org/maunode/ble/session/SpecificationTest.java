package org.maunode.ble.session;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The specification and the tests know each other. */
class SpecificationTest {
    private static final Path PAGES = Path.of("..", "docs", "spec");
    private static final List<Path> TESTS = List.of(Path.of("src", "test", "java"), Path.of("src", "fakes", "java"));
    private static final Path CONVERSATION = Path.of("src/test/resources/vectors/ble-session/v1.txt");

    @ParameterizedTest
    @CsvSource({"ble-session.md, BLE-SES-, 40", "ble-gatt.md, BLE-GATT-, 25"})
    void citesEveryRequirementInATest(String page, String mark, int atLeast) throws IOException {
        Set<Integer> required = new TreeSet<>();
        Pattern requirement = Pattern.compile("- \\*\\*" + mark + "(\\d+)\\*\\*");
        Matcher matcher = requirement.matcher(Files.readString(PAGES.resolve(page)));
        while (matcher.find()) {
            assertTrue(required.add(Integer.valueOf(matcher.group(1))), "twice: " + matcher.group());
        }
        assertTrue(required.size() > atLeast, required.size() + " requirements");
        assertEquals(required, cited(mark));
    }

    private static Set<Integer> cited(String mark) throws IOException {
        Pattern citation = Pattern.compile(mark + "(\\d+)((?:, \\d+)*)(?: to (\\d+))?");
        Set<Integer> cited = new TreeSet<>();
        for (Path root : TESTS) {
            try (Stream<Path> files = Files.walk(root)) {
                files.filter(SpecificationTest::isTest)
                        .flatMapToInt(file -> citations(citation, file))
                        .forEach(cited::add);
            }
        }
        return cited;
    }

    /** A contract is a test of every implementation. */
    private static boolean isTest(Path file) {
        return file.toString().endsWith("Test.java") || file.toString().endsWith("Contract.java");
    }

    private static IntStream citations(Pattern citation, Path file) {
        try {
            return citation.matcher(Files.readString(file)).results().flatMapToInt(found -> {
                int first = Integer.parseInt(found.group(1));
                int last = found.group(3) == null ? first : Integer.parseInt(found.group(3));
                IntStream others = Stream.of(found.group(2).split(", "))
                        .filter(number -> !number.isEmpty())
                        .mapToInt(Integer::parseInt);
                return IntStream.concat(IntStream.rangeClosed(first, last), others);
            });
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    @Test
    void showsTheConversationOfTheVectors() throws IOException {
        String text = Files.readString(PAGES.resolve("ble-session.md"));
        Files.readAllLines(CONVERSATION).stream()
                .filter(line -> line.startsWith("says "))
                .map(line -> line.split(" ")[2])
                .forEach(frame -> assertTrue(text.contains(frame), frame));
    }
}
