package org.maunode.ble.dbus;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/**
 * Reads values as D-Bus marshals them; strict: what it accepts, {@link Encoder} writes again byte for byte. Limits: see
 * {@link Limits}.
 */
final class Decoder {
    private final ByteBuffer bytes;
    private int values;
    private int depth;

    /**
     * @param bytes from the start that alignment counts from, in the message's byte order
     */
    Decoder(ByteBuffer bytes) {
        this.bytes = bytes;
    }

    /** Reads values of these types in a row. */
    List<Value> values(String signature) {
        List<Value> read = new ArrayList<>();
        Signature.types(signature).forEach(type -> read.add(value(type)));
        return read;
    }

    Value value(String type) {
        values++;
        require(values <= Limits.VALUES, "more than " + Limits.VALUES + " values");
        char first = type.charAt(0);
        return switch (first) {
            case 'b' -> bool();
            case 'd' -> new Value.Real(Double.longBitsToDouble(whole('x')));
            case 's', 'o', 'g' -> text(first);
            case 'v' -> nested(this::variant);
            case '(' -> nested(() -> struct(type));
            case 'a' -> nested(() -> array(type));
            default -> new Value.Whole(first, whole(first));
        };
    }

    long whole(char type) {
        int width = Numbers.width(type);
        align(width);
        need(width);
        return switch (type) {
            case 'y' -> bytes.get() & 0xff;
            case 'n' -> bytes.getShort();
            case 'q' -> bytes.getShort() & 0xffff;
            case 'i' -> bytes.getInt();
            case 'u' -> bytes.getInt() & 0xffff_ffffL;
            default -> bytes.getLong();
        };
    }

    /** Skips padding, which must be zero. */
    void align(int boundary) {
        int padding = -bytes.position() & boundary - 1;
        need(padding);
        for (int i = 0; i < padding; i++) {
            require(bytes.get() == 0, "padding that is not zero");
        }
    }

    int position() {
        return bytes.position();
    }

    void end() {
        require(!bytes.hasRemaining(), bytes.remaining() + " bytes behind the last value");
    }

    private Value bool() {
        long value = whole('u');
        require(value <= 1, "a boolean of " + value);
        return new Value.Bool(value == 1);
    }

    private Value text(char type) {
        int length = length(whole(type == 'g' ? 'y' : 'u'));
        Value text = new Value.Text(type, Texts.decode(slice(length)));
        require(whole('y') == 0, "a string without its zero");
        return text;
    }

    private Value variant() {
        return new Value.Variant(value(Signature.single(text('g').asText())));
    }

    private Value struct(String type) {
        align(8);
        return new Value.Struct(values(type.substring(1, type.length() - 1)));
    }

    private Value array(String type) {
        int length = length(whole('u'));
        String element = type.substring(1);
        align(Signature.alignment(element.charAt(0)));
        need(length);
        if (element.equals("y")) {
            return byteArray(length);
        }
        int end = bytes.position() + length;
        return element.startsWith("{") ? dictionary(element, end) : sequence(element, end);
    }

    private Value byteArray(int length) {
        byte[] content = new byte[length];
        bytes.get(content);
        return new Value.Bytes(content);
    }

    private Value sequence(String element, int end) {
        List<Value> elements = new ArrayList<>();
        while (bytes.position() < end) {
            elements.add(value(element));
        }
        require(bytes.position() == end, "an array that ends within its last element");
        return new Value.Sequence(element, elements);
    }

    private Value dictionary(String entry, int end) {
        String key = entry.substring(1, 2);
        String value = entry.substring(2, entry.length() - 1);
        List<Value.Dictionary.Entry> entries = new ArrayList<>();
        while (bytes.position() < end) {
            align(8);
            deeper();
            entries.add(new Value.Dictionary.Entry(value(key), value(value)));
            depth--;
        }
        require(bytes.position() == end, "an array that ends within its last entry");
        return new Value.Dictionary(key, value, entries);
    }

    /** What a container within a container holds. */
    private interface Content {
        Value read();
    }

    private Value nested(Content content) {
        deeper();
        Value value = content.read();
        depth--;
        return value;
    }

    private void deeper() {
        depth++;
        require(depth <= Limits.DEPTH, "more than " + Limits.DEPTH + " containers within containers");
    }

    private int length(long claimed) {
        require(claimed <= Limits.ARRAY, "a length of " + claimed + " bytes");
        return (int) claimed;
    }

    private ByteBuffer slice(int length) {
        need(length);
        ByteBuffer slice = bytes.slice(bytes.position(), length);
        bytes.position(bytes.position() + length);
        return slice;
    }

    private void need(int length) {
        require(bytes.remaining() >= length, "a value that goes beyond the end");
    }

    private void require(boolean holds, String otherwise) {
        if (!holds) {
            throw new DBusException(
                    DBusException.Reason.MALFORMED, "message byte " + bytes.position() + ": " + otherwise);
        }
    }
}
