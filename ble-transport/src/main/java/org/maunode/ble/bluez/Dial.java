package org.maunode.ble.bluez;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import org.maunode.ble.dbus.Bus;
import org.maunode.ble.dbus.DBusException;
import org.maunode.ble.dbus.MethodCall;
import org.maunode.ble.dbus.Value;
import org.maunode.ble.gatt.BluetoothAddress;
import org.maunode.ble.gatt.Central.Connection;
import org.maunode.ble.gatt.GattException;
import org.maunode.ble.gatt.GattException.Reason;
import org.maunode.ble.gatt.LinkListener;
import org.maunode.ble.gatt.NodeInfo;

/**
 * One connect, on its caller's thread: look, connect (again and again), wait for the services, read the info, subscribe.
 */
final class Dial {
    private static final Duration PAUSE = Duration.ofMillis(250);

    /** One attempt to connect, and one answer of a connected node. */
    private static final Duration ATTEMPT = Duration.ofSeconds(10);

    /** What a connected node has to tell its services, at most; now and then BlueZ never says so. */
    private static final Duration RESOLVING = Duration.ofSeconds(20);

    /** How long services may appear after BlueZ says that they are resolved. */
    private static final Duration SERVICES = Duration.ofSeconds(2);

    /** What a disconnect is waited for, where there is to be no connection. */
    private static final Duration PARTING = Duration.ofSeconds(2);

    /** Told where a device must be looked for, and when that is over. */
    interface Seeking {
        void begin();

        void end();
    }

    private final Station station;
    private final BluetoothAddress peer;
    private final Seeking seeking;
    private final Consumer<CentralLink> whenLost;
    private final Duration resolving;
    private final long deadline;
    private String obstacle = "it did not answer";

    Dial(Station station, BluetoothAddress peer, Seeking seeking, Consumer<CentralLink> whenLost, Duration patience) {
        this.station = station;
        this.peer = peer;
        this.seeking = seeking;
        this.whenLost = whenLost;
        this.resolving = shorter(RESOLVING, patience.dividedBy(2));
        this.deadline = System.nanoTime() + patience.toNanos();
    }

    Connection run(LinkListener listener) {
        String device = Nearby.devicePath(Waits.get(station.adapter(), left()), peer);
        look(device);
        while (true) {
            try {
                return talk(device, connected(device), listener);
            } catch (GattException hopeless) {
                part(device);
                throw hopeless;
            } catch (DBusException refused) {
                part(device);
                goOnAfter(refused);
            }
        }
    }

    /** A node that has started anew is met with what BlueZ remembers of its old services, at first. */
    private void goOnAfter(DBusException refused) {
        if (!isWorthAnother(refused) || !left().isPositive()) {
            throw Refusals.of(refused, Reason.NOT_CONNECTED, peer + " broke off");
        }
        pause();
    }

    private static Duration shorter(Duration one, Duration other) {
        return one.compareTo(other) < 0 ? one : other;
    }

    private Duration left() {
        return Duration.ofNanos(deadline - System.nanoTime());
    }

    private void look(String device) {
        boolean known = Waits.get(station.tree().when(tree -> Optional.of(tree.has(device, Names.DEVICE))), left());
        if (!known) {
            seek(device);
        }
    }

    private void seek(String device) {
        CompletableFuture<Boolean> heard = station.tree().when(tree -> {
            station.requireAdapter();
            return tree.has(device, Names.DEVICE) ? Optional.of(true) : Optional.empty();
        });
        seeking.begin();
        try {
            Waits.get(heard, left());
        } catch (GattException failed) {
            throw failed.reason() == Reason.TIMED_OUT
                    ? new GattException(Reason.NOT_FOUND, peer + " was not heard", failed)
                    : failed;
        } finally {
            seeking.end();
        }
    }

    /** The node's characteristics, once it is connected and has told them. */
    private Nearby.Node connected(String device) {
        while (left().isPositive()) {
            try {
                connect(device);
                if (isResolved(device)) {
                    return node(device);
                }
            } catch (DBusException refused) {
                obstacle = refused.getMessage();
                if (!isWorthAnother(refused)) {
                    throw refused;
                }
            }
            pause();
        }
        throw new GattException(Reason.NOT_CONNECTED, peer + " cannot be connected to: " + obstacle);
    }

    /**
     * One attempt. If scanning stops at the same moment, BlueZ 5.66 forgets to signal that the device is connected, or does not
     * come back from connecting: so that is waited for, asked for, and given up after a while.
     */
    private void connect(String device) {
        Waits.get(station.settled(), left());
        try {
            ask(device, Names.DEVICE, "Connect");
        } catch (DBusException late) {
            if (late.reason() == DBusException.Reason.TIMED_OUT) {
                part(device);
            }
            throw late;
        }
        learn(device, "Connected");
        learn(device, "ServicesResolved");
    }

    private void learn(String device, String property) {
        Value value = ask(device, Bus.PROPERTIES, "Get", Value.of(Names.DEVICE), Value.of(property));
        station.tree().learn(device, Names.DEVICE, property, value);
    }

    /** BlueZ refuses a connect that fails on the air; all else does not mend by itself. */
    private static boolean isWorthAnother(DBusException refused) {
        return refused.reason() == DBusException.Reason.TIMED_OUT
                || refused.reason() == DBusException.Reason.ERROR
                        && Refusals.of(refused, Reason.NOT_CONNECTED, "").reason() == Reason.NOT_CONNECTED;
    }

    /** Whether the services are resolved; or else the connection broke meanwhile, or it is given up. */
    private boolean isResolved(String device) {
        obstacle = "the connection broke";
        try {
            return Waits.get(resolved(device), shorter(resolving, left()));
        } catch (GattException late) {
            if (late.reason() != Reason.TIMED_OUT) {
                throw late;
            }
            obstacle = "its services were not resolved";
            part(device);
            return false;
        }
    }

    private CompletableFuture<Boolean> resolved(String device) {
        return station.tree().when(tree -> {
            if (!tree.is(device, Names.DEVICE, "Connected")) {
                return Optional.of(false);
            }
            return Optional.of(true).filter(any -> tree.is(device, Names.DEVICE, "ServicesResolved"));
        });
    }

    private Nearby.Node node(String device) {
        try {
            return Waits.get(station.tree().when(tree -> Nearby.node(tree, device)), SERVICES);
        } catch (GattException failed) {
            throw failed.reason() == Reason.TIMED_OUT
                    ? new GattException(Reason.NOT_A_NODE, peer + " is no Mau node", failed)
                    : failed;
        }
    }

    private void pause() {
        try {
            Waits.get(new CompletableFuture<>(), PAUSE);
        } catch (GattException over) {
            if (over.reason() == Reason.INTERRUPTED) {
                throw over;
            }
        }
    }

    private Connection talk(String device, Nearby.Node node, LinkListener listener) {
        Value info = ask(node.info(), Names.CHARACTERISTIC, "ReadValue", Value.properties(Map.of()));
        NodeInfo told = NodeInfo.decode(info.asBytes());
        CentralLink link = new CentralLink(station.bus(), device, node, peer, mtu(node), listener, whenLost);
        try {
            subscribe(link);
        } catch (GattException | DBusException failed) {
            station.bus().execute(() -> station.tree().ignore(node.notifying()));
            throw failed;
        }
        return new Connection(told, link);
    }

    private void subscribe(CentralLink link) {
        String notifying = link.node().notifying();
        station.bus().execute(() -> station.tree().hear(notifying, link::received));
        ask(notifying, Names.CHARACTERISTIC, "StartNotify");
        if (!Waits.get(station.tree().when(tree -> Optional.of(isAdopted(tree, link))), left())) {
            throw new GattException(Reason.NOT_CONNECTED, "the connection to " + peer + " broke");
        }
    }

    /** On the bus's thread, so that no loss comes in between. */
    private boolean isAdopted(ObjectTree tree, CentralLink link) {
        boolean connected = tree.is(link.device(), Names.DEVICE, "Connected");
        if (connected) {
            station.adopt(link);
        }
        return connected;
    }

    /** BlueZ tells the MTU since 5.62. */
    private int mtu(Nearby.Node node) {
        try {
            Value mtu = ask(node.notifying(), Bus.PROPERTIES, "Get", Value.of(Names.CHARACTERISTIC), Value.of("MTU"));
            return (int) mtu.asLong();
        } catch (DBusException unknown) {
            if (unknown.reason() == DBusException.Reason.ERROR) {
                return ConnectionMtu.SMALLEST;
            }
            throw unknown;
        }
    }

    /** What was answered first, or nothing of note. */
    private Value ask(String path, String interfaceName, String member, Value... arguments) {
        Duration timeout = shorter(ATTEMPT, left());
        MethodCall call = MethodCall.of(Names.BLUEZ, path, interfaceName, member, arguments);
        return station.bus().ask(call.within(timeout)).stream().findFirst().orElse(Value.of(true));
    }

    private void part(String device) {
        CompletableFuture<?> parted =
                station.bus().call(MethodCall.of(Names.BLUEZ, device, Names.DEVICE, "Disconnect"));
        try {
            Waits.get(parted, PARTING);
        } catch (GattException alone) {
            // It was not connected, or we are in a hurry: BlueZ has the call all the same.
        }
    }
}
