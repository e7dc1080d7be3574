package org.maunode.ble.bluez;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.maunode.ble.dbus.Bus;
import org.maunode.ble.dbus.DBusException;
import org.maunode.ble.dbus.Exported;
import org.maunode.ble.dbus.Exported.Interface;
import org.maunode.ble.dbus.Exported.Method;
import org.maunode.ble.dbus.Match;
import org.maunode.ble.dbus.Message;
import org.maunode.ble.dbus.MethodCall;
import org.maunode.ble.dbus.PrivateBus;
import org.maunode.ble.dbus.Signal;
import org.maunode.ble.dbus.Subscription;
import org.maunode.ble.dbus.Value;

/**
 * BlueZ as a GATT server's program sees it, on a real bus: adapters that come and go, applications and advertisements that it
 * reads out when they are registered, phones that write, read and leave. What BlueZ 5.66 does, as measured; strict where it is.
 */
final class FakeBluez implements AutoCloseable {
    static final String HCI0 = "/org/bluez/hci0";
    static final String HCI1 = "/org/bluez/hci1";

    /** What has happened, in words: registered, advertised, unregistered, withdrawn, disconnect, agent, remove. */
    final BlockingQueue<String> events = new LinkedBlockingQueue<>();

    /** Notifications that went out. */
    final BlockingQueue<byte[]> notified = new LinkedBlockingQueue<>();

    private final Bus bus;
    private final Map<String, Exported> adapters = new ConcurrentHashMap<>();
    private final Map<String, Subscription> exports = new ConcurrentHashMap<>();
    private final Map<String, Boolean> powered = new ConcurrentHashMap<>();
    private final Map<String, Value> settings = new ConcurrentHashMap<>();
    private volatile Map<String, Value> application = Map.of();
    private volatile Map<String, Value> advertisement = Map.of();
    private volatile String client = "";
    private volatile String agent = "";
    private volatile int refusals;

    private FakeBluez(Bus bus) {
        this.bus = bus;
    }

    /** Comes up with these adapters, each on; hciN has the address 00:AA:01:0N:00:0N. */
    static FakeBluez on(PrivateBus daemon, String... adapters) {
        FakeBluez bluez = new FakeBluez(daemon.connect());
        bluez.bus.export("/", Exported.of(Exported.objectManager(() -> Map.copyOf(bluez.adapters))));
        bluez.bus.export("/org/bluez", Exported.of(bluez.agentManager()));
        for (String adapter : adapters) {
            bluez.put(adapter);
        }
        bluez.bus.own("org.bluez").join();
        return bluez;
    }

    static String address(String adapter) {
        String number = adapter.substring(adapter.length() - 1);
        return "00:AA:01:0%s:00:0%s".formatted(number, number);
    }

    private Exported put(String path) {
        powered.putIfAbsent(path, true);
        Exported adapter = Exported.of(adapter(path), gattManager(path), advertisingManager(path));
        adapters.put(path, adapter);
        exports.put(path, bus.export(path, adapter));
        return adapter;
    }

    private Interface adapter(String path) {
        return Interface.named("org.bluez.Adapter1")
                .property("Address", "s", () -> Value.of(address(path)))
                .property("Powered", "b", () -> Value.of(powered.get(path)))
                .method(
                        "RemoveDevice",
                        Method.of(
                                "o", "", call -> done("remove", call.argument(0).asText())));
    }

    private List<Value> done(String what, String whom) {
        events.add(what + " " + whom);
        return List.of();
    }

    private Interface gattManager(String adapter) {
        return Interface.named("org.bluez.GattManager1")
                .method("RegisterApplication", new Method("oa{sv}", "", call -> register(adapter, call)))
                .method("UnregisterApplication", Method.of("o", "", call -> done("unregistered", adapter)));
    }

    /** As BlueZ does, it answers once it has read all objects. */
    private CompletionStage<List<Value>> register(String adapter, Message call) {
        MethodCall objects = MethodCall.of(
                call.sender(), call.argument(0).asText(), "org.freedesktop.DBus.ObjectManager", "GetManagedObjects");
        return bus.call(objects).thenApply(answer -> {
            client = call.sender();
            application = answer.getFirst().asMap();
            bus.onSignal(Match.from(client).member(Bus.PROPERTIES, "PropertiesChanged"), this::notified);
            return done("registered", adapter);
        });
    }

    private void notified(Message signal) {
        Value value = signal.argument(1).asMap().get("Value");
        notified.add(value.asBytes());
    }

    private Interface advertisingManager(String adapter) {
        return Interface.named("org.bluez.LEAdvertisingManager1")
                .method("RegisterAdvertisement", new Method("oa{sv}", "", call -> advertise(adapter, call)))
                .method("UnregisterAdvertisement", Method.of("o", "", call -> done("withdrawn", adapter)));
    }

    private CompletionStage<List<Value>> advertise(String adapter, Message call) {
        if (refusals > 0) {
            refusals--;
            throw DBusException.error("org.bluez.Error.NotPermitted", "Maximum advertisements reached");
        }
        MethodCall properties = MethodCall.of(
                call.sender(),
                call.argument(0).asText(),
                Bus.PROPERTIES,
                "GetAll",
                Value.of("org.bluez.LEAdvertisement1"));
        return bus.call(properties).thenApply(answer -> {
            advertisement = answer.getFirst().bare() instanceof Value.Dictionary all ? all.asMap() : Map.of();
            return done("advertised", adapter);
        });
    }

    private Interface agentManager() {
        return Interface.named("org.bluez.AgentManager1")
                .method("RegisterAgent", Method.of("os", "", call -> {
                    agent = call.argument(0).asText();
                    return done("agent", call.argument(1).asText());
                }))
                .method("RequestDefaultAgent", Method.of("o", "", call -> List.of()));
    }

    /** The next so many advertisements are refused. */
    void refuse(int times) {
        refusals = times;
    }

    /** BlueZ drops the advertisement. */
    void release() {
        bus.ask(MethodCall.of(client, Advertisement.PATH, "org.bluez.LEAdvertisement1", "Release"));
    }

    String await(String event) throws InterruptedException {
        for (String next = events.poll(20, TimeUnit.SECONDS); next != null; next = events.poll(20, TimeUnit.SECONDS)) {
            if (next.startsWith(event)) {
                return next;
            }
        }
        throw new AssertionError("never " + event);
    }

    Map<String, Value> application() {
        return application;
    }

    Map<String, Value> advertisement() {
        return advertisement;
    }

    void plug(String path) {
        Exported adapter = put(path);
        Map<String, Value> properties =
                Map.of("Address", Value.of(address(path)), "Powered", Value.of(powered.get(path)));
        Value interfaces = new Value.Dictionary(
                "s",
                "a{sv}",
                List.of(new Value.Dictionary.Entry(
                        Value.of(adapter.interfaces().getFirst().name()), Value.properties(properties))));
        emit("/", "org.freedesktop.DBus.ObjectManager", "InterfacesAdded", Value.path(path), interfaces);
    }

    void unplug(String path) {
        adapters.remove(path);
        exports.remove(path).close();
        Value gone = Value.strings(List.of("org.bluez.Adapter1", "org.bluez.GattManager1"));
        emit("/", "org.freedesktop.DBus.ObjectManager", "InterfacesRemoved", Value.path(path), gone);
    }

    void power(String path, boolean on) {
        powered.put(path, on);
        changed(path, "org.bluez.Adapter1", "Powered", Value.of(on));
    }

    void changed(String path, String interfaceName, String property, Value value) {
        bus.emit(Signal.propertiesChanged(path, interfaceName, Map.of(property, value)), () -> {});
    }

    private void emit(String path, String interfaceName, String member, Value... arguments) {
        bus.emit(new Signal(path, interfaceName, member, List.of(arguments)), () -> {});
    }

    /** A phone on hci0 or another adapter. */
    Phone phone(String adapter, int number) {
        String address = "00_00_00_00_00_%02X".formatted(number);
        String path = adapter + "/dev_" + address;
        bus.export(
                path, Exported.of(Interface.named("org.bluez.Device1").method("Disconnect", Method.of("", "", call -> {
                    changed(path, "org.bluez.Device1", "Connected", Value.of(false));
                    return done("disconnect", path);
                }))));
        return new Phone(path);
    }

    /** Somebody connected. */
    final class Phone {
        final String path;

        Phone(String path) {
            this.path = path;
        }

        /** A write command: nobody answers it. The answer completes all the same, since it is asked for here. */
        CompletableFuture<List<Value>> write(byte[] frame, Map<String, Value> more) {
            Map<String, Value> options = new LinkedHashMap<>(
                    Map.of("device", Value.path(path), "link", Value.of("LE"), "type", Value.of("command")));
            options.putAll(more);
            return bus.call(MethodCall.of(
                    client,
                    characteristic("e9498799-3deb-4d3f-839a-f8b66845cd4f"),
                    "org.bluez.GattCharacteristic1",
                    "WriteValue",
                    Value.of(frame),
                    Value.properties(options)));
        }

        void write(byte[] frame) {
            write(frame, Map.of("mtu", Value.uint16(247))).join();
        }

        byte[] read(String uuid, int offset) {
            Map<String, Value> options = Map.of("device", Value.path(path), "offset", Value.uint16(offset));
            return bus.ask(MethodCall.of(
                            client,
                            characteristic(uuid),
                            "org.bluez.GattCharacteristic1",
                            "ReadValue",
                            Value.properties(options)))
                    .getFirst()
                    .asBytes();
        }

        void leave() {
            changed(path, "org.bluez.Device1", "Connected", Value.of(false));
        }

        /** What the agent says to a question about this phone. */
        List<Value> ask(String member, Value... more) {
            List<Value> arguments = new ArrayList<>(List.of(Value.path(path)));
            arguments.addAll(List.of(more));
            return bus.ask(
                    new MethodCall(client, agent, "org.bluez.Agent1", member, arguments, MethodCall.USUAL_TIMEOUT));
        }
    }

    /** The path of the characteristic of this UUID. */
    String characteristic(String uuid) {
        return application.entrySet().stream()
                .filter(each -> properties(each.getValue(), "org.bluez.GattCharacteristic1", uuid))
                .findFirst()
                .orElseThrow()
                .getKey();
    }

    private static boolean properties(Value interfaces, String wanted, String uuid) {
        Value properties = interfaces.asMap().get(wanted);
        return properties != null && properties.asMap().get("UUID").asText().equals(uuid);
    }

    @Override
    public void close() {
        bus.close();
    }
}
