package org.maunode.device.vocabulary;

import com.eclipsesource.json.JsonObject;
import com.eclipsesource.json.JsonValue;
import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.maunode.device.vocabulary.DocumentException.Reason;

/**
 * One object in somebody else's document; whoever looks for something that is not there, or is something else, hears where.
 *
 * @param place the keys that lead to it; empty for the document itself
 */
record Part(JsonObject json, String place) {
    /** Times that any clock of ours could mean. */
    private static final Instant EARLIEST = Instant.EPOCH;

    private static final Instant LATEST = Instant.parse("2200-01-01T00:00:00Z");

    Part {
        Objects.requireNonNull(json);
        Objects.requireNonNull(place);
    }

    static Part document(JsonObject json) {
        return new Part(json, "");
    }

    /** A reader of JSON-LD would take {@code mau:} for whatever the context says. */
    void requireContext() {
        if (!LinkedData.isContext(required("@context"))) {
            throw malformed("@context", "is not the one of this vocabulary");
        }
    }

    /** The words of {@code @type}, of which there may be one or several. */
    List<String> types() {
        JsonValue types = required("@type");
        List<JsonValue> words = types.isArray() ? types.asArray().values() : List.of(types);
        if (!words.stream().allMatch(JsonValue::isString)) {
            throw malformed("@type", "is not text");
        }
        return words.stream().map(JsonValue::asString).toList();
    }

    Optional<JsonValue> member(String key) {
        return Optional.ofNullable(json.get(key));
    }

    JsonValue required(String key) {
        return member(key).orElseThrow(() -> missing(key));
    }

    Optional<Part> part(String key) {
        return member(key).map(value -> {
            if (!value.isObject()) {
                throw malformed(key, "is not an object");
            }
            return new Part(value.asObject(), at(key));
        });
    }

    Part requiredPart(String key) {
        return part(key).orElseThrow(() -> missing(key));
    }

    Optional<String> text(String key) {
        return member(key).map(value -> {
            if (!value.isString()) {
                throw malformed(key, "is not text");
            }
            return value.asString();
        });
    }

    String requiredText(String key) {
        return text(key).orElseThrow(() -> missing(key));
    }

    /** Text that fits into a line. */
    Optional<String> line(String key, int most) {
        Optional<String> line = text(key);
        line.ifPresent(text -> {
            if (text.length() > most) {
                throw overLimit(key, "is longer than " + most + " characters");
            }
            if (text.codePoints().anyMatch(Character::isISOControl)) {
                throw malformed(key, "is more than one line of text");
            }
        });
        return line;
    }

    Optional<Instant> time(String key) {
        return text(key).map(text -> instant(key, text));
    }

    Instant requiredTime(String key) {
        return time(key).orElseThrow(() -> missing(key));
    }

    private Instant instant(String key, String text) {
        try {
            Instant time = Instant.parse(text);
            if (!time.isBefore(EARLIEST) && !time.isAfter(LATEST)) {
                return time;
            }
        } catch (DateTimeException malformed) {
            // Said below, as for a time that no clock shows.
        }
        throw malformed(key, "is no time from 1970 to 2200, written as 2026-11-23T08:16:00Z");
    }

    /** A whole number from 1 to {@link LinkedData#MAX_EXACT}. */
    Optional<Long> whole(String key) {
        return member(key).map(value -> {
            if (value.isNumber()) {
                BigDecimal number = new BigDecimal(value.toString());
                boolean inRange =
                        number.signum() > 0 && number.compareTo(BigDecimal.valueOf(LinkedData.MAX_EXACT)) <= 0;
                if (inRange && number.stripTrailingZeros().scale() <= 0) {
                    return number.longValueExact();
                }
            }
            throw malformed(key, "is not a whole number from 1 to " + LinkedData.MAX_EXACT);
        });
    }

    long requiredWhole(String key) {
        return whole(key).orElseThrow(() -> missing(key));
    }

    DocumentException missing(String key) {
        return new DocumentException(Reason.MISSING, at(key), "is missing");
    }

    DocumentException malformed(String key, String what) {
        return new DocumentException(Reason.MALFORMED, at(key), what);
    }

    DocumentException overLimit(String key, String what) {
        return new DocumentException(Reason.OVER_LIMIT, at(key), what);
    }

    private String at(String key) {
        return place.isEmpty() ? key : place + "/" + key;
    }
}
