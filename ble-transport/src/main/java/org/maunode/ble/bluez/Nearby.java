package org.maunode.ble.bluez;

import java.util.Optional;
import java.util.OptionalInt;
import java.util.UUID;
import java.util.stream.Stream;
import org.maunode.ble.dbus.Value;
import org.maunode.ble.gatt.BluetoothAddress;
import org.maunode.ble.gatt.MauService;
import org.maunode.ble.gatt.NodeInfo;
import org.maunode.ble.gatt.Sighting;

/** Questions of a central to BlueZ's objects: its adapter, the devices around, the characteristics of a node. */
final class Nearby {
    /** What BlueZ says where it has measured nothing. */
    private static final int UNMEASURED = 127;

    private Nearby() {}

    /** The characteristics of a node, as paths. */
    record Node(String writing, String notifying, String info) {}

    /** The adapter of this address, or the first, of those that are switched on. */
    static Optional<String> adapter(ObjectTree tree, Optional<BluetoothAddress> wanted) {
        return tree.having(Names.ADAPTER)
                .filter(path -> wanted.isEmpty()
                        || tree.says(
                                path, Names.ADAPTER, "Address", wanted.get().text()))
                .filter(path -> tree.is(path, Names.ADAPTER, "Powered"))
                .findFirst();
    }

    static String devicePath(String adapter, BluetoothAddress peer) {
        return adapter + "/dev_" + peer.text().replace(':', '_');
    }

    /** The nodes that this adapter has heard or is connected to. */
    static Stream<Sighting> nodes(ObjectTree tree, String adapter) {
        return tree.having(Names.DEVICE)
                .filter(path -> Names.isOn(adapter, path) && isNode(tree, path))
                .flatMap(path -> sighting(tree, path).stream());
    }

    private static boolean isNode(ObjectTree tree, String device) {
        return tree.property(device, Names.DEVICE, "UUIDs").stream()
                .flatMap(uuids -> uuids.asList().stream())
                .anyMatch(uuid -> uuid.asText().equalsIgnoreCase(MauService.SERVICE.toString()));
    }

    private static Optional<Sighting> sighting(ObjectTree tree, String device) {
        return Names.address(device)
                .map(address -> new Sighting(
                        address,
                        hint(tree, device),
                        tree.property(device, Names.DEVICE, "Name").map(Value::asText),
                        rssi(tree, device)));
    }

    /** BlueZ's dictionary has numbers for keys: {@code a{qv}}. */
    private static Optional<String> hint(ObjectTree tree, String device) {
        return tree.property(device, Names.DEVICE, "ManufacturerData").stream()
                .flatMap(data -> data.bare() instanceof Value.Dictionary all ? all.entries().stream() : Stream.empty())
                .filter(entry -> entry.key().asLong() == MauService.COMPANY)
                .flatMap(entry -> NodeInfo.hintIn(entry.value().asBytes()).stream())
                .findFirst();
    }

    private static OptionalInt rssi(ObjectTree tree, String device) {
        return tree.property(device, Names.DEVICE, "RSSI").stream()
                .mapToInt(rssi -> (int) rssi.asLong())
                .filter(rssi -> rssi != UNMEASURED)
                .findFirst();
    }

    /** The characteristics of a connected device that is a node. */
    static Optional<Node> node(ObjectTree tree, String device) {
        return tree.having(Names.SERVICE)
                .filter(path -> Names.isOn(device, path))
                .filter(path -> tree.says(path, Names.SERVICE, "UUID", MauService.SERVICE.toString()))
                .flatMap(service -> characteristics(tree, service).stream())
                .findFirst();
    }

    private static Optional<Node> characteristics(ObjectTree tree, String service) {
        Optional<String> write = characteristic(tree, service, MauService.WRITE);
        Optional<String> notify = characteristic(tree, service, MauService.NOTIFY);
        Optional<String> info = characteristic(tree, service, MauService.INFO);
        return write.flatMap(one -> notify.flatMap(two -> info.map(three -> new Node(one, two, three))));
    }

    private static Optional<String> characteristic(ObjectTree tree, String service, UUID uuid) {
        return tree.having(Names.CHARACTERISTIC)
                .filter(path -> Names.isOn(service, path))
                .filter(path -> tree.says(path, Names.CHARACTERISTIC, "UUID", uuid.toString()))
                .findFirst();
    }
}
