package org.maunode.ble.dbus;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;

/** Writes values as D-Bus marshals them, in one byte order, aligned to the start. */
final class Encoder {
    private ByteBuffer bytes;
    private int depth;

    Encoder(ByteOrder order) {
        bytes = ByteBuffer.allocate(256).order(order);
    }

    byte[] bytes() {
        byte[] written = new byte[bytes.position()];
        bytes.flip().get(written);
        return written;
    }

    int length() {
        return bytes.position();
    }

    Encoder values(List<Value> values) {
        values.forEach(this::value);
        return this;
    }

    Encoder value(Value value) {
        switch (value) {
            case Value.Bool(boolean truth) -> whole('u', truth ? 1 : 0);
            case Value.Whole(char type, long number) -> whole(type, number);
            case Value.Real(double number) -> whole('x', Double.doubleToRawLongBits(number));
            case Value.Text(char type, String text) -> text(type, text);
            case Value.Bytes array -> byteArray(array.value());
            case Value.Sequence(String element, List<Value> values) -> array(element.charAt(0), () -> values(values));
            case Value.Dictionary(String key, String type, List<Value.Dictionary.Entry> entries) ->
                array('{', () -> entries.forEach(this::entry));
            case Value.Struct(List<Value> values) -> struct(values);
            case Value.Variant(Value inner) -> variant(inner);
        }
        return this;
    }

    Encoder whole(char type, long number) {
        int width = Numbers.width(type);
        align(width);
        room(width);
        switch (width) {
            case 1 -> bytes.put((byte) number);
            case 2 -> bytes.putShort((short) number);
            case 4 -> bytes.putInt((int) number);
            default -> bytes.putLong(number);
        }
        return this;
    }

    Encoder raw(byte[] content) {
        room(content.length);
        bytes.put(content);
        return this;
    }

    /** Writes a number over what stands at a place. */
    void patch(int at, int number) {
        bytes.putInt(at, number);
    }

    void align(int boundary) {
        int padding = -bytes.position() & boundary - 1;
        room(padding);
        bytes.put(new byte[padding]);
    }

    private void text(char type, String text) {
        byte[] encoded = Texts.encode(text);
        whole(type == 'g' ? 'y' : 'u', encoded.length);
        raw(encoded);
        whole('y', 0);
    }

    private void byteArray(byte[] content) {
        whole('u', content.length);
        raw(content);
    }

    /** The length does not count the padding before the first element, which is there even if there is no element. */
    private void array(char element, Runnable elements) {
        whole('u', 0);
        int length = bytes.position() - Integer.BYTES;
        align(Signature.alignment(element));
        int start = bytes.position();
        nested(elements);
        patch(length, bytes.position() - start);
    }

    private void entry(Value.Dictionary.Entry entry) {
        struct(List.of(entry.key(), entry.value()));
    }

    private void struct(List<Value> values) {
        align(8);
        nested(() -> values(values));
    }

    private void variant(Value inner) {
        text('g', inner.signature());
        nested(() -> value(inner));
    }

    private void nested(Runnable content) {
        depth++;
        if (depth > Limits.DEPTH) {
            throw tooLarge("more than " + Limits.DEPTH + " containers within containers");
        }
        content.run();
        depth--;
    }

    private void room(int more) {
        if (more <= bytes.remaining()) {
            return;
        }
        if (more > Limits.MESSAGE - bytes.position()) {
            throw tooLarge("a message of more than " + Limits.MESSAGE + " bytes");
        }
        ByteBuffer larger = ByteBuffer.allocate(Math.max(2 * bytes.capacity(), bytes.position() + more));
        bytes = larger.order(bytes.order()).put(bytes.flip());
    }

    private static DBusException tooLarge(String what) {
        return new DBusException(DBusException.Reason.MALFORMED, what);
    }
}
