package org.maunode.ble.dbus;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.maunode.ble.dbus.Message.Field;

/**
 * What is asked of whom.
 *
 * @param timeout from when the call is made, its wait for its turn included
 */
public record MethodCall(
        String destination, String path, String interfaceName, String member, List<Value> arguments, Duration timeout) {
    /** What most programs wait for an answer. */
    public static final Duration USUAL_TIMEOUT = Duration.ofSeconds(25);

    public MethodCall {
        Names.checkBusName(destination);
        Names.checkPath(path);
        Names.checkInterface(interfaceName);
        Names.checkMember(member);
        arguments = List.copyOf(arguments);
        Objects.requireNonNull(timeout);
    }

    public static MethodCall of(
            String destination, String path, String interfaceName, String member, Value... arguments) {
        return new MethodCall(destination, path, interfaceName, member, List.of(arguments), USUAL_TIMEOUT);
    }

    /** The same with another timeout. */
    public MethodCall within(Duration other) {
        return new MethodCall(destination, path, interfaceName, member, arguments, other);
    }

    Message message(int serial) {
        Map<Field, Value> fields = Map.of(
                Field.DESTINATION, Value.of(destination),
                Field.PATH, Value.path(path),
                Field.INTERFACE, Value.of(interfaceName),
                Field.MEMBER, Value.of(member));
        return new Message(Message.Kind.METHOD_CALL, Message.NO_AUTO_START, serial, fields, arguments);
    }

    @Override
    public String toString() {
        return interfaceName + "." + member + " of " + path + " at " + destination;
    }
}
