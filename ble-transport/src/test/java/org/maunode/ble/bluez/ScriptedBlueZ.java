package org.maunode.ble.bluez;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.maunode.ble.dbus.Bus;
import org.maunode.ble.dbus.DBusException;
import org.maunode.ble.dbus.Exported;
import org.maunode.ble.dbus.Exported.Interface;
import org.maunode.ble.dbus.Exported.Method;
import org.maunode.ble.dbus.Message;
import org.maunode.ble.dbus.Signal;
import org.maunode.ble.dbus.Subscription;
import org.maunode.ble.dbus.Value;
import org.maunode.ble.gatt.BluetoothAddress;
import org.maunode.ble.gatt.MauService;
import org.maunode.ble.gatt.NodeInfo;

/**
 * What a central sees of BlueZ, on a real bus: one adapter, and one device around that is heard once somebody scans, echoes frames,
 * and misbehaves as it is told. What it is called for is kept. Its own bus's thread does everything.
 */
public final class ScriptedBlueZ implements AutoCloseable {
    public static final BluetoothAddress PEER = new BluetoothAddress("00:AA:01:00:00:00");
    public static final BluetoothAddress ADAPTER = new BluetoothAddress("00:AA:01:01:00:01");
    public static final NodeInfo NODE = new NodeInfo("00112233445566778899aabbccddeeff01234567", "thermometer");

    private static final String HCI = "/org/bluez/hci1";
    private static final String DEVICE = HCI + "/dev_00_AA_01_00_00_00";
    private static final String SERVICE = DEVICE + "/service000a";

    private static final List<String> MAU = List.of(MauService.SERVICE.toString());

    /** What it does wrong. */
    public enum Fault {
        FORGETS_TO_SIGNAL_CONNECTED,
        IS_NO_NODE,
        KEEPS_ITS_MTU_TO_ITSELF,
        DENIES_ACCESS,
        /** As BlueZ does when it remembers the services of a node that has started anew since. */
        FAILS_THE_FIRST_READ,
        /** As BlueZ does now and then: connected, and nothing more. */
        RESOLVES_NOTHING_AT_FIRST
    }

    private final Bus bus;
    private final List<Fault> faults;
    private final Map<String, Exported> objects = new LinkedHashMap<>();
    private final Map<String, Subscription> exports = new LinkedHashMap<>();
    private final Queue<String> refusals = new ArrayDeque<>();
    private final BlockingQueue<String> calls = new LinkedBlockingQueue<>();
    private boolean powered = true;
    private boolean connected;
    private boolean discovering;
    private int connects;
    private int reads;

    public ScriptedBlueZ(Bus bus, Fault... faults) {
        this.bus = bus;
        this.faults = List.of(faults);
        bus.export("/", Exported.of(Exported.objectManager(() -> Map.copyOf(objects))));
        put(HCI, adapter());
        bus.own(Names.BLUEZ).join();
    }

    /** The next connects fail with these errors. */
    public ScriptedBlueZ refusing(String... errors) {
        refusals.addAll(List.of(errors));
        return this;
    }

    /** Waits until it is called for this, and tells what it was called for before. */
    public List<String> until(String call) throws InterruptedException {
        List<String> before = new ArrayList<>();
        for (String next = next(call); !next.equals(call); next = next(call)) {
            before.add(next);
        }
        return before;
    }

    private String next(String wanted) throws InterruptedException {
        String next = calls.poll(10, TimeUnit.SECONDS);
        if (next == null) {
            throw new AssertionError("nobody called " + wanted);
        }
        return next;
    }

    /** Whether this is the thread of its own connection to the bus. */
    boolean isRunBy(Thread thread) {
        CompletableFuture<Thread> own = new CompletableFuture<>();
        bus.execute(() -> own.complete(Thread.currentThread()));
        return own.join().equals(thread);
    }

    public List<String> callsSoFar() {
        return List.copyOf(calls);
    }

    private void put(String path, Exported object) {
        objects.put(path, object);
        exports.put(path, bus.export(path, object));
    }

    private void add(String path, Exported object) {
        put(path, object);
        Value interfaces = new Value.Dictionary(
                "s",
                "a{sv}",
                object.interfaces().stream()
                        .map(each -> new Value.Dictionary.Entry(Value.of(each.name()), Value.properties(values(each))))
                        .toList());
        signal("InterfacesAdded", Value.path(path), interfaces);
    }

    private static Map<String, Value> values(Interface each) {
        return each.properties().entrySet().stream()
                .collect(Collectors.toMap(
                        Map.Entry::getKey,
                        property -> property.getValue().value().get()));
    }

    private void remove(String path) {
        Exported gone = objects.remove(path);
        exports.remove(path).close();
        signal(
                "InterfacesRemoved",
                Value.path(path),
                Value.strings(gone.interfaces().stream().map(Interface::name).toList()));
    }

    private void signal(String member, Value... arguments) {
        bus.emit(new Signal("/", Names.OBJECT_MANAGER, member, List.of(arguments)), () -> {});
    }

    private void changed(String path, String interfaceName, String property, Value value) {
        bus.emit(Signal.propertiesChanged(path, interfaceName, Map.of(property, value)), () -> {});
    }

    private List<Value> called(String what) {
        calls.add(what);
        return List.of();
    }

    private Exported adapter() {
        return Exported.of(Interface.named(Names.ADAPTER)
                .property("Address", "s", () -> Value.of(ADAPTER.text()))
                .property("Name", "s", () -> Value.of("lab"))
                .property("Alias", "s", () -> Value.of("lab"))
                .property("Powered", "b", () -> Value.of(powered))
                .property("Discovering", "b", () -> Value.of(discovering))
                .method("SetDiscoveryFilter", Method.of("a{sv}", "", this::filter))
                .method("StartDiscovery", Method.of("", "", call -> startDiscovery()))
                .method("StopDiscovery", Method.of("", "", call -> {
                    discovering = false;
                    return called("StopDiscovery");
                })));
    }

    private List<Value> filter(Message call) {
        boolean nodes = call.argument(0).asMap().containsKey("UUIDs");
        return called("SetDiscoveryFilter " + (nodes ? "nodes" : "anybody"));
    }

    private List<Value> startDiscovery() {
        if (faults.contains(Fault.DENIES_ACCESS)) {
            throw DBusException.error("org.freedesktop.DBus.Error.AccessDenied", "not you");
        }
        discovering = true;
        called("StartDiscovery");
        if (!objects.containsKey(DEVICE)) {
            add(DEVICE, device());
        }
        return List.of();
    }

    private Exported device() {
        Value hint = new Value.Dictionary(
                "q", "v", List.of(new Value.Dictionary.Entry(Value.uint16(0xffff), Value.variant(Value.of(new byte[] {
                    0, 0x11, 0x22, 0x33, 0x44, 0x55
                })))));
        return Exported.of(Interface.named(Names.DEVICE)
                .property("Address", "s", () -> Value.of(PEER.text()))
                .property("Adapter", "o", () -> Value.path(HCI))
                .property("Alias", "s", () -> Value.of(NODE.name()))
                .property("Name", "s", () -> Value.of(NODE.name()))
                .property("RSSI", "n", () -> Value.int16(-60))
                .property("Connected", "b", () -> Value.of(connected))
                .property("ServicesResolved", "b", () -> Value.of(connected && !isStuck()))
                .property("UUIDs", "as", () -> Value.strings(faults.contains(Fault.IS_NO_NODE) ? List.of() : MAU))
                .property("ManufacturerData", "a{qv}", () -> hint)
                .method("Connect", Method.of("", "", call -> connect()))
                .method("Disconnect", Method.of("", "", call -> {
                    called("Disconnect");
                    disconnect();
                    return List.of();
                })));
    }

    private List<Value> connect() {
        called("Connect");
        if (!refusals.isEmpty()) {
            throw DBusException.error(refusals.remove(), "as the test wants it");
        }
        connected = true;
        connects++;
        if (!faults.contains(Fault.FORGETS_TO_SIGNAL_CONNECTED)) {
            changed(DEVICE, Names.DEVICE, "Connected", Value.of(true));
        }
        if (isStuck()) {
            return List.of();
        }
        if (!faults.contains(Fault.IS_NO_NODE) && !objects.containsKey(SERVICE)) {
            addService();
        }
        changed(DEVICE, Names.DEVICE, "ServicesResolved", Value.of(true));
        return List.of();
    }

    private boolean isStuck() {
        return connects == 1 && faults.contains(Fault.RESOLVES_NOTHING_AT_FIRST);
    }

    private void addService() {
        add(
                SERVICE,
                Exported.of(Interface.named(Names.SERVICE)
                        .property("Device", "o", () -> Value.path(DEVICE))
                        .property("Primary", "b", () -> Value.of(true))
                        .property("UUID", "s", () -> Value.of(MauService.SERVICE.toString()))));
        add(SERVICE + "/char000b", Exported.of(characteristic(MauService.WRITE.toString())));
        add(SERVICE + "/char000d", Exported.of(notifying(characteristic(MauService.NOTIFY.toString()))));
        add(SERVICE + "/char0010", Exported.of(characteristic(MauService.INFO.toString())));
    }

    private Interface characteristic(String uuid) {
        return Interface.named(Names.CHARACTERISTIC)
                .property("Service", "o", () -> Value.path(SERVICE))
                .property("Flags", "as", () -> Value.strings(List.of()))
                .property("UUID", "s", () -> Value.of(uuid))
                .method("ReadValue", Method.of("a{sv}", "ay", call -> read()))
                .method("StartNotify", Method.of("", "", call -> called("StartNotify")))
                .method("WriteValue", Method.of("aya{sv}", "", this::echo));
    }

    private List<Value> read() {
        reads++;
        if (reads == 1 && faults.contains(Fault.FAILS_THE_FIRST_READ)) {
            throw DBusException.error("org.bluez.Error.Failed", "Operation failed with ATT error: 0x0e");
        }
        return List.of(Value.of(NODE.encode()));
    }

    private Interface notifying(Interface characteristic) {
        return faults.contains(Fault.KEEPS_ITS_MTU_TO_ITSELF)
                ? characteristic
                : characteristic.property("MTU", "q", () -> Value.uint16(185));
    }

    private List<Value> echo(Message call) {
        called("WriteValue "
                + Optional.ofNullable(call.argument(1).asMap().get("type"))
                        .map(Value::asText)
                        .orElse("as it likes"));
        changed(SERVICE + "/char000d", Names.CHARACTERISTIC, "Value", call.argument(0));
        return List.of();
    }

    private void disconnect() {
        connected = false;
        changed(DEVICE, Names.DEVICE, "Connected", Value.of(false));
    }

    /** The device goes out of range. */
    public void breakConnection() {
        bus.execute(this::disconnect);
    }

    /** The program there that served ends. */
    public void withdrawService() {
        bus.execute(() -> List.of("/char0010", "/char000d", "/char000b", "").forEach(each -> remove(SERVICE + each)));
    }

    /** The adapter is switched on or off. */
    public void power(boolean on) {
        bus.execute(() -> {
            powered = on;
            discovering = on && discovering;
            changed(HCI, Names.ADAPTER, "Powered", Value.of(on));
        });
    }

    /** Ends, as bluetoothd does when it is killed. */
    @Override
    public void close() {
        bus.close();
    }
}
