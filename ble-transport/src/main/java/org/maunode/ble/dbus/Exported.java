package org.maunode.ble.dbus;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * An object of ours that others on the bus may call. {@code Introspectable}, {@code Peer} and {@code Properties} (read-only) are
 * answered for it.
 */
public record Exported(List<Interface> interfaces) {
    public Exported {
        interfaces = List.copyOf(interfaces);
    }

    public static Exported of(Interface... interfaces) {
        return new Exported(List.of(interfaces));
    }

    /** One of its interfaces. */
    public record Interface(String name, Map<String, Method> methods, Map<String, Property> properties) {
        public Interface {
            Names.checkInterface(name);
            methods = Map.copyOf(methods);
            properties = Map.copyOf(properties);
            methods.keySet().forEach(Names::checkMember);
            properties.keySet().forEach(Names::checkMember);
        }

        /** An interface that has nothing yet. */
        public static Interface named(String name) {
            return new Interface(name, Map.of(), Map.of());
        }

        public Interface method(String member, Method method) {
            Map<String, Method> more = new LinkedHashMap<>(methods);
            more.put(member, method);
            return new Interface(name, more, properties);
        }

        public Interface property(String member, String type, Supplier<Value> value) {
            Map<String, Property> more = new LinkedHashMap<>(properties);
            more.put(member, new Property(type, value));
            return new Interface(name, methods, more);
        }

        Map<String, Value> values() {
            Map<String, Value> values = new LinkedHashMap<>();
            properties.forEach(
                    (member, property) -> values.put(member, property.value().get()));
            return values;
        }
    }

    /**
     * A method.
     *
     * @param in the signature of its arguments: a call with others does not reach it
     * @param out the signature of what it returns
     */
    public record Method(String in, String out, Body body) {
        public Method {
            Signature.types(in);
            Signature.types(out);
            Objects.requireNonNull(body);
        }

        /** One that answers at once. It fails by throwing {@link DBusException#error}; must not block. */
        public static Method of(String in, String out, Function<Message, List<Value>> body) {
            return new Method(in, out, call -> CompletableFuture.completedFuture(body.apply(call)));
        }
    }

    /** What a method does. Called on the bus's thread; must not block. */
    @FunctionalInterface
    public interface Body {
        /** The answer, now or later; a {@link DBusException#error} tells the caller why there is none. */
        CompletionStage<List<Value>> call(Message call);
    }

    /** A property that may be read; {@code value} is asked on the bus's thread, and must not block. */
    public record Property(String type, Supplier<Value> value) {
        public Property {
            Signature.single(type);
            Objects.requireNonNull(value);
        }
    }

    /** {@code org.freedesktop.DBus.ObjectManager}: tells all objects with their properties in one answer. */
    public static Interface objectManager(Supplier<Map<String, Exported>> objects) {
        return Interface.named("org.freedesktop.DBus.ObjectManager")
                .method("GetManagedObjects", Method.of("", "a{oa{sa{sv}}}", call -> List.of(managed(objects.get()))));
    }

    private static Value managed(Map<String, Exported> objects) {
        return new Value.Dictionary(
                "o",
                "a{sa{sv}}",
                objects.entrySet().stream()
                        .map(each -> new Value.Dictionary.Entry(
                                Value.path(each.getKey()), each.getValue().described()))
                        .toList());
    }

    private Value described() {
        return new Value.Dictionary(
                "s",
                "a{sv}",
                interfaces.stream()
                        .map(each -> new Value.Dictionary.Entry(Value.of(each.name()), Value.properties(each.values())))
                        .toList());
    }
}
