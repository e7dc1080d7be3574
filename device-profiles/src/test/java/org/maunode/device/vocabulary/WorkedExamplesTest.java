package org.maunode.device.vocabulary;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.maunode.device.profile.Setting;

/** The examples of the manual are what the code writes; what it writes now lies in target/examples, to be copied there. */
final class WorkedExamplesTest {
    private static final Path DOCS = Path.of("..", "docs", "vocabulary");

    /** A document of the manual. */
    private record Example(String name, String text) {}

    private static List<Example> examples() {
        Batch hour = Hours.batch(
                "cpu-temperature",
                Hours.value(1, "21.4"),
                Hours.value(2, "21.6"),
                Hours.fault(3),
                Hours.value(4, "21.5"));
        return List.of(
                new Example("node", Scene.node(Scene.pi(), List.of(Scene.channel("cpu-temperature"), Orders.PUMP))),
                new Example("reading", Scene.reading(Scene.measured("cpu-temperature", "21.4"))),
                new Example("fault", Scene.reading(Scene.lost(Scene.measured("cpu-temperature", "21.4")))),
                new Example("batch", hour.toJson()),
                new Example("state", Orders.state(Orders.PUMP, Setting.ON).toJson()),
                new Example("command", Orders.on().toJson()),
                new Example("command-level", Orders.level().toJson()),
                new Example("result", Orders.result(ResultCode.APPLIED).toJson()),
                new Example("result-refused", Orders.result(ResultCode.DENIED).toJson()));
    }

    @ParameterizedTest
    @MethodSource("examples")
    void isWhatTheCodeWrites(Example example) throws IOException {
        Path now = Files.createDirectories(Path.of("target", "examples")).resolve(example.name() + ".jsonld");
        Files.writeString(now, example.text());
        assertEquals(Files.readString(DOCS.resolve(example.name() + ".jsonld")), example.text());
    }

    @Test
    void noExampleIsLeftOver() throws IOException {
        try (Stream<Path> files = Files.list(DOCS)) {
            List<String> found = files.map(file -> file.getFileName().toString())
                    .filter(name -> name.endsWith(".jsonld"))
                    .sorted()
                    .toList();
            assertEquals(
                    examples().stream()
                            .map(example -> example.name() + ".jsonld")
                            .sorted()
                            .toList(),
                    found);
        }
    }
}
