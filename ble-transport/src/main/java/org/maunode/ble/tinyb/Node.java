package org.maunode.ble.tinyb;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.maunode.ble.gatt.MauService;
import tinyb.BluetoothDevice;
import tinyb.BluetoothGattCharacteristic;
import tinyb.BluetoothGattService;

/**
 * The characteristics of a Mau node, as TinyB has them.
 *
 * @param service the hash of its path: all that TinyB tells of it
 */
record Node(
        int service,
        BluetoothGattCharacteristic writing,
        BluetoothGattCharacteristic notifying,
        BluetoothGattCharacteristic info) {
    private static final List<String> NEEDED =
            List.of(MauService.WRITE.toString(), MauService.NOTIFY.toString(), MauService.INFO.toString());

    /** Looks for them among the services of a connected device. */
    static Optional<Node> of(BluetoothDevice device) {
        List<BluetoothGattService> services = device.getServices();
        try {
            return services.stream()
                    .filter(service -> service.getUUID().equals(MauService.SERVICE.toString()))
                    .findFirst()
                    .flatMap(Node::of);
        } finally {
            Manager.close(services);
        }
    }

    private static Optional<Node> of(BluetoothGattService service) {
        Map<String, BluetoothGattCharacteristic> found = new HashMap<>();
        for (BluetoothGattCharacteristic each : service.getCharacteristics()) {
            found.put(each.getUUID(), each);
        }
        if (found.keySet().containsAll(NEEDED)) {
            return Optional.of(new Node(
                    service.hashCode(), found.get(NEEDED.get(0)), found.get(NEEDED.get(1)), found.get(NEEDED.get(2))));
        }
        Manager.close(List.copyOf(found.values()));
        return Optional.empty();
    }
}
