package org.maunode.device.vocabulary;

import com.eclipsesource.json.Json;
import com.eclipsesource.json.JsonArray;
import com.eclipsesource.json.JsonObject;
import com.eclipsesource.json.JsonValue;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** The vocabulary's worked examples, and ways to compare a document with them. */
final class Documents {
    private static final Path RESOURCES = Path.of("src/test/resources/org/maunode/device");

    private Documents() {}

    static JsonObject example(String name) {
        return read(RESOURCES.resolve("examples").resolve(name));
    }

    static JsonObject schemaOrg() {
        return read(RESOURCES.resolve("schemaorg-terms.json"));
    }

    static List<Path> examples() {
        try (Stream<Path> files = Files.list(RESOURCES.resolve("examples"))) {
            return files.sorted().toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static JsonObject read(Path file) {
        try {
            return Json.parse(Files.readString(file)).asObject();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The document without its values: keys in their order, kinds of values, and the words of JSON-LD itself. */
    static String structure(JsonValue value) {
        if (value.isObject()) {
            StringBuilder text = new StringBuilder("{");
            value.asObject().forEach(member -> text.append(member.getName())
                    .append(':')
                    .append(isFixed(member.getName()) ? member.getValue() : structure(member.getValue()))
                    .append(' '));
            return text.append('}').toString();
        }
        if (value.isArray()) {
            return "[" + String.join(" ", elements(value.asArray())) + "]";
        }
        return value.isString() ? "text" : value.isNumber() ? "number" : "literal";
    }

    private static List<String> elements(JsonArray array) {
        return array.values().stream().map(Documents::structure).distinct().toList();
    }

    private static boolean isFixed(String key) {
        return key.equals("@context") || key.equals("@type");
    }
}
