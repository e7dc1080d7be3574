package org.maunode.ble.dbus;

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
        Map<Field, Value> fields = Map.of(
                Field.PATH, Value.path(path),
                Field.INTERFACE, Value.of(interfaceName),
                Field.MEMBER, Value.of(member));
        return new Message(Message.Kind.SIGNAL, Message.NO_REPLY_EXPECTED, serial, fields, arguments);
    }
}
