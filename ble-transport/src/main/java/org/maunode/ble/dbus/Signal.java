package org.maunode.ble.dbus;

import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.maunode.ble.dbus.Message.Field;

/** What is told to everybody who listens. */
public record Signal(String path, String interfaceName, String member, List<Value> arguments) {
    public Signal {
        Names.checkPath(path);
        Names.checkInterface(interfaceName);
        Names.checkMember(member);
        arguments = List.copyOf(arguments);
    }

    /** That properties of an object have other values now. */
    public static Signal propertiesChanged(String path, String interfaceName, Map<String, Value> changed) {
        return new Signal(
                path,
                Bus.PROPERTIES,
                "PropertiesChanged",
                List.of(Value.of(interfaceName), Value.properties(changed), Value.strings(List.of())));
    }

    Message message(int serial) {
        return new Message(Message.Kind.SIGNAL, Message.NO_REPLY_EXPECTED, serial, fields(), arguments);
    }

    /** The same for one alone. */
    Message message(int serial, String destination) {
        Map<Field, Value> fields = fields();
        fields.put(Field.DESTINATION, Value.of(Names.checkBusName(destination)));
        int flags = Message.NO_REPLY_EXPECTED | Message.NO_AUTO_START;
        return new Message(Message.Kind.SIGNAL, flags, serial, fields, arguments);
    }

    private Map<Field, Value> fields() {
        Map<Field, Value> fields = new EnumMap<>(Field.class);
        fields.put(Field.PATH, Value.path(path));
        fields.put(Field.INTERFACE, Value.of(interfaceName));
        fields.put(Field.MEMBER, Value.of(member));
        return fields;
    }
}
