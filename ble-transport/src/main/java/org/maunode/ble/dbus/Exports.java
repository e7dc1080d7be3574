package org.maunode.ble.dbus;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import org.maunode.ble.dbus.Exported.Interface;
import org.maunode.ble.dbus.Exported.Method;

/** The objects that we let others call, and what they say to a call. For one thread. */
final class Exports {
    private static final String ERRORS = "org.freedesktop.DBus.Error.";

    private final Map<String, Exported> objects = new TreeMap<>();

    void put(String path, Exported object) {
        if (objects.putIfAbsent(path, object) != null) {
            throw new IllegalStateException("there is an object at " + path);
        }
    }

    void remove(String path, Exported object) {
        objects.remove(path, object);
    }

    /** What a call does; fails by {@link DBusException#error}, at once or later. */
    CompletionStage<List<Value>> call(Message call) {
        Method method = find(call);
        if (!method.in().equals(Composites.of(call.body()))) {
            throw error("InvalidArgs", call.member() + " takes \"" + method.in() + "\"");
        }
        return method.body().call(call);
    }

    private Method find(Message call) {
        List<Interface> interfaces = at(call.path());
        List<Interface> meant = interfaces.stream()
                .filter(each -> call.interfaceName().isEmpty() || each.name().equals(call.interfaceName()))
                .toList();
        if (meant.isEmpty()) {
            throw error("UnknownInterface", call.path() + " has no interface " + call.interfaceName());
        }
        return meant.stream()
                .flatMap(each -> Optional.ofNullable(each.methods().get(call.member())).stream())
                .findFirst()
                .orElseThrow(() -> error("UnknownMethod", call.path() + " has no method " + call.member()));
    }

    private List<Interface> at(String path) {
        List<Interface> interfaces = new ArrayList<>();
        interfaces.add(PEER);
        Exported object = objects.get(path);
        if (object == null && below(path).isEmpty()) {
            throw error("UnknownObject", "there is no object " + path);
        }
        interfaces.add(introspectable(path));
        if (object != null) {
            interfaces.addAll(object.interfaces());
            interfaces.add(properties(object));
        }
        return interfaces;
    }

    private static final Interface PEER =
            Interface.named("org.freedesktop.DBus.Peer").method("Ping", Method.of("", "", call -> List.of()));

    private Interface introspectable(String path) {
        return Interface.named("org.freedesktop.DBus.Introspectable")
                .method("Introspect", Method.of("", "s", call -> List.of(Value.of(introspection(path)))));
    }

    private String introspection(String path) {
        List<Interface> interfaces =
                objects.containsKey(path) ? objects.get(path).interfaces() : List.of();
        return Introspection.of(interfaces, below(path));
    }

    /** The names of what lies right below a path. */
    private List<String> below(String path) {
        String prefix = path.equals("/") ? "/" : path + "/";
        return objects.keySet().stream()
                .filter(each -> each.startsWith(prefix) && each.length() > prefix.length())
                .map(each -> each.substring(prefix.length()).split("/")[0])
                .distinct()
                .toList();
    }

    private static Interface properties(Exported object) {
        return Interface.named(Bus.PROPERTIES)
                .method("Get", Method.of("ss", "v", call -> List.of(get(object, call))))
                .method("GetAll", Method.of("s", "a{sv}", call -> List.of(getAll(object, call))))
                .method("Set", Method.of("ssv", "", call -> {
                    throw error("PropertyReadOnly", call.argument(1).asText() + " is read-only");
                }));
    }

    private static Value get(Exported object, Message call) {
        String wanted = call.argument(1).asText();
        return Optional.ofNullable(
                        named(object, call.argument(0).asText()).properties().get(wanted))
                .map(property -> Value.variant(property.value().get()))
                .orElseThrow(() -> error("UnknownProperty", "there is no property " + wanted));
    }

    private static Value getAll(Exported object, Message call) {
        return Value.properties(named(object, call.argument(0).asText()).values());
    }

    private static Interface named(Exported object, String name) {
        return object.interfaces().stream()
                .filter(each -> each.name().equals(name))
                .findFirst()
                .orElseThrow(() -> error("UnknownInterface", "there is no interface " + name));
    }

    private static DBusException error(String name, String message) {
        return DBusException.error(ERRORS + name, message);
    }

    /** What a failed call tells its caller: an error's name and a word. Only what was meant for it leaves this process. */
    static DBusException told(Throwable failure) {
        Throwable cause = failure instanceof CompletionException ? failure.getCause() : failure;
        if (cause instanceof DBusException known && known.reason() == DBusException.Reason.ERROR) {
            return known;
        }
        boolean theirs = cause instanceof DBusException known && known.reason() == DBusException.Reason.WRONG_TYPE;
        return theirs ? error("InvalidArgs", cause.getMessage()) : error("Failed", "a mistake of the callee");
    }

    /** Runs a call such that every failure comes the same way. */
    CompletionStage<List<Value>> answer(Message call) {
        try {
            return call(call);
        } catch (RuntimeException failure) {
            return CompletableFuture.failedFuture(failure);
        }
    }
}
