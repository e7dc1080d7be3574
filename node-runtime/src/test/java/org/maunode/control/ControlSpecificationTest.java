package org.maunode.control;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ControlSpecificationTest {
    private static final Path TEXT = Path.of("..", "docs", "spec", "control.md");

    @ParameterizedTest
    @ValueSource(strings = {"BUSY", "TIMED_OUT", "TOO_LONG", "NOT_UNDERSTOOD", "FAILED"})
    void everyReasonThatANodeGivesIsInTheSpecification(String reason) throws IOException {
        assertTrue(Files.readString(TEXT).contains("`" + reason + "`"), reason);
    }
}
