package org.maunode.tools.output;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.fail;

import com.eclipsesource.json.JsonObject;
import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.Map;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.maunode.tools.shell.Shell;
import org.maunode.tools.shell.Stop;
import org.maunode.tools.shell.Terminal;

class RowsTest {
    private static String printed(boolean json, Consumer<Rows> filling) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        PrintStream stream = new PrintStream(out, false, StandardCharsets.UTF_8);
        Shell shell = new Shell(
                InputStream.nullInputStream(),
                stream,
                stream,
                Map.of(),
                Terminal.NONE,
                Path.of("/"),
                InstantSource.system(),
                ZoneOffset.UTC,
                new Stop(),
                _ -> fail("nobody asks for Bluetooth"));
        try (Rows rows = new Output(shell, json, false).rows()) {
            filling.accept(rows);
        }
        return out.toString(StandardCharsets.UTF_8);
    }

    private static JsonObject record(int number) {
        return new JsonObject().add("n", number);
    }

    @Test
    void alignsColumnsByCharacters() {
        assertEquals("é     1\nlong  2\n", printed(false, rows -> {
            rows.add(record(1), "é", "1");
            rows.add(record(2), "long", "2");
        }));
    }

    @Test
    void theLastCellPushesNothingAside() {
        assertEquals("a  b  c\nx  a long reason\n", printed(false, rows -> {
            rows.add(record(1), "a", "b", "c");
            rows.add(record(2), "x", "a long reason");
        }));
    }

    @Test
    void anEmptyCellAtTheEndLeavesNoBlanks() {
        assertEquals("a\n", printed(false, rows -> rows.add(record(1), "a", "", "")));
    }

    @Test
    void jsonIsOneArrayWithARecordALine() {
        assertEquals("[]\n", printed(true, rows -> {}));
        assertEquals("[\n  {\"n\":1},\n  {\"n\":2}\n]\n", printed(true, rows -> {
            rows.add(record(1), "ignored");
            rows.add(record(2), "ignored");
        }));
    }

    @Test
    void cellsCannotLeaveTheirLine() {
        assertEquals("a\uFFFDb\n", printed(false, rows -> rows.add(record(1), "a\nb")));
    }
}
