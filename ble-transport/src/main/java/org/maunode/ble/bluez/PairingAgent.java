package org.maunode.ble.bluez;

import java.util.List;
import java.util.function.BooleanSupplier;
import org.maunode.ble.bluez.Pairing.Capability;
import org.maunode.ble.dbus.Bus;
import org.maunode.ble.dbus.DBusException;
import org.maunode.ble.dbus.Exported;
import org.maunode.ble.dbus.Exported.Interface;
import org.maunode.ble.dbus.Exported.Method;
import org.maunode.ble.dbus.Message;
import org.maunode.ble.dbus.Value;

/**
 * Whom BlueZ asks when somebody wants to pair (BlueZ's doc/agent-api.txt). Without a display it agrees to what needs no passkey; with
 * one it agrees to nothing but a passkey that it shows.
 */
final class PairingAgent {
    static final String PATH = Application.ROOT + "/agent";

    private final Bus bus;
    private final Pairing pairing;
    private final BooleanSupplier open;

    PairingAgent(Bus bus, Pairing pairing, BooleanSupplier open) {
        this.bus = bus;
        this.pairing = pairing;
        this.open = open;
    }

    Exported object() {
        return Exported.of(Interface.named(Names.AGENT)
                .method("RequestAuthorization", Method.of("o", "", call -> agreed(call, Capability.NONE)))
                .method("DisplayPasskey", Method.of("ouq", "", this::show))
                .method("Cancel", Method.of("", "", this::clear))
                .method("Release", Method.of("", "", this::clear))
                .method("RequestPinCode", Method.of("o", "s", PairingAgent::refuse))
                .method("DisplayPinCode", Method.of("os", "", PairingAgent::refuse))
                .method("RequestPasskey", Method.of("o", "u", PairingAgent::refuse))
                .method("RequestConfirmation", Method.of("ou", "", PairingAgent::refuse))
                .method("AuthorizeService", Method.of("os", "", PairingAgent::refuse)));
    }

    private List<Value> agreed(Message call, Capability needed) {
        boolean fits = bus.isFrom(Names.BLUEZ, call) && open.getAsBoolean() && pairing.capability() == needed;
        return fits ? List.of() : refuse(call);
    }

    private List<Value> show(Message call) {
        agreed(call, Capability.DISPLAY);
        pairing.display().show("%06d".formatted(call.argument(1).asLong()));
        return List.of();
    }

    private List<Value> clear(Message call) {
        if (bus.isFrom(Names.BLUEZ, call)) {
            pairing.display().clear();
        }
        return List.of();
    }

    private static List<Value> refuse(Message call) {
        throw DBusException.error("org.bluez.Error.Rejected", "this node does not pair now, or not like this");
    }
}
