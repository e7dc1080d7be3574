package org.maunode.tools.content;

import com.eclipsesource.json.JsonArray;
import com.eclipsesource.json.JsonObject;
import com.eclipsesource.json.JsonValue;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;
import org.maunode.tools.output.Printable;

/**
 * What a document says, in the few words that fit a list: small, whatever the document's size.
 *
 * @param types as written, most telling first
 * @param title a name or headline
 * @param lines the body, a line each
 * @param fields value, unit and the like, by schema.org's names
 */
public record Description(List<String> types, Optional<String> title, List<String> lines, List<Field> fields) {
    private static final int MAX_TEXT = 1000;
    private static final int MAX_TITLE = 200;

    /** UN/CEFACT's code for a number without a unit. */
    private static final String ONE = "C62";

    /** A property and its text. */
    public record Field(String name, String value) {}

    public Description {
        types = List.copyOf(types);
        lines = List.copyOf(lines);
        fields = List.copyOf(fields);
    }

    /**
     * Describes the first thing of a document, and counts the others.
     *
     * @throws ContentException if the document is no JSON, or describes nothing
     */
    public static Description of(byte[] utf8) {
        List<JsonObject> things = JsonLd.things(StrictJson.parse(utf8));
        if (things.isEmpty()) {
            throw new ContentException("describes nothing");
        }
        Description first = describe(things.getFirst());
        return things.size() == 1 ? first : first.plus(things.subList(1, things.size()));
    }

    /** Whether {@code wanted} is one of the types, with or without prefix, in any case. */
    public boolean isA(String wanted) {
        return types.stream()
                .anyMatch(type ->
                        type.equalsIgnoreCase(wanted) || JsonLd.local(type).equalsIgnoreCase(wanted));
    }

    /** The most telling type without prefix; empty if there is none. */
    public Optional<String> type() {
        return types.stream().findFirst().map(JsonLd::local);
    }

    private Description plus(List<JsonObject> others) {
        List<String> all = Stream.concat(types.stream(), others.stream().flatMap(thing -> JsonLd.types(thing).stream()))
                .distinct()
                .toList();
        List<String> more = new ArrayList<>(lines);
        more.add("and " + others.size() + " more");
        return new Description(all, title, more, fields);
    }

    private static Description describe(JsonObject thing) {
        List<Field> fields = fields(thing);
        List<String> lines = new ArrayList<>();
        reading(fields).ifPresent(lines::add);
        status(thing).ifPresent(lines::add);
        parts(thing).ifPresent(lines::add);
        if (lines.isEmpty()) {
            JsonLd.text(thing, "articleBody", "text", "description", "abstract", "reviewBody", "caption")
                    .map(text -> Printable.cut(text, MAX_TEXT))
                    .ifPresent(text -> text.lines().forEach(lines::add));
        }
        return new Description(JsonLd.types(thing), title(thing), lines, fields);
    }

    private static Optional<String> title(JsonObject thing) {
        return JsonLd.text(thing, "headline", "name", "alternateName").map(text -> Printable.cut(text, MAX_TITLE));
    }

    private static List<Field> fields(JsonObject thing) {
        List<Field> fields = new ArrayList<>();
        for (String name :
                List.of("value", "unitText", "unitCode", "observationDate", "actionStatus", "datePublished")) {
            JsonLd.text(thing, name).ifPresent(text -> fields.add(new Field(name, Printable.cut(text, MAX_TITLE))));
        }
        JsonLd.thing(thing, "observationAbout")
                .flatMap(about -> JsonLd.text(about, "name"))
                .ifPresent(name -> fields.add(new Field("observationAbout", Printable.cut(name, MAX_TITLE))));
        JsonLd.text(thing, "mau:quality").ifPresent(text -> fields.add(new Field("mau:quality", text)));
        JsonLd.text(thing, "mau:resultCode").ifPresent(text -> fields.add(new Field("mau:resultCode", text)));
        return fields;
    }

    /** {@code 21.4 °C, Greenhouse (stale)}. */
    private static Optional<String> reading(List<Field> fields) {
        return value(fields, "value")
                .map(value -> value
                        + value(fields, "unitText")
                                .or(() -> value(fields, "unitCode").filter(code -> !code.equals(ONE)))
                                .map(unit -> " " + unit)
                                .orElse("")
                        + value(fields, "observationAbout")
                                .map(about -> ", " + about)
                                .orElse("")
                        + value(fields, "mau:quality")
                                .filter(quality -> !quality.equals("ok"))
                                .map(quality -> " (" + quality + ")")
                                .orElse(""));
    }

    private static Optional<String> value(List<Field> fields, String name) {
        return fields.stream()
                .filter(field -> field.name().equals(name))
                .map(Field::value)
                .findFirst();
    }

    /** An action: how it stands, and the description that says why. */
    private static Optional<String> status(JsonObject thing) {
        return JsonLd.text(thing, "actionStatus").map(status -> {
            String result = JsonLd.text(thing, "mau:resultCode")
                    .map(code -> " (" + code + ")")
                    .orElse("");
            String words = JsonLd.text(thing, "description")
                    .map(text -> ": " + Printable.cut(text, MAX_TITLE))
                    .orElse("");
            return JsonLd.local(status).replace("ActionStatus", "").toLowerCase(Locale.ROOT) + result + words;
        });
    }

    /** A device or a feed: what it is, and how many parts it has. */
    private static Optional<String> parts(JsonObject thing) {
        for (String name : List.of("additionalProperty", "dataFeedElement", "itemListElement")) {
            JsonValue parts = thing.get(name);
            if (parts != null && parts.isArray()) {
                return Optional.of(Stream.of(
                                JsonLd.text(thing, "description").map(text -> Printable.cut(text, MAX_TITLE)),
                                named(parts.asArray()))
                        .flatMap(Optional::stream)
                        .reduce((a, b) -> a + "; " + b)
                        .orElse(""));
            }
        }
        return Optional.empty();
    }

    private static Optional<String> named(JsonArray parts) {
        List<String> names = parts.values().stream()
                .filter(JsonValue::isObject)
                .flatMap(part -> JsonLd.text(part.asObject(), "name").stream())
                .limit(20)
                .toList();
        return Optional.of(names.isEmpty() ? parts.size() + " entries" : String.join(", ", names));
    }
}
