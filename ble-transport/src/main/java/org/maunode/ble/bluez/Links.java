package org.maunode.ble.bluez;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.logging.Logger;
import org.maunode.ble.dbus.Message;
import org.maunode.ble.dbus.Value;
import org.maunode.ble.gatt.BluetoothAddress;
import org.maunode.ble.gatt.Link;
import org.maunode.ble.gatt.LinkListener;
import org.maunode.ble.gatt.Peripheral;

/** The centrals that write to us, told apart by the device that BlueZ names with each write. Everything on the bus's thread. */
final class Links {
    /** Centrals at a time; a controller seldom has more connections. */
    static final int MOST = 16;

    /** ATT's smallest MTU, and so what holds until a larger one was agreed. */
    static final int SMALLEST_MTU = 23;

    /** ATT's longest value. */
    static final int LONGEST_VALUE = 512;

    private static final Logger LOG = Logger.getLogger("org.maunode.ble.bluez");

    /** Makes the link to a central. */
    interface Maker {
        Link link(String devicePath, BluetoothAddress peer, int mtu);
    }

    private final Peripheral.Acceptor acceptor;
    private final Maker maker;
    private final Map<String, Accepted> accepted = new HashMap<>();

    private record Accepted(LinkListener listener, int mtu) {}

    Links(Peripheral.Acceptor acceptor, Maker maker) {
        this.acceptor = acceptor;
        this.maker = maker;
    }

    /** A {@code WriteValue} of BlueZ: one frame. What makes no sense is dropped, as the air would have dropped it. */
    void written(Message call) {
        byte[] frame = call.argument(0).asBytes();
        Map<String, Value> options = call.argument(1).asMap();
        Optional<String> device = Optional.ofNullable(options.get("device")).map(Value::asText);
        if (frame.length == 0 || frame.length > LONGEST_VALUE || isPart(options)) {
            LOG.fine(() -> "ble.write dropped bytes=" + frame.length);
            return;
        }
        device.flatMap(path -> listener(path, options)).ifPresent(listener -> listener.received(frame));
    }

    /** Frames are never written in parts. */
    private static boolean isPart(Map<String, Value> options) {
        return options.containsKey("offset") && options.get("offset").asLong() != 0;
    }

    private Optional<LinkListener> listener(String device, Map<String, Value> options) {
        int mtu = mtu(options);
        Optional<Accepted> known = Optional.ofNullable(accepted.get(device)).filter(link -> isSame(device, link, mtu));
        return known.isPresent()
                ? known.map(Accepted::listener)
                : Names.address(device).flatMap(peer -> accept(device, peer, mtu));
    }

    /** An MTU never shrinks in a connection: if it has, BlueZ has told nothing of an end and a beginning in quick succession. */
    private boolean isSame(String device, Accepted link, int mtu) {
        if (mtu < link.mtu()) {
            lost(device, "connected anew");
        }
        return mtu >= link.mtu();
    }

    private static int mtu(Map<String, Value> options) {
        return options.containsKey("mtu") ? (int) options.get("mtu").asLong() : SMALLEST_MTU;
    }

    private Optional<LinkListener> accept(String device, BluetoothAddress peer, int mtu) {
        if (accepted.size() >= MOST) {
            LOG.fine(() -> "ble.central refused peer=" + peer + " centrals=" + MOST);
            return Optional.empty();
        }
        LinkListener listener = acceptor.accepted(maker.link(device, peer, mtu));
        accepted.put(device, new Accepted(listener, mtu));
        return Optional.of(listener);
    }

    boolean isOpen(String device) {
        return accepted.containsKey(device);
    }

    List<String> devices() {
        return List.copyOf(accepted.keySet());
    }

    void lost(String device, String why) {
        Optional.ofNullable(accepted.remove(device))
                .ifPresent(link -> link.listener().lost(why));
    }

    void lostAll(Predicate<String> devices, String why) {
        new ArrayList<>(accepted.keySet()).stream().filter(devices).forEach(device -> lost(device, why));
    }
}
