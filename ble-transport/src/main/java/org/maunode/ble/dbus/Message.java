package org.maunode.ble.dbus;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * One message.
 *
 * <pre>
 *   byte order(1)  kind(1)  flags(1)  version 1(1)  length of the body(4)  serial(4)  fields a(yv)  padding to 8  body
 * </pre>
 *
 * @param flags {@link #NO_REPLY_EXPECTED} and others of the specification
 * @param serial not 0; 32 bits
 */
public record Message(Kind kind, int flags, int serial, Map<Field, Value> fields, List<Value> body) {
    /** The caller does not wait for an answer, and gets none. */
    public static final int NO_REPLY_EXPECTED = 1;

    /** The bus is not to start whoever should answer. */
    public static final int NO_AUTO_START = 2;

    /** What a message is. */
    public enum Kind {
        METHOD_CALL,
        METHOD_RETURN,
        ERROR,
        SIGNAL;

        int code() {
            return ordinal() + 1;
        }

        static Optional<Kind> ofCode(int code) {
            return code <= values().length ? Optional.of(values()[code - 1]) : Optional.empty();
        }
    }

    /** What may stand in a header. */
    public enum Field {
        PATH("o"),
        INTERFACE("s"),
        MEMBER("s"),
        ERROR_NAME("s"),
        REPLY_SERIAL("u"),
        DESTINATION("s"),
        SENDER("s"),
        SIGNATURE("g"),
        UNIX_FDS("u");

        private final String type;

        Field(String type) {
            this.type = type;
        }

        String type() {
            return type;
        }

        int code() {
            return ordinal() + 1;
        }

        static Optional<Field> ofCode(int code) {
            return code <= values().length ? Optional.of(values()[code - 1]) : Optional.empty();
        }
    }

    public Message {
        EnumMap<Field, Value> held = new EnumMap<>(Field.class);
        held.putAll(fields);
        held.remove(Field.SIGNATURE);
        body = List.copyOf(body);
        if (!body.isEmpty()) {
            held.put(Field.SIGNATURE, new Value.Text('g', Composites.of(body)));
        }
        fields = held;
        Headers.check(kind, serial, fields);
    }

    /** A field's text, or nothing where the message has no such field. */
    public String text(Field field) {
        return fields.containsKey(field) ? fields.get(field).asText() : "";
    }

    public String path() {
        return text(Field.PATH);
    }

    public String interfaceName() {
        return text(Field.INTERFACE);
    }

    public String member() {
        return text(Field.MEMBER);
    }

    /** The unique name of who sent it, as the bus wrote it. */
    public String sender() {
        return text(Field.SENDER);
    }

    /**
     * An argument by its place, from 0.
     *
     * @throws DBusException with {@code WRONG_TYPE} if there are not so many
     */
    public Value argument(int place) {
        if (place >= body.size()) {
            throw new DBusException(DBusException.Reason.WRONG_TYPE, member() + " came without argument " + place);
        }
        return body.get(place);
    }

    boolean expectsReply() {
        return kind == Kind.METHOD_CALL && (flags & NO_REPLY_EXPECTED) == 0;
    }

    int replySerial() {
        return (int) fields.get(Field.REPLY_SERIAL).asLong();
    }

    /**
     * The message as bytes, little-endian.
     *
     * @throws DBusException with {@code MALFORMED} if it is too large or too deep
     */
    byte[] encode() {
        return encode(ByteOrder.LITTLE_ENDIAN);
    }

    byte[] encode(ByteOrder order) {
        Encoder encoder = new Encoder(order);
        Headers.write(this, order, encoder);
        int start = encoder.length();
        encoder.values(body);
        encoder.patch(Headers.BODY_LENGTH_AT, encoder.length() - start);
        return encoder.bytes();
    }

    /**
     * Reads one whole message.
     *
     * @return nothing if it is of a kind that this version does not know, which is no mistake
     * @throws DBusException with {@code MALFORMED} if it is none
     */
    static Optional<Message> decode(byte[] bytes) {
        return Headers.read(ByteBuffer.wrap(bytes));
    }
}
