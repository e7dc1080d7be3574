package org.maunode.ble.session;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The specification and the tests know each other. */
class SpecificationTest {
    private static final Path TEXT = Path.of("..", "docs", "spec", "ble-session.md");
    private static final Path TESTS = Path.of("src", "test", "java");
    private static final Path CONVERSATION = Path.of("src/test/resources/vectors/ble-session/v1.txt");
    private static final Pattern REQUIREMENT = Pattern.compile("- \\*\\*BLE-SES-(\\d+)\\*\\*");
    private static final Pattern CITATION = Pattern.compile("BLE-SES-(\\d+)((?:, \\d+)*)(?: to (\\d+))?");

    @Test
    void citesEveryRequirementInATest() throws IOException {
        Set<Integer> required = new TreeSet<>();
        Matcher matcher = REQUIREMENT.matcher(Files.readString(TEXT));
        while (matcher.find()) {
            assertTrue(required.add(Integer.valueOf(matcher.group(1))), "twice: " + matcher.group());
        }
        assertTrue(required.size() > 40, required.size() + " requirements");
        assertEquals(required, cited());
    }

    private static Set<Integer> cited() throws IOException {
        try (Stream<Path> files = Files.walk(TESTS)) {
            Set<Integer> cited = new TreeSet<>();
            files.filter(file -> file.toString().endsWith("Test.java"))
                    .flatMapToInt(SpecificationTest::citations)
                    .forEach(cited::add);
            return cited;
        }
    }

    private static IntStream citations(Path file) {
        try {
            return CITATION.matcher(Files.readString(file)).results().flatMapToInt(found -> {
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
        String text = Files.readString(TEXT);
        Files.readAllLines(CONVERSATION).stream()
                .filter(line -> line.startsWith("says "))
                .map(line -> line.split(" ")[2])
                .forEach(frame -> assertTrue(text.contains(frame), frame));
    }
}
