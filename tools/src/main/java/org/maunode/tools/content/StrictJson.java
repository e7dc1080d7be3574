package org.maunode.tools.content;

import com.eclipsesource.json.Json;
import com.eclipsesource.json.JsonArray;
import com.eclipsesource.json.JsonHandler;
import com.eclipsesource.json.JsonObject;
import com.eclipsesource.json.JsonParser;
import com.eclipsesource.json.JsonValue;
import com.eclipsesource.json.Location;
import com.eclipsesource.json.ParseException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.Locale;
import java.util.Set;

/**
 * JSON that every reader takes to mean the same: UTF-8, no name twice in an object, no number beyond a double (RFC 7493).
 * The parser's own nesting limit of 1,000 holds.
 */
public final class StrictJson {
    private StrictJson() {}

    /**
     * Reads a whole document.
     *
     * @throws ContentException that says what is wrong, and in which line and column
     */
    public static JsonValue parse(byte[] utf8) {
        return parse(text(utf8));
    }

    /** Reads a whole document. */
    public static JsonValue parse(String text) {
        Builder builder = new Builder();
        try {
            new JsonParser(builder).parse(text);
        } catch (ParseException malformed) {
            throw flaw(said(malformed), malformed.getLocation());
        }
        return builder.value;
    }

    private static String text(byte[] utf8) {
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(utf8))
                    .toString();
        } catch (CharacterCodingException malformed) {
            throw new ContentException("is not UTF-8 text");
        }
    }

    /** The parser's message ends in a place that is written out here anyway. */
    private static String said(ParseException malformed) {
        String words = malformed.getMessage();
        int place = words.lastIndexOf(" at ");
        return (place < 0 ? words : words.substring(0, place)).toLowerCase(Locale.ROOT);
    }

    private static ContentException flaw(String what, Location place) {
        return new ContentException("line " + place.line + ", column " + place.column + ": " + what);
    }

    private static final class Builder extends JsonHandler<JsonArray, JsonObject> {
        private final Deque<Set<String>> names = new ArrayDeque<>();
        private JsonValue value = Json.NULL;

        @Override
        public void endNull() {
            value = Json.NULL;
        }

        @Override
        public void endBoolean(boolean bool) {
            value = Json.value(bool);
        }

        @Override
        public void endString(String string) {
            value = Json.value(string);
        }

        @Override
        public void endNumber(String digits) {
            double number = Double.parseDouble(digits);
            if (Double.isInfinite(number)) {
                throw flaw("the number " + digits + " is too large", getLocation());
            }
            // Keeps the digits as they are written, as no conversion to a double would.
            value = Json.parse(digits);
        }

        @Override
        public JsonArray startArray() {
            return new JsonArray();
        }

        @Override
        public void endArrayValue(JsonArray array) {
            array.add(value);
        }

        @Override
        public void endArray(JsonArray array) {
            value = array;
        }

        @Override
        public JsonObject startObject() {
            names.push(new HashSet<>());
            return new JsonObject();
        }

        @Override
        public void endObjectName(JsonObject object, String name) {
            // Not object.get(name): that searches one by one behind the 255th.
            if (!names.element().add(name)) {
                throw flaw("the name \"" + name + "\" stands twice in one object", getLocation());
            }
        }

        @Override
        public void endObjectValue(JsonObject object, String name) {
            object.add(name, value);
        }

        @Override
        public void endObject(JsonObject object) {
            names.pop();
            value = object;
        }
    }
}
