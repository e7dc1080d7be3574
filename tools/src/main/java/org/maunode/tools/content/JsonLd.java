package org.maunode.tools.content;

import com.eclipsesource.json.JsonArray;
import com.eclipsesource.json.JsonObject;
import com.eclipsesource.json.JsonValue;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.maunode.identity.FileName;

/** JSON-LD as it is read here: without fetching contexts, names compared by what follows their prefix. */
public final class JsonLd {
    private JsonLd() {}

    /** Whether a file of this name promises JSON-LD. */
    public static boolean isPromisedBy(FileName name) {
        String content = name.contentName();
        return content.endsWith(".json") || content.endsWith(".jsonld");
    }

    /** The things that a document describes: itself, the elements of an array, or those of its {@code @graph}. */
    static List<JsonObject> things(JsonValue document) {
        if (document.isArray()) {
            return objects(document.asArray());
        }
        if (!document.isObject()) {
            return List.of();
        }
        JsonValue graph = document.asObject().get("@graph");
        return graph != null && graph.isArray() ? objects(graph.asArray()) : List.of(document.asObject());
    }

    private static List<JsonObject> objects(JsonArray array) {
        return array.values().stream()
                .filter(JsonValue::isObject)
                .map(JsonValue::asObject)
                .toList();
    }

    /** The types of a thing as they are written, most telling first. */
    static List<String> types(JsonObject thing) {
        List<String> types = new ArrayList<>();
        JsonValue written = thing.get("@type");
        if (written != null && written.isString()) {
            types.add(written.asString());
        } else if (written != null && written.isArray()) {
            written.asArray().values().stream()
                    .filter(JsonValue::isString)
                    .map(JsonValue::asString)
                    .forEach(types::add);
        }
        return types;
    }

    /** {@code Observation} of {@code schema:Observation} and of {@code https://schema.org/Observation}. */
    static String local(String term) {
        int cut = Math.max(term.lastIndexOf(':'), Math.max(term.lastIndexOf('/'), term.lastIndexOf('#')));
        return term.substring(cut + 1);
    }

    /** A property as text: a string, number or boolean, its {@code @value}, or the first of an array of such. */
    static Optional<String> text(JsonObject thing, String... names) {
        for (String name : names) {
            Optional<String> found = property(thing, name).flatMap(JsonLd::text);
            if (found.isPresent()) {
                return found;
            }
        }
        return Optional.empty();
    }

    /** A property that is a thing itself. */
    static Optional<JsonObject> thing(JsonObject thing, String name) {
        return property(thing, name)
                .map(value -> value.isArray() && !value.asArray().isEmpty()
                        ? value.asArray().get(0)
                        : value)
                .filter(JsonValue::isObject)
                .map(JsonValue::asObject);
    }

    private static Optional<JsonValue> property(JsonObject thing, String name) {
        return Optional.ofNullable(thing.get(name))
                .or(() -> Optional.ofNullable(thing.get("schema:" + name)))
                .or(() -> Optional.ofNullable(thing.get("https://schema.org/" + name)));
    }

    private static Optional<String> text(JsonValue value) {
        if (value.isString()) {
            return Optional.of(value.asString()).filter(text -> !text.isBlank());
        }
        if (value.isNumber() || value.isBoolean()) {
            return Optional.of(value.toString());
        }
        if (value.isArray()) {
            return value.asArray().values().stream()
                    .flatMap(element -> text(element).stream())
                    .findFirst();
        }
        return value.isObject()
                ? Optional.ofNullable(value.asObject().get("@value"))
                        .filter(inner -> !inner.isObject() && !inner.isArray())
                        .flatMap(JsonLd::text)
                : Optional.empty();
    }
}
