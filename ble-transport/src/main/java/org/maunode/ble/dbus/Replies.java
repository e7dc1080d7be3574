package org.maunode.ble.dbus;

import java.util.List;
import java.util.Map;
import org.maunode.ble.dbus.Message.Field;
import org.maunode.ble.dbus.Message.Kind;

/** Our answers to calls. */
final class Replies {
    private Replies() {}

    static Message returned(Message call, int serial, List<Value> values) {
        Map<Field, Value> fields = Map.of(Field.DESTINATION, Value.of(call.sender()), Field.REPLY_SERIAL, to(call));
        return new Message(Kind.METHOD_RETURN, Message.NO_REPLY_EXPECTED, serial, fields, values);
    }

    static Message failed(Message call, int serial, DBusException why) {
        Map<Field, Value> fields = Map.of(
                Field.DESTINATION, Value.of(call.sender()),
                Field.REPLY_SERIAL, to(call),
                Field.ERROR_NAME, Value.of(why.errorName()));
        return new Message(Kind.ERROR, Message.NO_REPLY_EXPECTED, serial, fields, List.of(Value.of(why.getMessage())));
    }

    private static Value to(Message call) {
        return Value.uint32(call.serial() & 0xffff_ffffL);
    }
}
