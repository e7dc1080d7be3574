package org.maunode.device.profile;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The specification and the tests know each other: every numbered requirement is cited by a test, and no other. */
final class ProfileSpecificationTest {
    private static final Pattern REQUIRED = Pattern.compile("(?<=- \\*\\*)PR-\\d+(?=\\*\\*)");
    private static final Pattern CITED = Pattern.compile("\\bPR-\\d+");

    @Test
    void everyRequirementIsCitedByATestAndNoOther() throws IOException {
        Set<String> required = found(REQUIRED, Files.readString(Path.of("../docs/spec/profile.md")));
        assertTrue(required.size() >= 25, required.toString());
        Set<String> cited = new TreeSet<>();
        try (Stream<Path> files = Files.walk(Path.of("src/test/java"))) {
            for (Path file :
                    files.filter(each -> each.toString().endsWith(".java")).toList()) {
                cited.addAll(found(CITED, Files.readString(file)));
            }
        }
        assertEquals(required, cited);
    }

    private static Set<String> found(Pattern pattern, String text) {
        return pattern.matcher(text).results().map(MatchResult::group).collect(Collectors.toCollection(TreeSet::new));
    }
}
