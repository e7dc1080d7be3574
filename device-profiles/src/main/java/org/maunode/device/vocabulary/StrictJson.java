package org.maunode.device.vocabulary;

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
import java.util.Set;
import org.maunode.device.vocabulary.CommandException.Reason;

/** A small document of somebody else: UTF-8, no key twice in an object, nothing deeper, longer or more than its limits. */
final class StrictJson extends JsonHandler<JsonArray, JsonObject> {
    static final int MAX_BYTES = 16 * 1024;

    /** A command needs 3. */
    static final int MAX_NESTING = 8;

    /** Characters. */
    static final int MAX_STRING = 1000;

    /** Characters; {@code 1e400} has few, but is no number that a reader of doubles could hold. */
    static final int MAX_NUMBER = 32;

    private final Deque<Set<String>> keys = new ArrayDeque<>();
    private int nesting;
    private JsonValue last = Json.NULL;

    private StrictJson() {}

    /** @throws CommandException if it is not JSON, or more than a command may be */
    static JsonObject parse(byte[] utf8) {
        if (utf8.length > MAX_BYTES) {
            throw new CommandException(Reason.OVER_LIMIT, "the document", "is longer than " + MAX_BYTES + " bytes");
        }
        StrictJson handler = new StrictJson();
        try {
            new JsonParser(handler).parse(text(utf8));
        } catch (ParseException malformed) {
            throw flaw(Reason.NOT_JSON, "not JSON: " + said(malformed), malformed.getLocation());
        }
        if (!handler.last.isObject()) {
            throw new CommandException(Reason.MALFORMED, "the document", "is not an object");
        }
        return handler.last.asObject();
    }

    private static String text(byte[] utf8) {
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(utf8))
                    .toString();
        } catch (CharacterCodingException malformed) {
            throw new CommandException(Reason.NOT_JSON, "the document", "is not UTF-8 text");
        }
    }

    /** The parser's message ends in a place that is written out here anyway. */
    private static String said(ParseException malformed) {
        return malformed.getMessage().replaceFirst(" at \\d+:\\d+$", "");
    }

    private static CommandException flaw(Reason reason, String what, Location at) {
        return new CommandException(reason, "line " + at.line + ", column " + at.column, what);
    }

    private void enter() {
        if (++nesting > MAX_NESTING) {
            throw flaw(Reason.OVER_LIMIT, "is nested deeper than " + MAX_NESTING, getLocation());
        }
    }

    private void require(String text, int most, String what) {
        if (text.length() > most) {
            throw flaw(Reason.OVER_LIMIT, what + " is longer than " + most + " characters", getLocation());
        }
    }

    @Override
    public void endNull() {
        last = Json.NULL;
    }

    @Override
    public void endBoolean(boolean value) {
        last = Json.value(value);
    }

    @Override
    public void endString(String string) {
        require(string, MAX_STRING, "a text");
        last = Json.value(string);
    }

    @Override
    public void endNumber(String digits) {
        require(digits, MAX_NUMBER, "a number");
        if (!Double.isFinite(Double.parseDouble(digits))) {
            throw flaw(Reason.OVER_LIMIT, "the number " + digits + " is too large", getLocation());
        }
        last = Json.parse(digits);
    }

    @Override
    public JsonArray startArray() {
        enter();
        return new JsonArray();
    }

    @Override
    public void endArrayValue(JsonArray array) {
        array.add(last);
    }

    @Override
    public void endArray(JsonArray array) {
        nesting--;
        last = array;
    }

    @Override
    public JsonObject startObject() {
        enter();
        keys.push(new HashSet<>());
        return new JsonObject();
    }

    @Override
    public void endObjectName(JsonObject object, String name) {
        require(name, MAX_STRING, "a key");
        if (!keys.element().add(name)) {
            throw flaw(Reason.DUPLICATE_KEY, "the key \"" + name + "\" stands here a second time", getLocation());
        }
    }

    @Override
    public void endObjectValue(JsonObject object, String name) {
        object.add(name, last);
    }

    @Override
    public void endObject(JsonObject object) {
        nesting--;
        keys.pop();
        last = object;
    }
}
