package org.maunode.ble.bluez;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.maunode.ble.dbus.DBusException;
import org.maunode.ble.dbus.Exported;
import org.maunode.ble.dbus.Exported.Interface;
import org.maunode.ble.dbus.Exported.Method;
import org.maunode.ble.dbus.Message;
import org.maunode.ble.dbus.Value;
import org.maunode.ble.gatt.MauService;
import org.maunode.ble.gatt.Peripheral.Offer;
import org.maunode.ble.gatt.Peripheral.Readable;

/**
 * Our services as objects of D-Bus (BlueZ's doc/gatt-api.txt).
 *
 * <pre>
 *   /org/maunode/ble                      ObjectManager
 *   /org/maunode/ble/service0             the Mau service
 *   /org/maunode/ble/service0/char0       to write, without response alone
 *   /org/maunode/ble/service0/char1       to notify
 *   /org/maunode/ble/service0/char2       to read
 *   /org/maunode/ble/service1 ...         the extras
 * </pre>
 */
final class Application {
    static final String ROOT = "/org/maunode/ble";
    static final String NOTIFY = ROOT + "/service0/char1";
    private static final String WRITE = ROOT + "/service0/char0";
    private static final String INFO = ROOT + "/service0/char2";

    private final Map<String, Exported> objects = new LinkedHashMap<>();

    /** What is done with what BlueZ asks. */
    interface Gate {
        /**
         * Lets only BlueZ through.
         *
         * @throws DBusException to everybody else
         */
        void check(Message call);

        void written(Message call);
    }

    private final Gate gate;

    Application(Offer offer, Gate gate) {
        this.gate = gate;
        service(ROOT + "/service0", MauService.SERVICE);
        objects.put(WRITE, characteristic(MauService.WRITE, WRITE, "write-without-response", writing()));
        objects.put(NOTIFY, characteristic(MauService.NOTIFY, NOTIFY, "notify", notifying()));
        byte[] info = offer.info().encode();
        objects.put(INFO, characteristic(MauService.INFO, INFO, "read", reading(() -> info)));
        extras(offer.extras());
    }

    /** Every object with its path, but for the root. */
    Map<String, Exported> objects() {
        return objects;
    }

    Exported root() {
        return Exported.of(Exported.objectManager(() -> objects));
    }

    private void extras(List<Readable> extras) {
        Map<UUID, List<Readable>> services = extras.stream()
                .collect(Collectors.groupingBy(Readable::service, LinkedHashMap::new, Collectors.toList()));
        int number = 0;
        for (Map.Entry<UUID, List<Readable>> each : services.entrySet()) {
            number++;
            String path = ROOT + "/service" + number;
            service(path, each.getKey());
            readables(path, each.getValue());
        }
    }

    private void readables(String service, List<Readable> readables) {
        for (int number = 0; number < readables.size(); number++) {
            Readable each = readables.get(number);
            String path = service + "/char" + number;
            objects.put(path, characteristic(each.characteristic(), path, "read", reading(each.value())));
        }
    }

    private void service(String path, UUID uuid) {
        objects.put(
                path,
                Exported.of(Interface.named(Names.SERVICE)
                        .property("UUID", "s", () -> Value.of(uuid.toString()))
                        .property("Primary", "b", () -> Value.of(true))));
    }

    private static Exported characteristic(UUID uuid, String path, String flag, Interface methods) {
        String service = path.substring(0, path.lastIndexOf('/'));
        return Exported.of(methods.property("UUID", "s", () -> Value.of(uuid.toString()))
                .property("Service", "o", () -> Value.path(service))
                .property("Flags", "as", () -> Value.strings(List.of(flag))));
    }

    private static Interface characteristic() {
        return Interface.named(Names.CHARACTERISTIC);
    }

    private Interface writing() {
        return characteristic().method("WriteValue", Method.of("aya{sv}", "", call -> {
            gate.check(call);
            gate.written(call);
            return List.of();
        }));
    }

    /** BlueZ keeps account of who has subscribed. */
    private static Interface notifying() {
        return characteristic()
                .method("StartNotify", Method.of("", "", call -> List.of()))
                .method("StopNotify", Method.of("", "", call -> List.of()));
    }

    private Interface reading(Supplier<byte[]> value) {
        return characteristic().method("ReadValue", Method.of("a{sv}", "ay", call -> {
            gate.check(call);
            Map<String, Value> options = call.argument(0).asMap();
            long offset = options.containsKey("offset") ? options.get("offset").asLong() : 0;
            return List.of(Value.of(from(value.get(), offset)));
        }));
    }

    /** A value longer than the MTU is read in parts. */
    private static byte[] from(byte[] value, long offset) {
        if (value.length == 0) {
            throw DBusException.error("org.bluez.Error.Failed", "there is no value now");
        }
        if (offset > value.length) {
            throw DBusException.error("org.bluez.Error.InvalidOffset", "the value has " + value.length + " bytes");
        }
        return Arrays.copyOfRange(value, (int) offset, value.length);
    }
}
