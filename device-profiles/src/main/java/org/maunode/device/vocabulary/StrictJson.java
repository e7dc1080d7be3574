package org.maunode.device.vocabulary;

import com.eclipsesource.json.Json;
import com.eclipsesource.json.JsonArray;
import com.eclipsesource.json.JsonHandler;
import com.eclipsesource.json.JsonObject;
import com.eclipsesource.json.JsonParser;
import com.eclipsesource.json.JsonValue;
import com.eclipsesource.json.Location;
import com.eclipsesource.json.ParseException;
import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.Set;
import java.util.function.Consumer;
import org.maunode.device.vocabulary.DocumentException.Reason;

/** A small document of somebody else: UTF-8, no key twice in an object, nothing deeper, longer or more than its limits. */
final class StrictJson extends JsonHandler<JsonArray, JsonObject> {
    static final int MAX_BYTES = 16 * 1024;

    /** A command needs 3, a batch 4. */
    static final int MAX_NESTING = 8;

    /** Characters. */
    static final int MAX_STRING = 1000;

    /** Characters; {@code 1e400} has few, but is no number that a reader of doubles could hold. */
    static final int MAX_NUMBER = 32;

    /** Places before or behind the point; {@code 1e-999999999} would have as many zeros when it is written out. */
    static final int MAX_SCALE = 400;

    /** Values in a document, and in each element of its long list. */
    static final int MAX_VALUES = 1000;

    private final Deque<Set<String>> keys = new ArrayDeque<>();
    private final Set<String> lists;
    private final Consumer<JsonValue> elements;
    private int nesting;
    private String member = "";
    private int values;
    private int valuesBeforeList;
    private JsonValue last = Json.NULL;

    private StrictJson(Set<String> lists, Consumer<JsonValue> elements) {
        this.lists = lists;
        this.elements = elements;
    }

    /** @throws DocumentException if it is not JSON, or more than a small document may be */
    static JsonObject parse(byte[] utf8) {
        return parse(utf8, MAX_BYTES, Set.of(), _ -> {});
    }

    /**
     * Reads a document with a long list without ever holding all of it.
     *
     * @param lists the document's members whose elements are handed over as they come, and left out of what is returned
     */
    static JsonObject parse(byte[] utf8, int maxBytes, Set<String> lists, Consumer<JsonValue> elements) {
        if (utf8.length > maxBytes) {
            throw new DocumentException(Reason.OVER_LIMIT, "the document", "is longer than " + maxBytes + " bytes");
        }
        StrictJson handler = new StrictJson(lists, elements);
        try {
            new JsonParser(handler).parse(text(utf8));
        } catch (ParseException malformed) {
            throw flaw(Reason.NOT_JSON, "not JSON: " + said(malformed), malformed.getLocation());
        }
        if (!handler.last.isObject()) {
            throw new DocumentException(Reason.MALFORMED, "the document", "is not an object");
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
            throw new DocumentException(Reason.NOT_JSON, "the document", "is not UTF-8 text");
        }
    }

    /** The parser's message ends in a place that is written out here anyway. */
    private static String said(ParseException malformed) {
        return malformed.getMessage().replaceFirst(" at \\d+:\\d+$", "");
    }

    private static DocumentException flaw(Reason reason, String what, Location at) {
        return new DocumentException(reason, "line " + at.line + ", column " + at.column, what);
    }

    private void enter() {
        count();
        if (++nesting > MAX_NESTING) {
            throw flaw(Reason.OVER_LIMIT, "is nested deeper than " + MAX_NESTING, getLocation());
        }
    }

    private void count() {
        if (++values > MAX_VALUES) {
            throw flaw(Reason.OVER_LIMIT, "there are more than " + MAX_VALUES + " values", getLocation());
        }
    }

    private boolean isInList() {
        return nesting == 2 && lists.contains(member);
    }

    private void require(String text, int most, String what) {
        if (text.length() > most) {
            throw flaw(Reason.OVER_LIMIT, what + " is longer than " + most + " characters", getLocation());
        }
    }

    @Override
    public void endNull() {
        count();
        last = Json.NULL;
    }

    @Override
    public void endBoolean(boolean value) {
        count();
        last = Json.value(value);
    }

    @Override
    public void endString(String string) {
        count();
        require(string, MAX_STRING, "a text");
        last = Json.value(string);
    }

    @Override
    public void endNumber(String digits) {
        count();
        require(digits, MAX_NUMBER, "a number");
        if (!Double.isFinite(Double.parseDouble(digits)) || !isShort(digits)) {
            throw flaw(Reason.OVER_LIMIT, "the number " + digits + " is too large or too small", getLocation());
        }
        last = Json.parse(digits);
    }

    private static boolean isShort(String digits) {
        try {
            return Math.abs((long) new BigDecimal(digits).scale()) <= MAX_SCALE;
        } catch (NumberFormatException exponentOfMoreThan32Bits) {
            return false;
        }
    }

    @Override
    public JsonArray startArray() {
        enter();
        if (isInList()) {
            valuesBeforeList = values;
        }
        return new JsonArray();
    }

    @Override
    public void endArrayValue(JsonArray array) {
        if (isInList()) {
            elements.accept(last);
            values = valuesBeforeList;
        } else {
            array.add(last);
        }
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
        if (nesting == 1) {
            member = name;
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
