package org.maunode.ble.bluez;

import java.util.Map;
import java.util.function.BooleanSupplier;
import org.maunode.ble.dbus.Bus;
import org.maunode.ble.dbus.MethodCall;
import org.maunode.ble.dbus.Signal;
import org.maunode.ble.dbus.Value;
import org.maunode.ble.gatt.BluetoothAddress;
import org.maunode.ble.gatt.Link;

/**
 * A central that is connected to us. BlueZ sends a notification to every central that has subscribed: what is meant for another is
 * dropped there, by its check.
 *
 * @param open whether the connection is still there; asked on the bus's thread
 */
record PeripheralLink(Bus bus, Pacer pacer, BooleanSupplier open, String device, BluetoothAddress peer, int mtu)
        implements Link {
    @Override
    public void send(byte[] frame, Runnable taken) {
        Signal notification =
                Signal.propertiesChanged(Application.NOTIFY, Names.CHARACTERISTIC, Map.of("Value", Value.of(frame)));
        bus.execute(() -> sendIfOpen(notification, taken), taken);
    }

    private void sendIfOpen(Signal notification, Runnable taken) {
        if (open.getAsBoolean()) {
            pacer.send(notification, taken);
        } else {
            taken.run();
        }
    }

    @Override
    public void close() {
        bus.execute(this::disconnect);
    }

    private void disconnect() {
        if (open.getAsBoolean()) {
            bus.call(MethodCall.of(Names.BLUEZ, device, Names.DEVICE, "Disconnect"));
        }
    }
}
