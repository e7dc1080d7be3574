package org.maunode.ble.bluez;

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
 * </pre>
 */
final class Advertisement {
    static final String PATH = Application.ROOT + "/advertisement";

    /** The company identifier that is nobody's. */
    static final int NO_COMPANY = 0xFFFF;

    private Advertisement() {}

    static Exported of(NodeInfo info, Runnable released) {
        byte[] hint = HexFormat.of().parseHex(info.hint());
        return Exported.of(Interface.named(Names.ADVERTISEMENT)
                .method("Release", Method.of("", "", call -> {
                    released.run();
                    return List.of();
                }))
                .property("Type", "s", () -> Value.of("peripheral"))
                .property("ServiceUUIDs", "as", () -> Value.strings(List.of(MauService.SERVICE.toString())))
                .property("ManufacturerData", "a{qv}", () -> manufacturerData(hint))
                .property("Discoverable", "b", () -> Value.of(true)));
    }

    private static Value manufacturerData(byte[] hint) {
        Value.Dictionary.Entry entry =
                new Value.Dictionary.Entry(Value.uint16(NO_COMPANY), Value.variant(Value.of(hint)));
        return new Value.Dictionary("q", "v", List.of(entry));
    }
}
