package org.maunode.ble.dbus;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.maunode.ble.dbus.Message.Field;
import org.maunode.ble.dbus.Message.Kind;

/** What stands before a message's body (D-Bus specification 0.43, "Message Format"). */
final class Headers {
    /** Bytes after which a message's length is known. */
    static final int FIXED = 16;

    static final int BODY_LENGTH_AT = 4;
    private static final int FIELDS_LENGTH_AT = 12;
    private static final int PROTOCOL = 1;
    private static final String FIELDS_TYPE = "a(yv)";
    private static final Map<Kind, Set<Field>> REQUIRED = Map.of(
            Kind.METHOD_CALL, Set.of(Field.PATH, Field.MEMBER),
            Kind.SIGNAL, Set.of(Field.PATH, Field.INTERFACE, Field.MEMBER),
            Kind.METHOD_RETURN, Set.of(Field.REPLY_SERIAL),
            Kind.ERROR, Set.of(Field.REPLY_SERIAL, Field.ERROR_NAME));

    private Headers() {}

    /**
     * How long a message is whose first {@link #FIXED} bytes these are.
     *
     * @throws DBusException with {@code MALFORMED} if it is longer than {@link Limits#MESSAGE}, or none
     */
    static int length(ByteBuffer start) {
        ByteBuffer bytes = start.duplicate().order(order(start.get(start.position())));
        long fields = bytes.getInt(start.position() + FIELDS_LENGTH_AT) & 0xffff_ffffL;
        long body = bytes.getInt(start.position() + BODY_LENGTH_AT) & 0xffff_ffffL;
        long length = FIXED + fields + (-fields & 7) + body;
        require(length <= Limits.MESSAGE, "a message of " + length + " bytes");
        return (int) length;
    }

    private static ByteOrder order(byte mark) {
        require(mark == 'l' || mark == 'B', "a message that begins with " + (mark & 0xff));
        return mark == 'l' ? ByteOrder.LITTLE_ENDIAN : ByteOrder.BIG_ENDIAN;
    }

    static void write(Message message, ByteOrder order, Encoder encoder) {
        encoder.whole('y', order == ByteOrder.LITTLE_ENDIAN ? 'l' : 'B');
        encoder.whole('y', message.kind().code());
        encoder.whole('y', message.flags());
        encoder.whole('y', PROTOCOL);
        encoder.whole('u', 0);
        encoder.whole('u', message.serial() & 0xffff_ffffL);
        List<Value> fields = new ArrayList<>();
        message.fields().forEach((field, value) -> fields.add(field(field, value)));
        encoder.value(new Value.Sequence("(yv)", fields));
        encoder.align(8);
    }

    private static Value field(Field field, Value value) {
        return new Value.Struct(List.of(new Value.Whole('y', field.code()), Value.variant(value)));
    }

    static Optional<Message> read(ByteBuffer bytes) {
        require(bytes.remaining() >= FIXED, "a message of " + bytes.remaining() + " bytes");
        require(length(bytes) == bytes.remaining(), "a message of another length than it says");
        Decoder decoder = new Decoder(bytes.order(order(bytes.get(0))));
        decoder.whole('y');
        int kind = (int) decoder.whole('y');
        int flags = (int) decoder.whole('y');
        require(decoder.whole('y') == PROTOCOL, "a message of another protocol");
        long bodyLength = decoder.whole('u');
        int serial = (int) decoder.whole('u');
        require(kind != 0, "a message of kind 0");
        Map<Field, Value> fields = fields(decoder);
        decoder.align(8);
        require(bodyLength == bytes.remaining(), "a body of another length than it says");
        List<Value> body = body(decoder, fields);
        return Kind.ofCode(kind).map(known -> new Message(known, flags, serial, fields, body));
    }

    private static Map<Field, Value> fields(Decoder decoder) {
        Map<Field, Value> fields = new EnumMap<>(Field.class);
        for (Value each : decoder.value(FIELDS_TYPE).asList()) {
            int code = (int) each.asList().get(0).asLong();
            Value value = ((Value.Variant) each.asList().get(1)).value();
            require(code != 0, "a header field 0");
            Field.ofCode(code)
                    .ifPresent(field -> require(
                            value.signature().equals(field.type()) && fields.put(field, value) == null,
                            "a wrong " + field));
        }
        return fields;
    }

    private static List<Value> body(Decoder decoder, Map<Field, Value> fields) {
        String signature = fields.containsKey(Field.SIGNATURE)
                ? fields.get(Field.SIGNATURE).asText()
                : "";
        List<Value> body = decoder.values(signature);
        decoder.end();
        return body;
    }

    /** What every message keeps, ours and others'. */
    static void check(Kind kind, int serial, Map<Field, Value> fields) {
        require(serial != 0, "a message without a serial");
        require(fields.keySet().containsAll(REQUIRED.get(kind)), kind + " without one of " + REQUIRED.get(kind));
        fields.forEach(Headers::check);
    }

    private static void check(Field field, Value value) {
        switch (field) {
            case PATH -> require(!value.asText().equals("/org/freedesktop/DBus/Local"), "the path of libraries");
            case INTERFACE -> {
                Names.checkInterface(value.asText());
                require(!value.asText().equals("org.freedesktop.DBus.Local"), "the interface of libraries");
            }
            case ERROR_NAME -> Names.checkInterface(value.asText());
            case MEMBER -> Names.checkMember(value.asText());
            case DESTINATION, SENDER -> Names.checkBusName(value.asText());
            case REPLY_SERIAL -> require(value.asLong() != 0, "a reply to serial 0");
            case SIGNATURE, UNIX_FDS -> {}
        }
    }

    private static void require(boolean holds, String otherwise) {
        if (!holds) {
            throw new DBusException(DBusException.Reason.MALFORMED, otherwise);
        }
    }
}
