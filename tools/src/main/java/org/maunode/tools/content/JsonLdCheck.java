package org.maunode.tools.content;

import com.eclipsesource.json.JsonObject;
import com.eclipsesource.json.JsonValue;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;

/**
 * Looks at a document before it is published. What makes it unreadable as JSON-LD is refused; what only makes it poorer
 * is told.
 */
public final class JsonLdCheck {
    private static final List<String> TITLES =
            List.of("name", "headline", "text", "description", "articleBody", "caption");
    private static final List<String> DATES =
            List.of("datePublished", "dateCreated", "dateModified", "observationDate", "startTime", "endTime");
    private static final List<String> CONTEXTS =
            List.of("https://schema.org", "https://schema.org/", "http://schema.org", "http://schema.org/");

    private JsonLdCheck() {}

    /**
     * Checks a document.
     *
     * @return what might be better, a line each
     * @throws ContentException if it is no JSON, or lacks {@code @context} or {@code @type}
     */
    public static List<String> check(byte[] utf8) {
        JsonValue document = StrictJson.parse(utf8);
        List<JsonObject> things = JsonLd.things(document);
        if (things.isEmpty()) {
            throw new ContentException("is neither an object nor an array of objects");
        }
        List<String> warnings = new ArrayList<>();
        boolean contextAbove = document.isObject() && has(document.asObject(), "@context");
        for (int i = 0; i < things.size(); i++) {
            String where = things.size() == 1 ? "" : "element " + (i + 1) + ": ";
            require(things.get(i), contextAbove, where);
            warn(things.get(i), where, warnings);
        }
        return warnings;
    }

    private static boolean has(JsonObject thing, String name) {
        return thing.get(name) != null;
    }

    private static void require(JsonObject thing, boolean contextAbove, String where) {
        if (!contextAbove && !has(thing, "@context")) {
            throw new ContentException(where + "has no \"@context\"");
        }
        if (JsonLd.types(thing).isEmpty()) {
            throw new ContentException(where + "has no \"@type\"");
        }
    }

    private static void warn(JsonObject thing, String where, List<String> warnings) {
        if (has(thing, "@context") && !thing.get("@context").toString().contains("schema.org")) {
            warnings.add(where + "\"@context\" does not name https://schema.org, which others read here");
        }
        warnAboutContexts(thing.get("@context"), where, warnings);
        if (TITLES.stream().noneMatch(name -> JsonLd.text(thing, name).isPresent())) {
            warnings.add(where + "nothing to show: none of " + String.join(", ", TITLES));
        }
        for (String date : DATES) {
            JsonLd.text(thing, date)
                    .filter(text -> !isDate(text))
                    .ifPresent(text -> warnings.add(where + date + " \"" + text + "\" is no ISO 8601 date or time"));
        }
    }

    private static void warnAboutContexts(JsonValue context, String where, List<String> warnings) {
        if (context == null) {
            return;
        }
        List<JsonValue> all = context.isArray() ? context.asArray().values() : List.of(context);
        all.stream()
                .filter(JsonValue::isString)
                .map(JsonValue::asString)
                .filter(url -> !CONTEXTS.contains(url))
                .forEach(url ->
                        warnings.add(where + "the context " + url + " would have to be fetched; write it inline"));
    }

    private static boolean isDate(String text) {
        try {
            return text.indexOf('T') < 0 ? LocalDate.parse(text) != null : OffsetDateTime.parse(text) != null;
        } catch (DateTimeException otherwise) {
            return false;
        }
    }
}
