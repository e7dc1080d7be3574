package org.maunode.ble.bluez;

import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.List;
import org.maunode.ble.dbus.Exported;
import org.maunode.ble.dbus.Exported.Interface;
import org.maunode.ble.dbus.Exported.Method;
import org.maunode.ble.dbus.Value;
import org.maunode.ble.gatt.MauService;
import org.maunode.ble.gatt.NodeInfo;

/**
 * What we advertise (BLE-GATT-20 to 22), as an object of D-Bus (BlueZ's doc/advertising-api.txt).
 *
 * <pre>
 *   flags              02 01 06                                                  3 bytes
 *   the service        11 07 4f cd 45 68 b6 f8 9a 83 3f 4d eb 3d 98 87 49 e9    18
 *   the hint           09 ff ff ff  6 bytes of the identity                     10
 *                                                                               31, all there is room for
 *   the name, in the scan response                                              31 at most
 * </pre>
 */
final class Advertisement {
    static final String PATH = Application.ROOT + "/advertisement";

    /** Bytes of a name in UTF-8 that a scan response has room for. */
    static final int LONGEST_NAME = 29;

    private Advertisement() {}

    static Exported of(NodeInfo info, Runnable released) {
        byte[] hint = HexFormat.of().parseHex(info.hint());
        Interface advertisement = Interface.named(Names.ADVERTISEMENT)
                .method("Release", Method.of("", "", call -> {
                    released.run();
                    return List.of();
                }))
                .property("Type", "s", () -> Value.of("peripheral"))
                .property("ServiceUUIDs", "as", () -> Value.strings(List.of(MauService.SERVICE.toString())))
                .property("ManufacturerData", "a{qv}", () -> manufacturerData(hint))
                .property("Discoverable", "b", () -> Value.of(true));
        String name = shortened(info.name());
        return Exported.of(
                name.isEmpty() ? advertisement : advertisement.property("LocalName", "s", () -> Value.of(name)));
    }

    /** BlueZ puts the name into the scan response, and would cut it within a character. */
    private static String shortened(String name) {
        int end = name.length();
        while (name.substring(0, end).getBytes(StandardCharsets.UTF_8).length > LONGEST_NAME) {
            end = name.offsetByCodePoints(end, -1);
        }
        return name.substring(0, end);
    }

    private static Value manufacturerData(byte[] hint) {
        Value.Dictionary.Entry entry =
                new Value.Dictionary.Entry(Value.uint16(MauService.COMPANY), Value.variant(Value.of(hint)));
        return new Value.Dictionary("q", "v", List.of(entry));
    }
}
