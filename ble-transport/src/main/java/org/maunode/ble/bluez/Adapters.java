package org.maunode.ble.bluez;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.maunode.ble.dbus.Bus;
import org.maunode.ble.dbus.Match;
import org.maunode.ble.dbus.Message;
import org.maunode.ble.dbus.MethodCall;
import org.maunode.ble.dbus.Value;
import org.maunode.ble.gatt.BluetoothAddress;

/**
 * What BlueZ has, as it tells it: its adapters, and devices that leave. Everything on the bus's thread.
 */
final class Adapters {
    /** How long after BlueZ did not tell what it has it is asked again. */
    private static final Duration AGAIN = Duration.ofSeconds(10);

    /** An adapter. */
    record Adapter(String path, BluetoothAddress address, boolean powered) {}

    /** Who wants to know. */
    interface Listener {
        /** The adapters may be others now. */
        void changed();

        /** A device is no longer connected. */
        void left(String devicePath);

        /** A device is paired now, or no longer. */
        void paired(String devicePath, boolean now);

        /** Whatever BlueZ had is gone: it is, or another has come. What it has will be told. */
        void gone();
    }

    private final Bus bus;
    private final Listener listener;
    private final Map<String, Adapter> adapters = new TreeMap<>();
    private Optional<String> owner = Optional.empty();
    private String trouble = "nobody has told of an adapter";

    Adapters(Bus bus, Listener listener) {
        this.bus = bus;
        this.listener = listener;
    }

    void begin() {
        Match bluez = Match.from(Names.BLUEZ);
        bus.onSignal(
                bluez.path("/").member(Names.OBJECT_MANAGER, "InterfacesAdded"),
                signal -> added(signal.argument(0).asText(), interfaces(signal.argument(1))));
        bus.onSignal(bluez.path("/").member(Names.OBJECT_MANAGER, "InterfacesRemoved"), this::removed);
        Match changes = bluez.below(Names.ROOT).member(Bus.PROPERTIES, "PropertiesChanged");
        bus.onSignal(changes.firstArgument(Names.ADAPTER), this::adapterChanged);
        bus.onSignal(changes.firstArgument(Names.DEVICE), this::deviceChanged);
        bus.onOwner(Names.BLUEZ, this::owned);
    }

    /** The adapter of this address, or any; only one that is on. */
    Optional<Adapter> choose(Optional<BluetoothAddress> wanted) {
        return adapters.values().stream()
                .filter(each ->
                        each.powered() && wanted.map(each.address()::equals).orElse(true))
                .findFirst();
    }

    /** Why there is none to choose, for people. */
    String why(Optional<BluetoothAddress> wanted) {
        if (adapters.isEmpty()) {
            return trouble;
        }
        return adapters.values().stream()
                .filter(each -> wanted.map(each.address()::equals).orElse(true))
                .findFirst()
                .map(off -> "adapter " + off.address() + " is switched off")
                .orElseGet(() -> "there is no adapter " + wanted.orElseThrow());
    }

    private void owned(Optional<String> now) {
        owner = now;
        adapters.clear();
        trouble = now.isPresent() ? "there is no adapter" : "bluetoothd does not run";
        listener.gone();
        now.ifPresentOrElse(this::load, listener::changed);
    }

    private void load(String from) {
        bus.call(MethodCall.of(Names.BLUEZ, "/", Names.OBJECT_MANAGER, "GetManagedObjects"))
                .whenComplete((answer, failure) -> {
                    if (owner.filter(from::equals).isPresent()) {
                        loaded(Optional.ofNullable(answer), Optional.ofNullable(failure));
                    }
                });
    }

    private void loaded(Optional<List<Value>> answer, Optional<Throwable> failure) {
        failure.ifPresent(this::loadAgain);
        answer.ifPresent(values -> values.getFirst().asMap().forEach((path, each) -> added(path, interfaces(each))));
        listener.changed();
    }

    /** Nobody signals that a policy has changed, or that BlueZ has come to itself. */
    private void loadAgain(Throwable failure) {
        trouble = Presence.words(failure);
        Optional<String> from = owner;
        bus.after(AGAIN, () -> {
            if (owner.equals(from)) {
                owner.ifPresent(this::load);
            }
        });
    }

    private static Map<String, Value> interfaces(Value value) {
        return value.asMap();
    }

    private void added(String path, Map<String, Value> interfaces) {
        if (interfaces.containsKey(Names.ADAPTER)) {
            Map<String, Value> properties = interfaces.get(Names.ADAPTER).asMap();
            BluetoothAddress address =
                    BluetoothAddress.parse(properties.get("Address").asText());
            adapters.put(
                    path, new Adapter(path, address, properties.get("Powered").asBoolean()));
            listener.changed();
        }
    }

    private void removed(Message signal) {
        String path = signal.argument(0).asText();
        List<String> interfaces =
                signal.argument(1).asList().stream().map(Value::asText).toList();
        if (interfaces.contains(Names.DEVICE)) {
            listener.left(path);
        }
        if (interfaces.contains(Names.ADAPTER)) {
            adapters.remove(path);
            listener.changed();
        }
    }

    private void adapterChanged(Message signal) {
        Adapter known = adapters.get(signal.path());
        Value powered = signal.argument(1).asMap().get("Powered");
        if (known != null && powered != null) {
            adapters.put(known.path(), new Adapter(known.path(), known.address(), powered.asBoolean()));
            listener.changed();
        }
    }

    private void deviceChanged(Message signal) {
        Map<String, Value> changed = signal.argument(1).asMap();
        Optional.ofNullable(changed.get("Paired")).ifPresent(now -> listener.paired(signal.path(), now.asBoolean()));
        Value connected = changed.get("Connected");
        if (connected != null && !connected.asBoolean()) {
            listener.left(signal.path());
        }
    }
}
