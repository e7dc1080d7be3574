package org.maunode.tools;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.eclipsesource.json.Json;
import com.eclipsesource.json.JsonValue;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.maunode.runtime.ExitCode;

/** What one run of the command line came to. */
record Result(int code, byte[] data, String err) {
    String out() {
        return new String(data, StandardCharsets.UTF_8);
    }

    List<String> lines() {
        return out().lines().toList();
    }

    List<String> errors() {
        return err.lines().toList();
    }

    JsonValue json() {
        return Json.parse(out());
    }

    /** Asserts that it went well; what went wrong is in the failure. */
    Result ok() {
        assertEquals(ExitCode.OK.code(), code, () -> err + out());
        return this;
    }

    /** Asserts that it failed with one line on standard error, and nothing on standard output. */
    Result failed(ExitCode expected, String line) {
        assertEquals(List.of(line), errors(), this::out);
        assertEquals("", out());
        assertEquals(expected.code(), code);
        return this;
    }
}
