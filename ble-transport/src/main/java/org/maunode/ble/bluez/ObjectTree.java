package org.maunode.ble.bluez;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Stream;
import org.maunode.ble.dbus.Bus;
import org.maunode.ble.dbus.Match;
import org.maunode.ble.dbus.Message;
import org.maunode.ble.dbus.MethodCall;
import org.maunode.ble.dbus.Subscription;
import org.maunode.ble.dbus.Value;

/**
 * What BlueZ has, kept up to date by its signals: adapters, devices, and the services of connected ones. Everything on the bus's
 * thread but {@link #when}.
 */
final class ObjectTree {
    private static final Set<String> KEPT = Set.of(Names.ADAPTER, Names.DEVICE, Names.SERVICE, Names.CHARACTERISTIC);

    /** Properties that come with every frame or advertisement and that nobody looks up later. */
    private static final String VALUE = "Value";

    /** Somebody who waits until something holds. */
    private record Waiting<T>(Function<ObjectTree, Optional<T>> question, CompletableFuture<T> answer) {
        /** Whether it needs not be asked again. */
        boolean isAnswered(ObjectTree tree) {
            try {
                question.apply(tree).ifPresent(answer::complete);
            } catch (RuntimeException hopeless) {
                answer.completeExceptionally(hopeless);
            }
            return answer.isDone();
        }
    }

    private final Bus bus;
    private final Runnable changed;
    private final Map<String, Map<String, Map<String, Value>>> objects = new TreeMap<>();
    private final Map<String, Consumer<byte[]>> values = new HashMap<>();
    private final List<Waiting<?>> waiting = new ArrayList<>();
    private final List<Subscription> subscriptions = new ArrayList<>();
    private Optional<String> owner = Optional.empty();
    private boolean loaded;

    /**
     * @param changed told of every change
     */
    ObjectTree(Bus bus, Runnable changed) {
        this.bus = bus;
        this.changed = changed;
    }

    void begin() {
        Match bluez = Match.from(Names.BLUEZ);
        listen(bluez.path("/").member(Names.OBJECT_MANAGER, "InterfacesAdded"), this::added);
        listen(bluez.path("/").member(Names.OBJECT_MANAGER, "InterfacesRemoved"), this::removed);
        Match changes = bluez.below(Names.ROOT).member(Bus.PROPERTIES, "PropertiesChanged");
        KEPT.forEach(each -> listen(changes.firstArgument(each), this::propertiesChanged));
        subscriptions.add(bus.onOwner(Names.BLUEZ, this::owned));
    }

    private void listen(Match match, Consumer<Message> heard) {
        subscriptions.add(bus.onSignal(match, heard));
    }

    /** Whether BlueZ has told what it has, or is known not to run. */
    boolean isLoaded() {
        return loaded;
    }

    boolean isRunning() {
        return owner.isPresent();
    }

    /**
     * Waits until a question has an answer, or throws. Asked on the bus's thread, at once and after each change.
     *
     * @return completes there; cancelled, it is asked no more
     */
    <T> CompletableFuture<T> when(Function<ObjectTree, Optional<T>> question) {
        Waiting<T> one = new Waiting<>(question, new CompletableFuture<>());
        bus.execute(() -> {
            if (!one.isAnswered(this)) {
                waiting.add(one);
            }
        });
        return one.answer();
    }

    /** Hears every value of a characteristic, until {@link #ignore}. */
    void hear(String characteristic, Consumer<byte[]> heard) {
        values.put(characteristic, heard);
    }

    void ignore(String characteristic) {
        values.remove(characteristic);
    }

    /** The paths of all objects that have this interface. */
    Stream<String> having(String interfaceName) {
        return objects.entrySet().stream()
                .filter(object -> object.getValue().containsKey(interfaceName))
                .map(Map.Entry::getKey);
    }

    boolean has(String path, String interfaceName) {
        return objects.getOrDefault(path, Map.of()).containsKey(interfaceName);
    }

    Optional<Value> property(String path, String interfaceName, String name) {
        return Optional.ofNullable(objects.getOrDefault(path, Map.of())
                .getOrDefault(interfaceName, Map.of())
                .get(name));
    }

    boolean is(String path, String interfaceName, String name) {
        return property(path, interfaceName, name).map(Value::asBoolean).orElse(false);
    }

    boolean says(String path, String interfaceName, String name, String text) {
        return property(path, interfaceName, name).map(Value::asText).stream().anyMatch(text::equalsIgnoreCase);
    }

    /** A property as BlueZ tells it when it is asked: some changes it keeps to itself. Not on the bus's thread. */
    void learn(String path, String interfaceName, String name, Value value) {
        bus.execute(() -> {
            Map<String, Value> kept = objects.getOrDefault(path, Map.of()).get(interfaceName);
            if (kept != null && !value.bare().equals(kept.put(name, value.bare()))) {
                change();
            }
        });
    }

    /** What is waited for may have come by other ways than a signal. */
    void look() {
        waiting.removeIf(one -> one.isAnswered(this));
    }

    private void owned(Optional<String> now) {
        owner = now;
        objects.clear();
        loaded = now.isEmpty();
        change();
        now.ifPresent(this::load);
    }

    private void load(String from) {
        bus.call(MethodCall.of(Names.BLUEZ, "/", Names.OBJECT_MANAGER, "GetManagedObjects"))
                .whenComplete((answer, failure) -> {
                    if (owner.filter(from::equals).isPresent()) {
                        Optional.ofNullable(answer)
                                .ifPresent(all -> all.getFirst().asMap().forEach(this::put));
                        loaded = true;
                        change();
                    }
                });
    }

    private void put(String path, Value interfaces) {
        interfaces.asMap().forEach((name, properties) -> {
            if (KEPT.contains(name)) {
                Map<String, Value> kept = new HashMap<>(properties.asMap());
                kept.remove(VALUE);
                objects.computeIfAbsent(path, any -> new HashMap<>()).put(name, kept);
            }
        });
    }

    private void added(Message signal) {
        put(signal.argument(0).asText(), signal.argument(1));
        change();
    }

    private void removed(Message signal) {
        String path = signal.argument(0).asText();
        Map<String, Map<String, Value>> object = objects.getOrDefault(path, new HashMap<>());
        signal.argument(1).asList().forEach(name -> object.remove(name.asText()));
        if (object.isEmpty()) {
            objects.remove(path);
        }
        change();
    }

    private void propertiesChanged(Message signal) {
        String interfaceName = signal.argument(0).asText();
        Map<String, Value> properties = new HashMap<>(signal.argument(1).asMap());
        Optional<Value> value = interfaceName.equals(Names.CHARACTERISTIC)
                ? Optional.ofNullable(properties.remove(VALUE))
                : Optional.empty();
        value.ifPresent(bytes -> heard(signal.path(), bytes.asBytes()));
        Map<String, Value> kept = objects.getOrDefault(signal.path(), Map.of()).get(interfaceName);
        List<Value> invalid = signal.argument(2).asList();
        if (kept != null && !(properties.isEmpty() && invalid.isEmpty())) {
            kept.putAll(properties);
            invalid.forEach(name -> kept.remove(name.asText()));
            change();
        }
    }

    private void heard(String path, byte[] value) {
        Optional.ofNullable(values.get(path)).ifPresent(listener -> listener.accept(value));
    }

    private void change() {
        look();
        changed.run();
    }

    /** The bus is gone: nobody waits any more. */
    void end(RuntimeException why) {
        owner = Optional.empty();
        objects.clear();
        loaded = true;
        waiting.forEach(one -> one.answer().completeExceptionally(why));
        waiting.clear();
    }
}
