package org.maunode.tools.output;

import com.eclipsesource.json.JsonObject;
import com.eclipsesource.json.JsonValue;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/** What another program told, perhaps an older or a newer one: what is missing, or of another kind, is empty. */
public record Told(JsonObject json) {
    public Told {
        Objects.requireNonNull(json);
    }

    private Optional<JsonValue> value(String key) {
        return Optional.ofNullable(json.get(key));
    }

    /** Empty if there is none. */
    public String text(String key) {
        return value(key).filter(JsonValue::isString).map(JsonValue::asString).orElse("");
    }

    public boolean is(String key) {
        return value(key).filter(JsonValue::isTrue).isPresent();
    }

    /** 0 if there is none. */
    public long number(String key) {
        return value(key)
                .filter(JsonValue::isNumber)
                .map(number -> (long) number.asDouble())
                .orElse(0L);
    }

    public Optional<Instant> time(String key) {
        try {
            return Optional.of(text(key)).filter(text -> !text.isEmpty()).map(Instant::parse);
        } catch (DateTimeException malformed) {
            return Optional.empty();
        }
    }

    public Optional<Told> object(String key) {
        return value(key).filter(JsonValue::isObject).map(value -> new Told(value.asObject()));
    }

    /** The objects of an array. */
    public List<Told> list(String key) {
        return value(key).map(Told::objects).orElse(List.of());
    }

    /** The objects of an array; none if it is no array. */
    public static List<Told> objects(JsonValue array) {
        return array.isArray()
                ? array.asArray().values().stream()
                        .filter(JsonValue::isObject)
                        .map(value -> new Told(value.asObject()))
                        .toList()
                : List.of();
    }

    /** The texts of an array. */
    public List<String> texts(String key) {
        return value(key).filter(JsonValue::isArray).map(JsonValue::asArray).stream()
                .flatMap(array -> array.values().stream())
                .filter(JsonValue::isString)
                .map(JsonValue::asString)
                .toList();
    }
}
