package org.maunode.ble.bluez;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.logging.Logger;
import org.maunode.ble.bluez.Adapters.Adapter;
import org.maunode.ble.dbus.Bus;
import org.maunode.ble.dbus.MethodCall;
import org.maunode.ble.dbus.Value;

/**
 * Keeps the window in which phones may pair, and tells BlueZ of it: an adapter is pairable while the window is open, and our agent
 * says no at all other times. Everything on the bus's thread, but for {@link #open}.
 */
final class PairingDesk {
    private static final Logger LOG = Logger.getLogger("org.maunode.ble.bluez");

    private final Pairing pairing;
    private final InstantSource clock;
    private final Set<String> paired = new HashSet<>();
    private volatile Instant closes = Instant.MIN;
    private volatile Optional<Place> place = Optional.empty();

    private record Place(Bus bus, Adapter adapter) {}

    PairingDesk(Pairing pairing, InstantSource clock) {
        this.pairing = pairing;
        this.clock = clock;
    }

    /** The agent, as BlueZ sees it on this connection. */
    PairingAgent agent(Bus bus) {
        return new PairingAgent(bus, pairing, this::isOpen);
    }

    boolean isOpen() {
        return clock.instant().isBefore(closes);
    }

    /** Opens the window, or sets anew how long it is open; from any thread. */
    void open(Duration howLong) {
        closes = clock.instant().plus(howLong);
        LOG.info(() -> "ble.pairing open seconds=" + howLong.toSeconds());
        place.ifPresent(here -> here.bus().execute(() -> tell(here)));
    }

    /** We serve on this adapter now. A default agent makes BlueZ set the adapter pairable: ours is told first, then that it is not. */
    void serve(Bus bus, Adapter adapter) {
        Place here = new Place(bus, adapter);
        place = Optional.of(here);
        ask(here, Names.ROOT, Names.AGENT_MANAGER, "RegisterAgent", agentPath(), capability());
        ask(here, Names.ROOT, Names.AGENT_MANAGER, "RequestDefaultAgent", agentPath())
                .thenRun(() -> tell(here));
    }

    /** We serve nowhere now. */
    void rest() {
        place = Optional.empty();
        paired.clear();
        pairing.display().clear();
    }

    private static Value agentPath() {
        return Value.path(PairingAgent.PATH);
    }

    private Value capability() {
        return Value.of(pairing.capability().bluezName());
    }

    private void tell(Place here) {
        Duration left = Duration.between(clock.instant(), closes);
        boolean open = left.isPositive();
        if (open) {
            set(here, "PairableTimeout", Value.uint32(Math.max(1, left.toSeconds())));
            here.bus().after(left, pairing.display()::clear);
        }
        set(here, "Pairable", Value.of(open));
    }

    private static void set(Place here, String property, Value value) {
        ask(
                here,
                here.adapter().path(),
                Bus.PROPERTIES,
                "Set",
                Value.of(Names.ADAPTER),
                Value.of(property),
                Value.variant(value));
    }

    private static CompletableFuture<List<Value>> ask(
            Place here, String path, String interfaceName, String member, Value... arguments) {
        return here.bus()
                .call(MethodCall.of(Names.BLUEZ, path, interfaceName, member, arguments))
                .exceptionally(refused -> {
                    LOG.fine(() -> "ble.pairing " + refused.getMessage());
                    return List.of();
                });
    }

    /** A device is paired, or no longer. */
    void paired(String device, boolean now) {
        if (place.filter(here -> Names.isOn(here.adapter().path(), device)).isEmpty()) {
            return;
        }
        pairing.display().clear();
        if (now) {
            paired.add(device);
            LOG.info(() -> "ble.paired peer="
                    + Names.address(device).map(Object::toString).orElse("?"));
        } else {
            paired.remove(device);
        }
    }

    /** A device is no longer connected: so nobody types a passkey any more, and it is forgotten if bonds are not kept. */
    void left(String device) {
        pairing.display().clear();
        boolean drop = paired.contains(device) && pairing.bonds() == Pairing.Bonds.DROPPED;
        place.filter(here -> drop)
                .ifPresent(here -> ask(here, here.adapter().path(), Names.ADAPTER, "RemoveDevice", Value.path(device)));
    }
}
